#pragma once
// The offers that tests read: the seeds of the fuzz target, one for each kind of client.

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "media/sdp/parse.hpp"

namespace geili::media::sdp {

inline std::string seed(const std::string& name) {
  std::ifstream in(std::string(GEILI_SOURCE_DIR "/src/media/sdp/corpus/sdp_fuzz/") + name,
                   std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

inline SessionDescription offer_of(const std::string& name) {
  auto session = parse(seed(name));
  EXPECT_TRUE(session) << name << ": " << (session ? "" : session.error().detail);
  return session ? *session : SessionDescription{};
}

// `text` with the first `from` replaced.
inline std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace geili::media::sdp
