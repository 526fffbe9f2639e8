#include "store/sqlite/file_lock.hpp"

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/sqlite/sqlite.hpp"

namespace geili::store::sqlite {

// A file of its own: closing any descriptor of the data file would drop SQLite's locks on it.
FileLock::FileLock(const std::filesystem::path& data_file)
    : descriptor_(
          ::open((data_file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) {
    const auto reason = std::error_code(errno, std::generic_category()).message();
    throw StoreFailure("The data file " + data_file.string() + " cannot be opened (" + reason +
                       "): make its folder, and let this user write there.");
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(descriptor_);
  throw DataInUse("The data file " + data_file.string() +
                  " is in use by another Geili: stop that one, or name another data file.");
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace geili::store::sqlite
