#include "store/sqlite/testing/watched_vfs.hpp"

#include <mutex>
#include <new>

#include <sqlite3.h>

namespace geili::store::sqlite::testing {

struct WatchedVfs::State {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  Disk* disk = nullptr;
  std::mutex mutex;
};

namespace {

// As SQLite lays it out: this, and behind it the real file.
struct alignas(std::max_align_t) WatchedFile {
  sqlite3_file base;  // first: SQLite sees this
  WatchedVfs::State* state;
  std::string* path;  // none: a temporary file
};

WatchedFile& of(sqlite3_file* file) {
  return *reinterpret_cast<WatchedFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(WatchedFile));
}
sqlite3_vfs* real(sqlite3_vfs* vfs) {
  return static_cast<WatchedVfs::State*>(vfs->pAppData)->real;
}

int close_file(sqlite3_file* file) {
  const int code = real(file)->pMethods->xClose(real(file));
  delete of(file).path;
  return code;
}

template <class Ask>
int if_allowed(sqlite3_file* file, Ask ask, auto change) {
  WatchedFile& watched = of(file);
  if (watched.path == nullptr) return change();
  const std::scoped_lock lock(watched.state->mutex);
  const DiskAnswer answer = ask(*watched.state->disk, *watched.path);
  return answer == SQLITE_OK ? change() : answer;
}

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  return if_allowed(
      file,
      [&](Disk& disk, const std::string& path) {
        return disk.write(path, offset,
                          {static_cast<const std::byte*>(data), static_cast<std::size_t>(size)});
      },
      [&] { return real(file)->pMethods->xWrite(real(file), data, size, offset); });
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  return if_allowed(
      file, [&](Disk& disk, const std::string& path) { return disk.truncate(path, size); },
      [&] { return real(file)->pMethods->xTruncate(real(file), size); });
}
int sync_file(sqlite3_file* file, int flags) {
  return if_allowed(
      file, [&](Disk& disk, const std::string& path) { return disk.sync(path); },
      [&] { return real(file)->pMethods->xSync(real(file), flags); });
}

// The rest is the real file's own affair.
#define GEILI_PASS(name, ...) real(file)->pMethods->name(real(file), ##__VA_ARGS__)
const sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = close_file,
    .xRead = [](sqlite3_file* file, void* data, int size,
                sqlite3_int64 offset) { return GEILI_PASS(xRead, data, size, offset); },
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = [](sqlite3_file* file,
                    sqlite3_int64* size) { return GEILI_PASS(xFileSize, size); },
    .xLock = [](sqlite3_file* file, int lock) { return GEILI_PASS(xLock, lock); },
    .xUnlock = [](sqlite3_file* file, int lock) { return GEILI_PASS(xUnlock, lock); },
    .xCheckReservedLock = [](sqlite3_file* file,
                             int* is_held) { return GEILI_PASS(xCheckReservedLock, is_held); },
    .xFileControl = [](sqlite3_file* file, int what,
                       void* argument) { return GEILI_PASS(xFileControl, what, argument); },
    .xSectorSize = [](sqlite3_file* file) { return GEILI_PASS(xSectorSize); },
    .xDeviceCharacteristics = [](sqlite3_file* file) { return GEILI_PASS(xDeviceCharacteristics); },
    .xShmMap = [](sqlite3_file* file, int page, int size, int extend,
                  void volatile** at) { return GEILI_PASS(xShmMap, page, size, extend, at); },
    .xShmLock = [](sqlite3_file* file, int offset, int count,
                   int flags) { return GEILI_PASS(xShmLock, offset, count, flags); },
    .xShmBarrier = [](sqlite3_file* file) { GEILI_PASS(xShmBarrier); },
    .xShmUnmap = [](sqlite3_file* file, int remove) { return GEILI_PASS(xShmUnmap, remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};
#undef GEILI_PASS

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* state = static_cast<WatchedVfs::State*>(vfs->pAppData);
  auto* watched = new (file) WatchedFile{{nullptr}, state, nullptr};
  const int code = state->real->xOpen(state->real, name, real(file), flags, out_flags);
  if (code != SQLITE_OK) return code;
  if (name != nullptr) watched->path = new std::string(name);
  watched->base.pMethods = &kMethods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int syncs_folder) {
  auto* state = static_cast<WatchedVfs::State*>(vfs->pAppData);
  const std::scoped_lock lock(state->mutex);
  state->disk->remove(name);
  return state->real->xDelete(state->real, name, syncs_folder);
}

}  // namespace

WatchedVfs::WatchedVfs(Disk& disk) : state_(std::make_unique<State>()) {
  state_->real = sqlite3_vfs_find(nullptr);
  state_->disk = &disk;
  sqlite3_vfs& vfs = state_->vfs;
  vfs = *state_->real;  // what is not named below is the real one's, and looks at nothing of `vfs`
  vfs.pNext = nullptr;
  vfs.zName = "watched";
  vfs.pAppData = state_.get();
  vfs.szOsFile = static_cast<int>(sizeof(WatchedFile)) + state_->real->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = [](sqlite3_vfs* self, const char* name, int flags, int* out) {
    return real(self)->xAccess(real(self), name, flags, out);
  };
  vfs.xFullPathname = [](sqlite3_vfs* self, const char* name, int size, char* out) {
    return real(self)->xFullPathname(real(self), name, size, out);
  };
  sqlite3_vfs_register(&vfs, 1);
}

WatchedVfs::~WatchedVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

}  // namespace geili::store::sqlite::testing
