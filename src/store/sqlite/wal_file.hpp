#pragma once
// The write-ahead log, written in large pieces.

namespace geili::store::sqlite {

// The name of a VFS (https://www.sqlite.org/vfs.html) over the process's default one. SQLite writes
// the log with two calls for each page; here they are put together and written when the log is
// synced, read, or 128 KiB are waiting. So a page is in the file when its commit is answered, as
// with synchronous = FULL each commit syncs the log. Files that are no log are the default VFS's
// own. The name is good until the process ends; the VFS below it is there as long as a file is
// open. Thread-safe; throws StoreFailure.
const char* wal_vfs();

}  // namespace geili::store::sqlite
