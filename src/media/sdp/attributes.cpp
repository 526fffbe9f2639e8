#include "media/sdp/attributes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "media/ice/credentials.hpp"
#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

enum class Fault : std::uint8_t { none, malformed, limit };

constexpr std::size_t kNameCharsMax = 64;  // of mids, rids, semantics

bool is_name(std::string_view text) {
  return is_word(text) && text.size() <= kNameCharsMax;
}

// RFC 8851 section 10, with the '-' and '_' that its successor keeps and browsers use.
bool is_rid(std::string_view text) {
  return is_name(text) && std::ranges::all_of(text, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
         });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

template <class List, class Value>
Fault append(List& list, Value value, std::size_t max = kListMax) {
  if (list.size() >= max) return Fault::limit;
  list.push_back(std::move(value));
  return Fault::none;
}

Fault append_words(std::string_view rest, std::vector<std::string>& list) {
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (!is_name(word)) return Fault::malformed;
    if (append(list, std::string(word)) != Fault::none) return Fault::limit;
  }
  return Fault::none;
}

// --- of ICE and DTLS, in the session and in a medium ---

Fault ice_ufrag(std::string_view value, TransportPart& part) {
  if (!ice::is_ufrag(value)) return Fault::malformed;
  part.ice_ufrag = value;
  return Fault::none;
}

Fault ice_pwd(std::string_view value, TransportPart& part) {
  if (!ice::is_pwd(value)) return Fault::malformed;
  part.ice_pwd = value;
  return Fault::none;
}

Fault ice_options(std::string_view value, TransportPart& part) {
  return append_words(value, part.ice_options);
}

std::size_t digest_bytes(std::string_view hash) {
  constexpr std::array<std::pair<std::string_view, std::size_t>, 5> kSizes{
      {{"sha-1", 20}, {"sha-224", 28}, {"sha-256", 32}, {"sha-384", 48}, {"sha-512", 64}}};
  for (const auto& [name, size] : kSizes) {
    if (same_name(name, hash)) return size;
  }
  return 0;
}

