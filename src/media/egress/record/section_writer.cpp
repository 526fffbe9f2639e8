#include "media/egress/record/section_writer.hpp"

#include <utility>

#include "media/egress/record/fragment_bytes.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::record {
namespace {

bool same(const CodecConfigPtr& a, const CodecConfigPtr& b) {
  return a == b || (a && b && a->codec == b->codec && a->record == b->record);
}

}  // namespace

Result<std::unique_ptr<SectionWriter>> SectionWriter::create(Disk& disk, const std::string& path,
                                                             const CutFragment& first) {
  auto file = disk.create(path);
  if (!file) return fail_as(file);
  const std::string init = fmp4::write_init_segment(first.video.get(), first.audio.get());
  if (auto written = (*file)->append(init); !written) return fail_as(written);
  return std::unique_ptr<SectionWriter>(
      new SectionWriter(std::move(*file), static_cast<std::uint32_t>(init.size()), first));
}

bool SectionWriter::fits(const CutFragment& fragment) const {
  return same(video_, fragment.video) && same(audio_, fragment.audio);
}

Result<FragmentEntry> SectionWriter::append(const CutFragment& fragment) {
  const std::int64_t base_us = base_us_ + (fragment.start_us - end_us_);
  FragmentBytes written = write_fragment_bytes(fragment, base_us, sequence_ + 1);
  if (auto taken = file_->append(written.bytes); !taken) return fail_as(taken);
  base_us_ = base_us;
  end_us_ = fragment.end_us;
  ++sequence_;
  written.entry.offset = bytes_;
  bytes_ += written.entry.size;
  return written.entry;
}

}  // namespace geili::media::record
