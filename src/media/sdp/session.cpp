#include "media/sdp/session.hpp"

#include <algorithm>

namespace geili::media::sdp {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<std::string_view> Payload::parameter(std::string_view key) const {
  const auto found =
      std::ranges::find_if(parameters, [key](const Parameter& p) { return same_name(p.key, key); });
  if (found == parameters.end()) return std::nullopt;
  return found->value;
}

bool Payload::has_feedback(std::string_view name) const {
  return std::ranges::find(feedback, name) != feedback.end();
}

bool Media::is_rtp() const {
  return protocol.contains("RTP/");
}

const Payload* Media::payload(unsigned type) const {
  const auto found =
      std::ranges::find_if(payloads, [type](const Payload& p) { return p.type == type; });
  return found == payloads.end() ? nullptr : &*found;
}

const std::vector<std::string>* SessionDescription::bundle() const {
  const auto found =
      std::ranges::find_if(groups, [](const Group& g) { return g.semantics == "BUNDLE"; });
  return found == groups.end() ? nullptr : &found->mids;
}

std::string_view name_of(Direction direction) {
  constexpr std::array<std::string_view, 4> kNames{"sendrecv", "sendonly", "recvonly", "inactive"};
  return kNames[static_cast<std::size_t>(direction)];
}

std::string_view name_of(Setup setup) {
  constexpr std::array<std::string_view, 4> kNames{"actpass", "active", "passive", "holdconn"};
  return kNames[static_cast<std::size_t>(setup)];
}

}  // namespace geili::media::sdp
