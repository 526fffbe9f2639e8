// The same messages come out whether the bytes arrive at once or in portions.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>

#include "media/rtmp/chunk_reader.hpp"

namespace {

using namespace geili;
using namespace geili::media::rtmp;

constexpr std::size_t kMessageBytesMax = 4'096;

std::string read(ByteView bytes, std::size_t step) {
  ChunkReader reader({kMessageBytesMax, 8});
  std::string log;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.append(bytes.subspan(at, std::min(step, bytes.size() - at)));
    while (true) {
      const auto next = reader.next();
      if (!next) return log + next.error().code;
      if (!*next) break;
      const Message& message = **next;
      assert(message.payload.size() <= kMessageBytesMax);
      log += std::to_string(static_cast<int>(message.type)) + ":" +
             std::to_string(message.timestamp_ms) + ":" + to_hex(message.payload) + "\n";
    }
  }
  return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  const std::string whole = read(bytes, std::max<std::size_t>(size, 1));
  const std::size_t step = size == 0 ? 1 : 1 + data[size - 1] % 64;
  assert(read(bytes, step) == whole);
  return 0;
}
