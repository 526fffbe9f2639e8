#pragma once
// Fragments of application/trickle-ice-sdpfrag (RFC 8840), which WHIP and WHEP carry in PATCH
// (RFC 9725 section 4.3): candidates that came later, and ICE restarts.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/ice/candidate.hpp"
#include "media/ice/credentials.hpp"

namespace geili::media::sdp {

struct FragmentMedia {
  std::string kind_name = "audio";  // of the pseudo m= line, which says nothing more
  std::string mid;
  std::vector<ice::Candidate> candidates;
  bool end_of_candidates = false;

  friend bool operator==(const FragmentMedia&, const FragmentMedia&) = default;
};

struct IceFragment {
  ice::Credentials credentials;  // both empty when the fragment names none
  std::vector<std::string> ice_options;
  std::vector<FragmentMedia> media;
  bool end_of_candidates = false;  // of the whole session

  friend bool operator==(const IceFragment&, const IceFragment&) = default;
};

// Credentials may stand before the first m= or in a medium. Errors: those of parse(), and (invalid)
// "sdp-ice" when there is a ufrag without a password, or media that differ in them: one bundle has
// one transport.
Result<IceFragment> parse_ice_fragment(std::string_view text);

std::string write(const IceFragment& fragment);

}  // namespace geili::media::sdp
