#pragma once
// The store on one SQLite file: one writer thread with group commit, a few readers on WAL
// snapshots.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "store/database.hpp"
#include "store/lost_transaction.hpp"
#include "store/migrations.hpp"

namespace geili::store::sqlite {

struct Settings {
  std::filesystem::path path;  // made when it does not exist; its folder must
  int read_threads = 2;
  std::size_t write_queue_max = 20'000;
  std::size_t read_queue_max = 20'000;
  std::size_t batch_max = 256;  // jobs that share one commit
  // In the log before a commit copies them into the file: 16 MiB, so that the copying is rare and a
  // hot page is copied once for many commits.
  int checkpoint_pages = 4'096;
  std::span<const Migration> migrations = store::migrations();
  OnLost on_lost = {};
};

// Another process has the data file open.
class DataInUse : public StoreFailure {
 public:
  using StoreFailure::StoreFailure;
};

// Opens, migrates and locks the file (beside it lies `<path>.lock`). Throws StoreFailure with a
// sentence for the operator: folder missing, in use by another process (DataInUse), newer than the
// program, not a database.
std::unique_ptr<Database> open(Settings settings);

// Copies a data file, in use or not, to `target` as of one moment, and replaces `target` only when
// the copy is complete and on the disk. May run on any thread; throws StoreFailure.
void backup_to(const std::filesystem::path& data_file, const std::filesystem::path& target);

// Of the library in use: "3.40.1".
std::string_view library_version();

}  // namespace geili::store::sqlite
