#pragma once
// Keeps a second process away from a data file. The kernel drops the lock when the process ends.

#include <filesystem>

namespace geili::store::sqlite {

class FileLock {
 public:
  // Locks `<data_file>.lock`; throws StoreFailure with a sentence for the operator.
  explicit FileLock(const std::filesystem::path& data_file);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_;
};

}  // namespace geili::store::sqlite
