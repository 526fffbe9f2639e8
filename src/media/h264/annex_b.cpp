#include "media/h264/annex_b.hpp"

#include <algorithm>
#include <cstddef>

#include "media/h264/nal.hpp"

namespace geili::media::h264 {
namespace {

constexpr std::size_t kStartCodeBytes = 3;  // 00 00 01; a fourth zero before it belongs to nothing

// The first start code at or behind `at`; the stream's size when there is none.
std::size_t find_start_code(ByteView stream, std::size_t at) {
  // Ones are rarer than zeros, and three bytes can be passed over where none can end here.
  for (std::size_t last = at + 2; last < stream.size();) {
    const auto value = std::to_integer<unsigned>(stream[last]);
    if (value > 1) {
      last += kStartCodeBytes;
    } else if (value == 1) {
      if (stream[last - 1] == std::byte{0} && stream[last - 2] == std::byte{0}) return last - 2;
      last += kStartCodeBytes;
    } else {
      ++last;
    }
  }
  return stream.size();
}

ByteView without_trailing_zeros(ByteView nal) {
  while (!nal.empty() && nal.back() == std::byte{0}) nal = nal.first(nal.size() - 1);
  return nal;
}

}  // namespace

Result<std::vector<ByteView>> split_annex_b(ByteView stream) {
  std::vector<ByteView> nals;
  std::size_t code = find_start_code(stream, 0);
  if (!without_trailing_zeros(stream.first(code)).empty()) {
    return fail(ErrorKind::invalid, "annex-b", "A picture does not begin with a start code.");
  }
  while (code < stream.size()) {
    const std::size_t begin = code + kStartCodeBytes;
    code = find_start_code(stream, begin);
    const ByteView nal = without_trailing_zeros(stream.subspan(begin, code - begin));
    if (nal.empty()) continue;
    if (nals.size() == kNalsMax) {
      return fail(ErrorKind::invalid, "nal-limit", "A picture has too many NAL units.");
    }
    nals.push_back(nal);
  }
  return nals;
}

}  // namespace geili::media::h264
