#pragma once
// The stream id by which an SRT caller says what it wants: the key alone, or the standard syntax of
// SRT's access control guidelines, "#!::r=KEY,m=publish".

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili::media::srt {

inline constexpr std::size_t kStreamIdBytesMax = 512;

// The stream key. Errors: invalid "srt-stream-id" (none, too long, no key in it, or another
// syntax), "srt-mode" (the caller does not want to publish a stream).
Result<std::string> key_of_stream_id(std::string_view stream_id);

}  // namespace geili::media::srt
