#include "media/h264/parameter_sets.hpp"

#include <algorithm>

#include "media/bit_reader.hpp"
#include "media/h264/nal.hpp"

namespace geili::media::h264 {
namespace {

constexpr std::size_t kSpsHeadBytes = 4;  // header, profile, constraints, level
constexpr std::size_t kRecordPpsMax = 255;
constexpr std::size_t kHeadBytes = 24;  // more than the fields read here can take

// The first bytes behind the NAL header, of which `skipped` are left out.
Bytes head_of(ByteView nal, std::size_t skipped) {
  return unescape(nal.subspan(skipped, std::min(kHeadBytes, nal.size() - skipped)));
}

std::unexpected<Error> wrong_set() {
  return fail(ErrorKind::invalid, "parameter-set", "A parameter set of H.264 is malformed.");
}

}  // namespace

Result<void> ParameterSets::add(ByteView nal) {
  if (nal.size() > kParameterSetBytesMax) return wrong_set();
  if (type_of(nal) == NalType::sps && nal.size() > kSpsHeadBytes) {
    const Bytes head = head_of(nal, kSpsHeadBytes);
    BitReader in(head);
    const unsigned id = in.exp_golomb();
    if (!in.ok() || id > kSpsIdMax) return wrong_set();
    sps_[id].assign(nal.begin(), nal.end());
    return {};
  }
  if (type_of(nal) == NalType::pps && nal.size() > 1) {
    const Bytes head = head_of(nal, 1);
    BitReader in(head);
    const unsigned id = in.exp_golomb();
    const unsigned sps_id = in.exp_golomb();
    if (!in.ok() || id > kPpsIdMax || sps_id > kSpsIdMax) return wrong_set();
    pps_[id] = {sps_id, Bytes(nal.begin(), nal.end())};
    return {};
  }
  return wrong_set();
}

Result<DecoderConfig> ParameterSets::of_slice(ByteView slice) const {
  const Bytes head = slice.size() > 1 ? head_of(slice, 1) : Bytes{};
  BitReader in(head);
  in.exp_golomb();  // first_mb_in_slice
  in.exp_golomb();  // slice_type
  const unsigned pps_id = in.exp_golomb();
  if (!in.ok()) return fail(ErrorKind::invalid, "slice-truncated", "A slice ends in its head.");
  const auto pps = pps_.find(pps_id);
  const auto sps = pps == pps_.end() ? sps_.end() : sps_.find(pps->second.sps_id);
  if (sps == sps_.end()) {
    return fail(ErrorKind::invalid, "parameter-set-missing", "A slice refers to unknown sets.");
  }
  DecoderConfig config;
  config.sps.push_back(sps->second);
  for (const auto& [id, set] : pps_) {
    if (set.sps_id == sps->first && config.pps.size() < kRecordPpsMax)
      config.pps.push_back(set.nal);
  }
  return config;
}

bool begins_picture(ByteView slice) {
  // first_mb_in_slice is ue(v), and 0 is the single bit 1.
  return slice.size() > 1 && (slice[1] & std::byte{0x80}) != std::byte{0};
}

}  // namespace geili::media::h264
