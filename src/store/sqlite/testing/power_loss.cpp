#include "store/sqlite/testing/power_loss.hpp"

#include <algorithm>
#include <fstream>

#include <sqlite3.h>

namespace geili::store::sqlite::testing {

void DiskImage::apply(std::string& content, const Change& change) {
  const auto offset = static_cast<std::size_t>(change.offset);
  if (change.is_truncation) return content.resize(offset, '\0');
  if (content.size() < offset + change.data.size()) {
    content.resize(offset + change.data.size(), '\0');
  }
  content.replace(offset, change.data.size(), change.data);
}

// Sectors before one of the write, or behind it, have not reached the disk.
void DiskImage::tear(Change& change, const std::string& content, std::mt19937_64& random) {
  if (change.is_truncation) return;
  const auto begin = static_cast<std::size_t>(change.offset);
  const std::size_t first = begin / kSectorBytes + 1;
  const std::size_t last = (begin + change.data.size()) / kSectorBytes;
  if (first > last) return;
  const std::size_t at = (first + random() % (last - first + 1)) * kSectorBytes - begin;
  const bool keeps_the_head = random() % 2 == 0;
  if (keeps_the_head) {
    change.data.resize(std::min(at, change.data.size()));
    return;
  }
  // What was there stays; zeros where the file was shorter.
  for (std::size_t i = 0; i < std::min(at, change.data.size()); ++i) {
    change.data[i] = begin + i < content.size() ? content[begin + i] : '\0';
  }
}

void DiskImage::write_to(const std::filesystem::path& folder, std::mt19937_64& random) const {
  const auto mood = random() % 4;  // all waiting ones lost, all kept, or each by chance
  for (const auto& [path, file] : files_) {
    std::string content = file.durable;
    for (const Change& waiting : file.waiting) {
      Change change = waiting;
      const auto fate = mood == 0 ? 0 : mood == 1 ? 1 : random() % 3;
      if (fate == 0) continue;
      if (fate == 2) tear(change, content, random);
      apply(content, change);
    }
    std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << content;
  }
}

void PowerLossDisk::tell() {
  if (before_change) before_change(image_);
}

DiskAnswer PowerLossDisk::write(const std::string& path, std::int64_t offset,
                                std::span<const std::byte> data) {
  tell();
  image_.files_[path].waiting.push_back(
      {offset, std::string(reinterpret_cast<const char*>(data.data()), data.size()), false});
  return SQLITE_OK;
}

DiskAnswer PowerLossDisk::truncate(const std::string& path, std::int64_t size) {
  tell();
  image_.files_[path].waiting.push_back({size, {}, true});
  return SQLITE_OK;
}

DiskAnswer PowerLossDisk::sync(const std::string& path) {
  tell();
  DiskImage::File& file = image_.files_[path];
  for (const auto& change : file.waiting) DiskImage::apply(file.durable, change);
  file.waiting.clear();
  return SQLITE_OK;
}

void PowerLossDisk::remove(const std::string& path) {
  image_.files_.erase(path);
}

}  // namespace geili::store::sqlite::testing
