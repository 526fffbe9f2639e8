#pragma once
// For tests: a store in a folder of its own that goes when the test does.

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <stdlib.h>

#include "store/sqlite/sqlite.hpp"

namespace geili::store::sqlite {

class TempFolder {
 public:
  TempFolder() : path_((std::filesystem::temp_directory_path() / "geili-test-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw StoreFailure("cannot make a folder " + path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() { std::filesystem::remove_all(path_); }
  std::filesystem::path path() const { return path_; }

 private:
  std::string path_;
};

class TempDatabase {
 public:
  explicit TempDatabase(Settings settings = {}) : settings_(std::move(settings)) { reopen(); }

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  std::filesystem::path path() const { return folder_.path() / "geili.db"; }
  // Closes the store and opens it again on the same file.
  void reopen() {
    database_.reset();
    settings_.path = path();
    database_ = open(settings_);
  }

 private:
  TempFolder folder_;
  Settings settings_;
  std::unique_ptr<Database> database_;
};

}  // namespace geili::store::sqlite
