#include "media/testing/mp4_fragments.hpp"

#include <functional>

#include "media/byte_reader.hpp"

namespace geili::media::testing {
namespace {

using Visit = std::function<bool(std::string_view type, ByteView content)>;

bool walk(ByteView boxes, const Visit& visit) {
  ByteReader in(boxes);
  while (in.remaining() > 0) {
    const std::uint32_t size = in.u32();
    const std::string_view type = as_text(in.bytes(4));
    if (size < 8) return false;
    const ByteView content = in.bytes(size - 8);
    if (!in.ok() || !visit(type, content)) return false;
  }
  return true;
}

bool read_run(ByteView content, TrackFragment& fragment) {
  constexpr std::uint32_t kNotSync = 0x10000;
  ByteReader in(content);
  const std::uint32_t flags = in.u32() & 0xFFFFFF;
  const std::uint32_t count = in.u32();
  if ((flags & 1) != 0) in.u32();
  for (std::uint32_t i = 0; i < count; ++i) {
    fragment.duration += (flags & 0x100) != 0 ? in.u32() : 0;
    if ((flags & 0x200) != 0) in.u32();
    const bool sync = (flags & 0x400) == 0 || (in.u32() & kNotSync) == 0;
    if (i == 0) fragment.begins_with_sync = sync;
    fragment.has_sync = fragment.has_sync || sync;
    fragment.compositions.push_back((flags & 0x800) != 0 ? static_cast<std::int32_t>(in.u32()) : 0);
  }
  fragment.samples = count;
  return in.ok();
}

}  // namespace

std::vector<TrackFragment> read_fragments(std::string_view file) {
  std::vector<TrackFragment> fragments;
  const Visit in_track = [&](std::string_view type, ByteView content) {
    ByteReader in(content);
    in.u32();
    if (type == "tfhd") fragments.back().track = in.u32();
    if (type == "tfdt") fragments.back().dts = static_cast<std::int64_t>(in.u64());
    return type != "trun" || read_run(content, fragments.back());
  };
  const Visit in_movie_fragment = [&](std::string_view type, ByteView content) {
    if (type != "traf") return true;
    fragments.emplace_back();
    return walk(content, in_track);
  };
  const Visit in_file = [&](std::string_view type, ByteView content) {
    return type != "moof" || walk(content, in_movie_fragment);
  };
  if (!walk(as_bytes(file), in_file)) fragments.clear();
  return fragments;
}

}  // namespace geili::media::testing
