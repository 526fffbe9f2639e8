#include "media/ts/pes_reader.hpp"

#include <algorithm>
#include <utility>

#include "media/ticks.hpp"

namespace geili::media::ts {

void PesReader::gap() {
  is_open_ = false;
  track_->gap();
}

PesStart PesReader::start_of(const PesHeader& header) {
  PesStart start;
  start.random_access = random_access_;
  if (!header.pts) return start;
  const std::uint64_t dts = header.dts.value_or(*header.pts);
  const std::int64_t dts_ticks = clock_.unwrap(dts);
  const std::int64_t pts_ticks =
      std::max<std::int64_t>(0, dts_ticks + clock_distance(dts, *header.pts));
  start.dts_us = us_of(dts_ticks, kClockHz);
  start.composition_us = us_of(pts_ticks, kClockHz) - *start.dts_us;
  return start;
}

Result<void> PesReader::push(const Packet& packet, std::vector<SourceUnit>& out) {
  if (packet.unit_start) {
    is_open_ = true;
    has_header_ = false;
    random_access_ = packet.random_access;
    header_.clear();
  }
  if (!is_open_) return {};
  ByteView body = packet.payload;
  if (!has_header_) {
    header_.insert(header_.end(), body.begin(), body.end());
    auto taken = take_header(out);
    if (!taken || !has_header_) return taken;
    body = header_;
  }
  if (remaining_) {
    body = body.first(std::min(body.size(), *remaining_));
    *remaining_ -= body.size();
  }
  return track_->data(body, out);
}

// Leaves what follows the header in header_.
Result<void> PesReader::take_header(std::vector<SourceUnit>& out) {
  auto header = parse_pes_header(header_);
  if (!header) {
    gap();
    return {};
  }
  if (!*header) return {};
  has_header_ = true;
  remaining_ = (*header)->payload_bytes;
  header_.erase(header_.begin(),
                header_.begin() + static_cast<std::ptrdiff_t>((*header)->header_bytes));
  return track_->begin(start_of(**header), out);
}

}  // namespace geili::media::ts
