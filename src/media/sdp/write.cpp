#include "media/sdp/write.hpp"

#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace geili::media::sdp {
namespace {

template <class... Values>
void line(std::string& out, fmt::format_string<Values...> format, Values&&... values) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Values>(values)...);
  out += "\r\n";
}

std::string joined(const auto& values, std::string_view separator) {
  return fmt::format("{}", fmt::join(values, separator));
}

std::string digest_text(const Bytes& value) {
  std::string text;
  for (const std::byte b : value) {
    if (!text.empty()) text += ':';
    text += fmt::format("{:02X}", std::to_integer<unsigned>(b));
  }
  return text;
}

void write_parameters(const Payload& payload, std::string& out) {
  if (payload.parameters.empty()) return;
  std::string text;
  for (const Parameter& parameter : payload.parameters) {
    if (!text.empty()) text += ';';
    text += parameter.key;
    if (!parameter.value.empty()) text.append("=").append(parameter.value);
  }
  line(out, "a=fmtp:{} {}", payload.type, text);
}

void write_payload(const Payload& payload, std::string& out) {
  if (!payload.encoding.empty()) {
    const std::string channels = payload.channels == 1 ? "" : fmt::format("/{}", payload.channels);
    line(out, "a=rtpmap:{} {}/{}{}", payload.type, payload.encoding, payload.clock_hz, channels);
  }
  for (const std::string& name : payload.feedback) line(out, "a=rtcp-fb:{} {}", payload.type, name);
  write_parameters(payload, out);
}

void write_extension(const Extension& extension, std::string& out) {
  const std::string direction =
      extension.direction ? fmt::format("/{}", name_of(*extension.direction)) : std::string();
  line(out, "a=extmap:{}{} {}", extension.id, direction, extension.uri);
}

void write_simulcast(const Media& media, std::string& out) {
  for (const Rid& rid : media.rids) {
    line(out, "a=rid:{} {}", rid.id, rid.direction == RidDirection::send ? "send" : "recv");
  }
  if (!media.simulcast) return;
  std::string text;
  if (!media.simulcast->send.empty()) text += " send " + joined(media.simulcast->send, ";");
  if (!media.simulcast->recv.empty()) text += " recv " + joined(media.simulcast->recv, ";");
  line(out, "a=simulcast:{}", std::string_view(text).substr(text.empty() ? 0 : 1));
}

void write_sources(const Media& media, std::string& out) {
  for (const Msid& msid : media.msids) {
    line(out, "a=msid:{}{}{}", msid.stream, msid.track.empty() ? "" : " ", msid.track);
  }
  for (const SsrcGroup& group : media.ssrc_groups) {
    line(out, "a=ssrc-group:{}{}{}", group.semantics, group.ssrcs.empty() ? "" : " ",
         joined(group.ssrcs, " "));
  }
  for (const SsrcAttribute& attribute : media.ssrcs) {
    line(out, "a=ssrc:{} {}{}{}", attribute.ssrc, attribute.name,
         attribute.value.empty() ? "" : ":", attribute.value);
  }
}

void write_media(const Media& media, std::string& out) {
  line(out, "m={} {} {} {}", media.kind_name, media.port, media.protocol,
       joined(media.formats, " "));
  line(out, "c=IN IP4 0.0.0.0");
  if (!media.mid.empty()) line(out, "a=mid:{}", media.mid);
  if (media.bundle_only) line(out, "a=bundle-only");
  write_transport(media.transport, out);
  line(out, "a={}", name_of(media.direction));
  if (media.rtcp_mux) line(out, "a=rtcp-mux");
  if (media.rtcp_rsize) line(out, "a=rtcp-rsize");
  for (const Payload& payload : media.payloads) write_payload(payload, out);
  for (const Extension& extension : media.extensions) write_extension(extension, out);
  write_simulcast(media, out);
  write_sources(media, out);
  for (const ice::Candidate& candidate : media.candidates) line(out, "a={}", candidate.to_text());
  if (media.end_of_candidates) line(out, "a=end-of-candidates");
}

}  // namespace

void write_transport(const TransportPart& part, std::string& out) {
  if (!part.ice_ufrag.empty()) line(out, "a=ice-ufrag:{}", part.ice_ufrag);
  if (!part.ice_pwd.empty()) line(out, "a=ice-pwd:{}", part.ice_pwd);
  if (!part.ice_options.empty()) line(out, "a=ice-options:{}", joined(part.ice_options, " "));
  for (const Fingerprint& print : part.fingerprints) {
    line(out, "a=fingerprint:{} {}", print.hash, digest_text(print.value));
  }
  if (part.setup) line(out, "a=setup:{}", name_of(*part.setup));
}

std::string write(const SessionDescription& session) {
  std::string out;
  out.reserve(4'096);
  const Origin& origin = session.origin;
  line(out, "v=0");
  line(out, "o={} {} {} IN {} {}", origin.username, origin.session_id, origin.version,
       origin.address.find(':') == std::string::npos ? "IP4" : "IP6", origin.address);
  line(out, "s=-");
  line(out, "t=0 0");
  for (const Group& group : session.groups) {
    line(out, "a=group:{}{}{}", group.semantics, group.mids.empty() ? "" : " ",
         joined(group.mids, " "));
  }
  if (session.ice_lite) line(out, "a=ice-lite");
  if (session.extmap_allow_mixed) line(out, "a=extmap-allow-mixed");
  write_transport(session.transport, out);
  for (const Media& media : session.media) write_media(media, out);
  return out;
}

}  // namespace geili::media::sdp
