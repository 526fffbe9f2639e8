#pragma once
// Writes one section. Belongs to the disk thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "media/egress/record/disk.hpp"
#include "media/egress/record/fragment_cutter.hpp"
#include "media/egress/record/section_index.hpp"

namespace geili::media::record {

class SectionWriter {
 public:
  // Creates the file with its initialisation segment. Errors: those of Disk. The section's timeline
  // begins at `first`.
  static Result<std::unique_ptr<SectionWriter>> create(Disk& disk, const std::string& path,
                                                       const CutFragment& first);

  // Whether the fragment may follow here: the configurations are the same.
  bool fits(const CutFragment& fragment) const;
  // A hole before the fragment (what was dropped) is closed up: the section has none. After an
  // error nothing of the fragment is in the file. Errors: those of DiskFile.
  Result<FragmentEntry> append(const CutFragment& fragment);
  void sync() { file_->sync(); }

  std::uint32_t init_bytes() const { return init_bytes_; }

 private:
  SectionWriter(std::unique_ptr<DiskFile> file, std::uint32_t init_bytes, const CutFragment& first)
      : file_(std::move(file)),
        init_bytes_(init_bytes),
        bytes_(init_bytes),
        video_(first.video),
        audio_(first.audio),
        base_us_(first.start_us),
        end_us_(first.start_us) {}

  std::unique_ptr<DiskFile> file_;
  const std::uint32_t init_bytes_;
  std::uint64_t bytes_;
  const CodecConfigPtr video_;
  const CodecConfigPtr audio_;
  std::int64_t base_us_;  // the stream's time at the section's start, moved on by every hole
  std::int64_t end_us_;   // the stream's time at the end of what was written
  std::uint32_t sequence_ = 0;
};

}  // namespace geili::media::record
