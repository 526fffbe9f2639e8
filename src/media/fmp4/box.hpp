#pragma once
// Boxes of the ISO base media file format (ISO/IEC 14496-12 section 4.2): opened by the
// constructor, their size is filled in when the object goes.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "media/byte_writer.hpp"

namespace geili::media::fmp4 {

class Box {
 public:
  Box(ByteWriter& out, std::string_view type) : out_(out), start_(out.size()) {
    out_.u32(0);
    out_.text(type);
  }
  // A full box: with version and flags.
  Box(ByteWriter& out, std::string_view type, unsigned version, std::uint32_t flags)
      : Box(out, type) {
    out_.u8(version);
    out_.u24(flags);
  }
  ~Box() { out_.patch_u32(start_, static_cast<std::uint32_t>(out_.size() - start_)); }
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

 private:
  ByteWriter& out_;
  std::size_t start_;
};

}  // namespace geili::media::fmp4
