#include "media/h264/nal.hpp"

#include "media/byte_reader.hpp"

namespace geili::media::h264 {

Result<std::vector<ByteView>> split_length_prefixed(ByteView access_unit, unsigned length_bytes) {
  std::vector<ByteView> nals;
  ByteReader in(access_unit);
  while (in.remaining() > 0) {
    const std::size_t length = length_bytes == 1   ? in.u8()
                               : length_bytes == 2 ? in.u16()
                                                   : in.u32();
    const ByteView nal = in.bytes(length);
    if (!in.ok()) {
      return fail(ErrorKind::invalid, "nal-length", "A NAL unit is longer than its message.");
    }
    if (nal.empty()) continue;
    if (nals.size() == kNalsMax) {
      return fail(ErrorKind::invalid, "nal-limit", "A picture has too many NAL units.");
    }
    nals.push_back(nal);
  }
  return nals;
}

void append_length_prefixed(Bytes& access_unit, ByteView nal) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    access_unit.push_back(static_cast<std::byte>(nal.size() >> shift & 0xFF));
  }
  access_unit.insert(access_unit.end(), nal.begin(), nal.end());
}

Bytes unescape(ByteView nal) {
  Bytes out;
  out.reserve(nal.size());
  std::size_t zeros = 0;
  for (const std::byte b : nal) {
    if (zeros >= 2 && b == std::byte{3}) {
      zeros = 0;
      continue;
    }
    zeros = b == std::byte{0} ? zeros + 1 : 0;
    out.push_back(b);
  }
  return out;
}

}  // namespace geili::media::h264