Fault fingerprint(std::string_view value, TransportPart& part) {
  Fingerprint parsed;
  for (const char c : next_word(value)) {
    parsed.hash += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  const std::size_t expected = digest_bytes(parsed.hash);
  std::string_view pairs = next_word(value);
  while (!pairs.empty()) {
    const std::string_view pair = cut(pairs, ':');
    const auto byte = pair.size() == 2 ? from_hex(pair) : std::nullopt;
    if (!byte || parsed.value.size() >= 64) return Fault::malformed;
    parsed.value.push_back((*byte)[0]);
  }
  if (!is_name(parsed.hash) || parsed.value.empty()) return Fault::malformed;
  if (expected != 0 && parsed.value.size() != expected) return Fault::malformed;
  return append(part.fingerprints, std::move(parsed));
}

Fault setup(std::string_view value, TransportPart& part) {
  for (const Setup known : {Setup::actpass, Setup::active, Setup::passive, Setup::holdconn}) {
    if (value != name_of(known)) continue;
    part.setup = known;
    return Fault::none;
  }
  return Fault::malformed;
}

// --- of a medium ---

Fault mid(std::string_view value, Media& media) {
  if (!is_name(value)) return Fault::malformed;
  media.mid = value;
  return Fault::none;
}

// The payload type at the start of `value`, which is moved behind it. None when there is no number;
// a null pointer for a type that m= does not list.
std::optional<Payload*> payload_of(std::string_view& value, Media& media) {
  const auto type = number<std::uint8_t>(next_word(value));
  if (!type) return std::nullopt;
  for (Payload& payload : media.payloads) {
    if (payload.type == *type) return &payload;
  }
  return nullptr;
}

Fault rtpmap(std::string_view value, Media& media) {
  const auto payload = payload_of(value, media);
  std::string_view coding = next_word(value);
  const std::string_view encoding = cut(coding, '/');
  const auto clock_hz = number<std::uint32_t>(cut(coding, '/'));
  const auto channels = coding.empty() ? std::optional(1U) : number<unsigned>(coding);
  if (!payload || !is_name(encoding) || !clock_hz || !channels) return Fault::malformed;
  if (*payload == nullptr) return Fault::none;
  (*payload)->encoding = encoding;
  (*payload)->clock_hz = *clock_hz;
  (*payload)->channels = *channels;
  return Fault::none;
}

Fault fmtp(std::string_view value, Media& media) {
  const auto payload = payload_of(value, media);
  if (!payload) return Fault::malformed;
  if (*payload == nullptr) return Fault::none;
  while (!value.empty()) {
    std::string_view rest = trimmed(cut(value, ';'));
    if (rest.empty()) continue;
    Parameter parameter;
    parameter.key = trimmed(cut(rest, '='));
    parameter.value = rest;
    if (parameter.key.empty()) return Fault::malformed;
    if (append((*payload)->parameters, std::move(parameter)) != Fault::none) return Fault::limit;
  }
  return Fault::none;
}

Fault rtcp_fb(std::string_view value, Media& media) {
  const bool all = value.starts_with("* ");
  std::optional<Payload*> payload;
  if (all) {
    value.remove_prefix(2);
  } else {
    payload = payload_of(value, media);
    if (!payload) return Fault::malformed;
  }
  std::string name;
  for (std::string_view word = next_word(value); !word.empty(); word = next_word(value)) {
    if (!name.empty()) name += ' ';
    name += word;
  }
  if (name.empty()) return Fault::malformed;
  for (Payload& each : media.payloads) {
    if (!all && &each != *payload) continue;
    if (each.has_feedback(name)) continue;
    if (append(each.feedback, name) != Fault::none) return Fault::limit;
  }
  return Fault::none;
}

Fault extmap(std::string_view value, Media& media) {
  constexpr unsigned kIdMax = 4'351;  // RFC 8285 section 6: with the range for later numbering
  std::string_view head = next_word(value);
  Extension extension;
  const auto id = number<unsigned>(cut(head, '/'));
  if (!id || *id == 0 || *id > kIdMax) return Fault::malformed;
  extension.id = *id;
  for (const Direction known :
       {Direction::sendrecv, Direction::sendonly, Direction::recvonly, Direction::inactive}) {
    if (head == name_of(known)) extension.direction = known;
  }
  if (!head.empty() && !extension.direction) return Fault::malformed;
  extension.uri = next_word(value);
  if (!is_word(extension.uri)) return Fault::malformed;
  return append(media.extensions, std::move(extension));
}

Fault rid(std::string_view value, Media& media) {
  Rid parsed;
  parsed.id = next_word(value);
  const std::string_view direction = next_word(value);
  if (!is_rid(parsed.id) || (direction != "send" && direction != "recv")) return Fault::malformed;
  if (direction == "recv") parsed.direction = RidDirection::recv;
  return append(media.rids, std::move(parsed));
}

Fault simulcast(std::string_view value, Media& media) {
  Simulcast parsed;
  for (std::string_view word = next_word(value); !word.empty(); word = next_word(value)) {
    if (word != "send" && word != "recv") return Fault::malformed;
    auto& list = word == "send" ? parsed.send : parsed.recv;
    std::string_view streams = next_word(value);
    if (streams.empty() || !list.empty()) return Fault::malformed;
    while (!streams.empty()) {
      std::string_view alternatives = cut(streams, ';');
      std::string_view id = cut(alternatives, ',');
      if (id.starts_with('~')) id.remove_prefix(1);
      if (!is_rid(id)) return Fault::malformed;
      if (append(list, std::string(id)) != Fault::none) return Fault::limit;
    }
  }
  if (parsed.send.empty() && parsed.recv.empty()) return Fault::malformed;
  media.simulcast = std::move(parsed);
  return Fault::none;
}

Fault msid(std::string_view value, Media& media) {
  Msid parsed;
  parsed.stream = next_word(value);
  parsed.track = next_word(value);
  if (parsed.stream.empty()) return Fault::malformed;
  return append(media.msids, std::move(parsed));
}

Fault ssrc(std::string_view value, Media& media) {
  const auto id = number<std::uint32_t>(next_word(value));
  const std::string_view name = cut(value, ':');
  if (!id || !is_name(name)) return Fault::malformed;
  return append(media.ssrcs, SsrcAttribute{*id, std::string(name), std::string(value)});
}

Fault ssrc_group(std::string_view value, Media& media) {
  SsrcGroup parsed;
  parsed.semantics = next_word(value);
  if (!is_name(parsed.semantics)) return Fault::malformed;
  for (std::string_view word = next_word(value); !word.empty(); word = next_word(value)) {
    const auto id = number<std::uint32_t>(word);
    if (!id) return Fault::malformed;
    if (append(parsed.ssrcs, *id) != Fault::none) return Fault::limit;
  }
  return append(media.ssrc_groups, std::move(parsed));
}

Fault candidate(std::string_view value, Media& media) {
  auto parsed = ice::parse_candidate(std::string("candidate:").append(value));
  if (parsed) return append(media.candidates, std::move(*parsed));
  return parsed.error().kind == ErrorKind::unsupported_media ? Fault::none : Fault::malformed;
}

template <Direction direction>
Fault set_direction(std::string_view, Media& media) {
  media.direction = direction;
  return Fault::none;
}

template <bool Media::* flag>
Fault set_flag(std::string_view, Media& media) {
  media.*flag = true;
  return Fault::none;
}

// --- of the session ---

Fault group(std::string_view value, SessionDescription& session) {
  Group parsed;
  parsed.semantics = next_word(value);
  if (!is_name(parsed.semantics)) return Fault::malformed;
  if (const Fault fault = append_words(value, parsed.mids); fault != Fault::none) return fault;
  return append(session.groups, std::move(parsed));
}

template <bool SessionDescription::* flag>
Fault set_session_flag(std::string_view, SessionDescription& session) {
  session.*flag = true;
  return Fault::none;
}

template <class Target>
struct Reader {
  std::string_view name;
  Fault (*read)(std::string_view value, Target& target);
};

constexpr auto kTransportReaders =
    std::to_array<Reader<TransportPart>>({{"ice-ufrag", ice_ufrag},
                                          {"ice-pwd", ice_pwd},
                                          {"ice-options", ice_options},
                                          {"fingerprint", fingerprint},
                                          {"setup", setup}});

constexpr auto kSessionReaders = std::to_array<Reader<SessionDescription>>(
    {{"group", group},
     {"ice-lite", set_session_flag<&SessionDescription::ice_lite>},
     {"extmap-allow-mixed", set_session_flag<&SessionDescription::extmap_allow_mixed>}});

constexpr auto kMediaReaders =
    std::to_array<Reader<Media>>({{"mid", mid},
                                  {"rtpmap", rtpmap},
                                  {"fmtp", fmtp},
                                  {"rtcp-fb", rtcp_fb},
                                  {"extmap", extmap},
                                  {"rid", rid},
                                  {"simulcast", simulcast},
                                  {"msid", msid},
                                  {"ssrc", ssrc},
                                  {"ssrc-group", ssrc_group},
                                  {"candidate", candidate},
                                  {"sendrecv", set_direction<Direction::sendrecv>},
                                  {"sendonly", set_direction<Direction::sendonly>},
                                  {"recvonly", set_direction<Direction::recvonly>},
                                  {"inactive", set_direction<Direction::inactive>},
                                  {"rtcp-mux", set_flag<&Media::rtcp_mux>},
                                  {"rtcp-rsize", set_flag<&Media::rtcp_rsize>},
                                  {"bundle-only", set_flag<&Media::bundle_only>},
                                  {"end-of-candidates", set_flag<&Media::end_of_candidates>}});

template <class Target>
Fault read_by(std::span<const Reader<Target>> readers, std::string_view attribute, Target& target) {
  const std::string_view name = cut(attribute, ':');
  for (const Reader<Target>& reader : readers) {
    if (reader.name == name) return reader.read(attribute, target);
  }
  return Fault::none;
}

Result<void> answer(Fault fault, const Line& line) {
  if (fault == Fault::none) return {};
  std::string_view value = line.value;
  const std::string_view name = cut(value, ':');
  return fault == Fault::limit
             ? line_fault("sdp-limit", line, fmt::format("more of a={} than are taken", name))
             : line_fault("sdp-attribute", line, fmt::format("a={} is malformed", name));
}

}  // namespace

Result<void> read_session_attribute(const Line& line, SessionDescription& session) {
  Fault fault = read_by<SessionDescription>(kSessionReaders, line.value, session);
  if (fault == Fault::none) {
    fault = read_by<TransportPart>(kTransportReaders, line.value, session.transport);
  }
  return answer(fault, line);
}

Result<void> read_media_attribute(const Line& line, Media& media) {
  Fault fault = read_by<Media>(kMediaReaders, line.value, media);
  if (fault == Fault::none) {
    fault = read_by<TransportPart>(kTransportReaders, line.value, media.transport);
  }
  return answer(fault, line);
}

}  // namespace geili::media::sdp
