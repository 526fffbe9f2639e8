#include "media/h264/sps.hpp"

#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "media/bit_reader.hpp"
#include "media/h264/nal.hpp"

namespace geili::media::h264 {
namespace {

constexpr unsigned kBaseline = 66;

bool has_chroma_fields(unsigned profile) {
  constexpr std::array kProfiles{100U, 110U, 122U, 244U, 44U,  83U, 86U,
                                 118U, 128U, 138U, 139U, 134U, 135U};
  for (const unsigned known : kProfiles) {
    if (profile == known) return true;
  }
  return false;
}

void skip_scaling_list(BitReader& in, unsigned size) {
  std::int32_t last = 8;
  std::int32_t next = 8;
  for (unsigned i = 0; i < size && next != 0 && in.ok(); ++i) {
    next = (last + in.signed_exp_golomb() % 256 + 256) % 256;
    last = next == 0 ? last : next;
  }
}

void read_chroma(BitReader& in, Sps& sps) {
  sps.chroma_format = in.exp_golomb();
  if (sps.chroma_format == 3) in.flag();  // separate_colour_plane_flag
  sps.bit_depth = 8 + in.exp_golomb() % 64;
  in.exp_golomb();  // bit_depth_chroma_minus8
  in.flag();        // qpprime_y_zero_transform_bypass_flag
  if (!in.flag()) return;
  const unsigned lists = sps.chroma_format == 3 ? 12 : 8;
  for (unsigned i = 0; i < lists; ++i) {
    if (in.flag()) skip_scaling_list(in, i < 6 ? 16 : 64);
  }
}

void skip_hrd(BitReader& in) {
  const std::uint32_t count = in.exp_golomb() + 1;
  in.bits(8);  // bit_rate_scale, cpb_size_scale
  for (std::uint32_t i = 0; i < count && i < 32 && in.ok(); ++i) {
    in.exp_golomb();
    in.exp_golomb();
    in.flag();
  }
  in.bits(20);  // delay and time offset lengths
}

void read_aspect(BitReader& in, Sps& sps) {
  struct Ratio {
    unsigned width, height;
  };
  constexpr std::array<Ratio, 17> kRatios{{{1, 1},
                                           {1, 1},
                                           {12, 11},
                                           {10, 11},
                                           {16, 11},
                                           {40, 33},
                                           {24, 11},
                                           {20, 11},
                                           {32, 11},
                                           {80, 33},
                                           {18, 11},
                                           {15, 11},
                                           {64, 33},
                                           {160, 99},
                                           {4, 3},
                                           {3, 2},
                                           {2, 1}}};
  constexpr unsigned kExtended = 255;
  const unsigned idc = in.bits(8);
  Ratio ratio{1, 1};
  if (idc == kExtended) {
    ratio.width = in.bits(16);
    ratio.height = in.bits(16);
  } else if (idc < kRatios.size()) {
    ratio = kRatios[idc];
  }
  if (ratio.width == 0 || ratio.height == 0) return;
  sps.aspect_width = ratio.width;
  sps.aspect_height = ratio.height;
}

void read_vui(BitReader& in, Sps& sps) {
  if (in.flag()) read_aspect(in, sps);
  if (in.flag()) in.flag();  // overscan
  if (in.flag()) {           // video_signal_type
    in.bits(4);
    if (in.flag()) in.bits(24);
  }
  if (in.flag()) {  // chroma_loc_info
    in.exp_golomb();
    in.exp_golomb();
  }
  if (in.flag()) {  // timing_info
    const std::uint32_t units_in_tick = in.bits(32);
    const std::uint32_t time_scale = in.bits(32);
    in.flag();
    if (in.ok() && units_in_tick > 0) {
      sps.frames_per_s = static_cast<double>(time_scale) / units_in_tick / 2;
    }
  }
  const bool nal_hrd = in.flag();
  if (nal_hrd) skip_hrd(in);
  const bool vcl_hrd = in.flag();
  if (vcl_hrd) skip_hrd(in);
  if (nal_hrd || vcl_hrd) in.flag();
  in.flag();  // pic_struct_present_flag
  if (!in.flag()) return;
  in.flag();  // motion_vectors_over_pic_boundaries_flag
  for (int i = 0; i < 4; ++i) in.exp_golomb();
  const unsigned reorder_frames = in.exp_golomb();
  in.exp_golomb();  // max_dec_frame_buffering
  // A VUI that ends early is a fault of some encoders that decoders forgive; nothing is taken from
  // it.
  if (!in.ok() || reorder_frames > 16) return;
  sps.reorder_known = true;
  sps.reorder_frames = reorder_frames;
}

struct Crop {
  std::uint64_t left = 0, right = 0, top = 0, bottom = 0;
};

Result<void> set_size(Sps& sps, std::uint64_t width_mbs, std::uint64_t height_map_units,
                      Crop crop) {
  const std::uint64_t field_factor = sps.interlaced ? 2 : 1;
  const std::uint64_t unit_x = sps.chroma_format == 1 || sps.chroma_format == 2 ? 2 : 1;
  const std::uint64_t unit_y = (sps.chroma_format == 1 ? 2 : 1) * field_factor;
  const std::uint64_t width = width_mbs * 16;
  const std::uint64_t height = height_map_units * 16 * field_factor;
  const std::uint64_t cut_x = (crop.left + crop.right) * unit_x;
  const std::uint64_t cut_y = (crop.top + crop.bottom) * unit_y;
  if (width > kPictureSideMax || height > kPictureSideMax || cut_x >= width || cut_y >= height) {
    return fail(ErrorKind::invalid, "sps-size", "The picture size is out of range.");
  }
  sps.width = static_cast<unsigned>(width - cut_x);
  sps.height = static_cast<unsigned>(height - cut_y);
  return {};
}

Result<void> read_picture_order(BitReader& in) {
  const unsigned type = in.exp_golomb();
  if (type == 0) {
    in.exp_golomb();
  } else if (type == 1) {
    in.flag();
    in.signed_exp_golomb();
    in.signed_exp_golomb();
    const std::uint32_t count = in.exp_golomb();
    if (count > 255)
      return fail(ErrorKind::invalid, "sps-value", "A picture order cycle is too long.");
    for (std::uint32_t i = 0; i < count; ++i) in.signed_exp_golomb();
  } else if (type > 2) {
    return fail(ErrorKind::invalid, "sps-value", "The picture order type is unknown.");
  }
  return {};
}

}  // namespace

std::string Sps::rfc6381() const {
  return fmt::format("avc1.{:02X}{:02X}{:02X}", profile, constraints, level);
}

Result<Sps> parse_sps(ByteView nal) {
  if (type_of(nal) != NalType::sps) {
    return fail(ErrorKind::invalid, "sps-value", "This is no sequence parameter set.");
  }
  const Bytes payload = unescape(nal.subspan(1));
  BitReader in(payload);
  Sps sps;
  sps.profile = static_cast<std::uint8_t>(in.bits(8));
  sps.constraints = static_cast<std::uint8_t>(in.bits(8));
  sps.level = static_cast<std::uint8_t>(in.bits(8));
  in.exp_golomb();  // seq_parameter_set_id
  if (has_chroma_fields(sps.profile)) read_chroma(in, sps);
  if (sps.chroma_format > 3 || sps.bit_depth > 14) {
    return fail(ErrorKind::invalid, "sps-value", "The chroma format or bit depth is unknown.");
  }
  in.exp_golomb();  // log2_max_frame_num_minus4
  if (auto order = read_picture_order(in); !order) return fail_as(order);
  in.exp_golomb();  // max_num_ref_frames
  in.flag();        // gaps_in_frame_num_value_allowed_flag
  const std::uint64_t width_mbs = std::uint64_t{in.exp_golomb()} + 1;
  const std::uint64_t height_map_units = std::uint64_t{in.exp_golomb()} + 1;
  sps.interlaced = !in.flag();
  if (sps.interlaced) in.flag();  // mb_adaptive_frame_field_flag
  in.flag();                      // direct_8x8_inference_flag
  Crop crop;
  if (in.flag()) crop = {in.exp_golomb(), in.exp_golomb(), in.exp_golomb(), in.exp_golomb()};
  const bool has_vui = in.flag();
  if (!in.ok())
    return fail(ErrorKind::invalid, "sps-truncated", "A sequence parameter set ends early.");
  if (auto sized = set_size(sps, width_mbs, height_map_units, crop); !sized) return fail_as(sized);

  sps.reorder_known = sps.profile == kBaseline;
  if (has_vui) read_vui(in, sps);
  return sps;
}

}  // namespace geili::media::h264
