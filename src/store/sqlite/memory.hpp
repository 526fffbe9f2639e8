#pragma once
// How SQLite gets its memory.

namespace geili::store::sqlite {

// Memory from malloc, each piece with its size before it: SQLite asks for the size at every
// release, and an allocator has to search for it. Nothing is counted, as counting costs a
// process-wide lock at every piece and nobody asks for the count. To be said before the library's
// first use; said too late, it changes nothing. Thread-safe.
void use_sized_memory();

}  // namespace geili::store::sqlite
