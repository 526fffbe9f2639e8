#include "store/sqlite/wal_file.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "store/tx.hpp"

namespace geili::store::sqlite {
namespace {

// As much as SQLite's own VFS for Unix takes in one call.
constexpr std::size_t kWaitingBytesMax = (128 << 10) - 1;

// What follows one another in the file and is not written yet.
class Waiting {
 public:
  bool continues_at(sqlite3_int64 offset) const {
    return offset == offset_ + static_cast<sqlite3_int64>(bytes_.size());
  }
  bool has_room_for(std::size_t size) const { return bytes_.size() + size <= kWaitingBytesMax; }
  void add(std::span<const std::byte> bytes, sqlite3_int64 offset) {
    if (bytes_.empty()) offset_ = offset;
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  bool empty() const { return bytes_.empty(); }

  // What could not be written is forgotten: SQLite rolls back, and writes it anew.
  int write_to(sqlite3_file& file) {
    if (bytes_.empty()) return SQLITE_OK;
    const int code =
        file.pMethods->xWrite(&file, bytes_.data(), static_cast<int>(bytes_.size()), offset_);
    bytes_.clear();
    return code;
  }

 private:
  std::vector<std::byte> bytes_;
  sqlite3_int64 offset_ = 0;
};

// As SQLite sees it: it begins with the methods, and the default VFS's file follows it in memory.
struct LogFile {
  sqlite3_file face{};
  Waiting waiting;

  sqlite3_file& file() { return *reinterpret_cast<sqlite3_file*>(this + 1); }
  const sqlite3_io_methods& base() { return *file().pMethods; }
  // For what has to see the file as SQLite believes that it is.
  template <class Call>
  int after_writing(Call call) {
    const int code = waiting.write_to(file());
    return code == SQLITE_OK ? call(base(), &file()) : code;
  }
};

LogFile& log_of(sqlite3_file* file) {
  return *reinterpret_cast<LogFile*>(file);
}

int close(sqlite3_file* file) {
  LogFile& log = log_of(file);
  const int written = log.waiting.write_to(log.file());
  const int closed = log.base().xClose(&log.file());
  std::destroy_at(&log);
  return written == SQLITE_OK ? closed : written;
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return log_of(file).after_writing(
      [&](const auto& base, auto* real) { return base.xRead(real, into, size, offset); });
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  LogFile& log = log_of(file);
  const std::span bytes(static_cast<const std::byte*>(from), static_cast<std::size_t>(size));
  if (!log.waiting.empty() &&
      !(log.waiting.continues_at(offset) && log.waiting.has_room_for(bytes.size()))) {
    if (const int code = log.waiting.write_to(log.file()); code != SQLITE_OK) return code;
  }
  log.waiting.add(bytes, offset);
  return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return log_of(file).after_writing(
      [&](const auto& base, auto* real) { return base.xTruncate(real, size); });
}

int sync(sqlite3_file* file, int flags) {
  return log_of(file).after_writing(
      [&](const auto& base, auto* real) { return base.xSync(real, flags); });
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return log_of(file).after_writing(
      [&](const auto& base, auto* real) { return base.xFileSize(real, size); });
}

// A log has neither locks nor shared memory; those of the database's own file serve it.
constexpr sqlite3_io_methods kLogMethods{
    .iVersion = 1,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = [](sqlite3_file* file,
                int level) { return log_of(file).base().xLock(&log_of(file).file(), level); },
    .xUnlock = [](sqlite3_file* file,
                  int level) { return log_of(file).base().xUnlock(&log_of(file).file(), level); },
    .xCheckReservedLock =
        [](sqlite3_file* file, int* reserved) {
          return log_of(file).base().xCheckReservedLock(&log_of(file).file(), reserved);
        },
    .xFileControl =
        [](sqlite3_file* file, int what, void* argument) {
          return log_of(file).base().xFileControl(&log_of(file).file(), what, argument);
        },
    .xSectorSize =
        [](sqlite3_file* file) { return log_of(file).base().xSectorSize(&log_of(file).file()); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) {
          return log_of(file).base().xDeviceCharacteristics(&log_of(file).file());
        },
};

sqlite3_vfs& base_of(sqlite3_vfs* vfs) {
  return *static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_got) {
  sqlite3_vfs& base = base_of(vfs);
  if ((flags & SQLITE_OPEN_WAL) == 0) return base.xOpen(&base, name, file, flags, flags_got);
  auto* log = std::construct_at(reinterpret_cast<LogFile*>(file));
  const int code = base.xOpen(&base, name, &log->file(), flags, flags_got);
  if (code == SQLITE_OK) {
    log->face.pMethods = &kLogMethods;
  } else {
    std::destroy_at(log);
    file->pMethods = nullptr;
  }
  return code;
}

// Everything but opening is the default VFS's, which is to get itself and not this one.
sqlite3_vfs vfs_over(sqlite3_vfs& base) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(LogFile)) + base.szOsFile;
  vfs.mxPathname = base.mxPathname;
  vfs.pAppData = &base;
  vfs.xOpen = open;
  vfs.xDelete = [](auto* self, const char* name, int sync_folder) {
    return base_of(self).xDelete(&base_of(self), name, sync_folder);
  };
  vfs.xAccess = [](auto* self, const char* name, int flags, int* may) {
    return base_of(self).xAccess(&base_of(self), name, flags, may);
  };
  vfs.xFullPathname = [](auto* self, const char* name, int size, char* path) {
    return base_of(self).xFullPathname(&base_of(self), name, size, path);
  };
  vfs.xRandomness = [](auto* self, int size, char* bytes) {
    return base_of(self).xRandomness(&base_of(self), size, bytes);
  };
  vfs.xSleep = [](auto* self, int us) { return base_of(self).xSleep(&base_of(self), us); };
  vfs.xCurrentTime = [](auto* self, double* day) {
    return base_of(self).xCurrentTime(&base_of(self), day);
  };
  vfs.xGetLastError = [](auto* self, int size, char* text) {
    return base_of(self).xGetLastError(&base_of(self), size, text);
  };
  vfs.xCurrentTimeInt64 = [](auto* self, sqlite3_int64* ms) {
    return base_of(self).xCurrentTimeInt64(&base_of(self), ms);
  };
  return vfs;
}

}  // namespace

const char* wal_vfs() {
  static std::mutex mutex;
  static std::map<sqlite3_vfs*, sqlite3_vfs> over;  // each of what was the default one
  const std::scoped_lock lock(mutex);
  sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
  if (base == nullptr) throw StoreFailure("sqlite: there is no VFS");
  const auto [found, is_new] = over.try_emplace(base, vfs_over(*base));
  if (!is_new) return found->second.zName;
  static std::list<std::string> names;
  found->second.zName = names.emplace_back("geili-wal-" + std::to_string(over.size())).c_str();
  if (sqlite3_vfs_register(&found->second, 0) != SQLITE_OK) {
    over.erase(found);
    throw StoreFailure("sqlite: no VFS more");
  }
  return found->second.zName;
}

}  // namespace geili::store::sqlite
