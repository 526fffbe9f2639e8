#pragma once
// Test support: what a live show hands to its recording, without an encoder, and a disk that fills
// up.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include "media/egress/record/disk.hpp"
#include "media/egress/record/fragment_cutter.hpp"
#include "media/testing/source_units.hpp"
#include "media/ticks.hpp"

namespace geili::media::testing {

inline constexpr std::int64_t kShowStartUs = 1'795'000'000'000'000;

inline UnitPtr as_unit(SourceUnit source, Instant captured) {
  Unit unit;
  unit.track = source.track;
  unit.keyframe = source.keyframe;
  unit.dts_us = source.dts_us;
  unit.pts_us = source.dts_us + source.composition_us;
  unit.captured = captured;
  unit.config = std::move(source.config);
  unit.payload = std::move(source.payload);
  return std::make_shared<const Unit>(std::move(unit));
}

// Groups of one second with 30 pictures and their sound, one after another.
class RecordUnits {
 public:
  explicit RecordUnits(bool has_sound = true) : audio_(has_sound ? audio_config() : nullptr) {}

  // The next `count` groups; UTC runs with the stream's time, `away_us` ahead of it.
  std::vector<record::CutFragment> groups(int count, std::int64_t away_us = 0) {
    record::FragmentCutter cutter(video_, audio_, at_us());
    std::vector<record::CutFragment> cut;
    const std::int64_t end = pictures_ + std::int64_t{count} * kRate;
    for (; pictures_ < end; ++pictures_) {
      cutter.push(
          as_unit(picture(video_, at_us(), pictures_ % kRate == 0), Instant{at_us() + away_us}),
          cut);
      while (audio_ && sound_us() < at_us() + kUsPerS / kRate) {
        cutter.push(as_unit(sound(audio_, sound_us()), Instant{sound_us() + away_us}), cut);
        ++sounds_;
      }
    }
    cutter.flush(at_us(), cut);
    return cut;
  }
  record::CutFragment group() { return groups(1).front(); }
  void change_picture() { video_ = other_video_config(); }

  std::int64_t at_us() const { return kShowStartUs + us_of(pictures_, kRate); }

 private:
  static constexpr std::int64_t kRate = 30;
  std::int64_t sound_us() const {
    return kShowStartUs + us_of(sounds_ * audio_->samples_per_frame, audio_->sample_rate_hz);
  }
  CodecConfigPtr video_ = video_config();
  CodecConfigPtr audio_;
  std::int64_t pictures_ = 0;
  std::int64_t sounds_ = 0;
};

// The real disk, until it is full.
class FillingDisk final : public record::Disk {
 public:
  Result<std::unique_ptr<record::DiskFile>> create(const std::string& path) override;
  std::uint64_t free_bytes(const std::string&) override { return free; }

  std::atomic<bool> full = false;
  std::uint64_t free = UINT64_MAX / 2;

 private:
  std::unique_ptr<record::Disk> real_ = record::real_disk();
};

class FillingFile final : public record::DiskFile {
 public:
  FillingFile(FillingDisk& disk, std::unique_ptr<record::DiskFile> file)
      : disk_(disk), file_(std::move(file)) {}
  Result<void> append(std::string_view bytes) override {
    if (disk_.full) return fail(ErrorKind::unavailable, "record-disk", "No space left on device.");
    return file_->append(bytes);
  }
  void sync() override { file_->sync(); }

 private:
  FillingDisk& disk_;
  std::unique_ptr<record::DiskFile> file_;
};

inline Result<std::unique_ptr<record::DiskFile>> FillingDisk::create(const std::string& path) {
  if (full) return fail(ErrorKind::unavailable, "record-disk", "No space left on device.");
  auto file = real_->create(path);
  if (!file) return file;
  return std::make_unique<FillingFile>(*this, std::move(*file));
}

// A folder of the test's own, gone with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("geili_record_" + std::to_string(getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace geili::media::testing
