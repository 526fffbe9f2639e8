#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "store/sqlite/connection.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::store::sqlite {
namespace {

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};

void copy_pages(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Connection source(from, Access::read);
  const Connection copy(to, Access::write);
  const std::unique_ptr<sqlite3_backup, FinishBackup> backup(
      sqlite3_backup_init(copy.handle(), "main", source.handle(), "main"));
  // All pages in one step: one snapshot, and in WAL mode no writer waits for it.
  if (backup == nullptr || sqlite3_backup_step(backup.get(), -1) != SQLITE_DONE) {
    throw_failure(copy.handle(), "copying to " + to.string());
  }
}

void sync(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0 || ::fsync(descriptor) != 0) {
    const std::error_code reason(errno, std::generic_category());
    if (descriptor >= 0) ::close(descriptor);
    throw StoreFailure("cannot write " + path.string() + ": " + reason.message());
  }
  ::close(descriptor);
}

}  // namespace

void backup_to(const std::filesystem::path& data_file, const std::filesystem::path& target) {
  const std::filesystem::path part = target.string() + ".part";
  std::filesystem::remove(part);
  copy_pages(data_file, part);
  sync(part, O_RDWR);
  std::error_code error;
  std::filesystem::rename(part, target, error);
  if (error) throw StoreFailure("cannot write " + target.string() + ": " + error.message());
  sync(target.has_parent_path() ? target.parent_path() : ".", O_RDONLY | O_DIRECTORY);
}

std::string_view library_version() {
  return sqlite3_libversion();
}

}  // namespace geili::store::sqlite
