#include "store/sqlite/memory.hpp"

#include <cstdint>
#include <cstdlib>

#include <sqlite3.h>

namespace geili::store::sqlite {
namespace {

// SQLite wants 8-byte alignment.
using Size = std::int64_t;

std::size_t space_for(int bytes) {
  return static_cast<std::size_t>(bytes) + sizeof(Size);
}

void* with_size(void* piece, int bytes) {
  if (piece == nullptr) return nullptr;
  auto* size = static_cast<Size*>(piece);
  *size = bytes;
  return size + 1;
}

Size* size_before(void* memory) {
  return static_cast<Size*>(memory) - 1;
}

sqlite3_mem_methods methods() {
  return {
      .xMalloc = [](int bytes) { return with_size(std::malloc(space_for(bytes)), bytes); },
      .xFree = [](void* memory) { std::free(size_before(memory)); },
      .xRealloc =
          [](void* memory, int bytes) {
            return with_size(std::realloc(size_before(memory), space_for(bytes)), bytes);
          },
      .xSize = [](void* memory) { return static_cast<int>(*size_before(memory)); },
      .xRoundup = [](int bytes) { return (bytes + 7) & ~7; },
      .xInit = [](void*) { return SQLITE_OK; },
      .xShutdown = [](void*) {},
      .pAppData = nullptr,
  };
}

}  // namespace

void use_sized_memory() {
  static const int once = [] {
    const sqlite3_mem_methods sized = methods();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &sized);
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  }();
  static_cast<void>(once);
}

}  // namespace geili::store::sqlite
