#include "webrtc_load.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

#include <fmt/format.h>

namespace geili::bench {
namespace {

std::string field_of(const std::string& head, std::string_view name) {
  std::string lower = head;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const std::size_t at = lower.find(fmt::format("\r\n{}:", name));
  if (at == std::string::npos) return "";
  const std::size_t begin = head.find_first_not_of(' ', at + name.size() + 3);
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

OwnedAnswer post(const WebRtcTarget& target, std::string_view kind, const std::string& fields,
                 const std::string& offer) {
  return ask_once(target.url,
                  fmt::format("POST /api/v1/shows/{}/{} HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Type: application/sdp\r\n{}Content-Length: {}\r\n\r\n{}",
                              target.show, kind, fields, offer.size(), offer));
}

std::string take(const OwnedAnswer& answer, client::ClientPeer& peer) {
  if (answer.status != 201)
    throw std::runtime_error(fmt::format("answered {}: {}", answer.status, answer.body));
  const auto accepted = peer.accept(answer.body);
  if (!accepted) throw std::runtime_error(accepted.error().detail);
  std::string location = field_of(answer.head, "location");
  if (const std::size_t scheme = location.find("://"); scheme != std::string::npos)
    location.erase(0, location.find('/', scheme + 3));
  return location;
}

}  // namespace

void TargetOptions::add_to(CLI::App& app) {
  app.add_option("--url", url)->required();
  app.add_option("--show", show)->required();
  app.add_option("--key", key)->required();
  app.add_option("--server", server)->required();
}

WebRtcTarget TargetOptions::target() const {
  return {parse_base_url(url), show, key, server};
}

std::string publish(const WebRtcTarget& target, client::WhipPublisher& publisher) {
  const std::string bearer = fmt::format("Authorization: Bearer {}\r\n", target.stream_key);
  return take(post(target, "whip", bearer, publisher.offer()), publisher);
}

std::string play(const WebRtcTarget& target, client::WhepReceiver& receiver) {
  return take(post(target, "whep", "", receiver.offer()), receiver);
}

std::string play_when_live(const WebRtcTarget& target, client::ClientLoop& loop,
                           client::WhepReceiver& receiver) {
  for (int tries = 0; tries < 100; ++tries) {
    const OwnedAnswer answer = post(target, "whep", "", receiver.offer());
    if (answer.status == 201) return take(answer, receiver);
    loop.run_for(std::chrono::milliseconds(100));
  }
  throw std::runtime_error("nothing to play within ten seconds");
}

void leave(const WebRtcTarget& target, const std::string& session) {
  const OwnedAnswer answer = ask_once(
      target.url,
      fmt::format("DELETE {} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", session));
  if (answer.status / 100 != 2 && answer.status != 404)
    throw std::runtime_error(fmt::format("DELETE was answered {}", answer.status));
}

const media::dtls::Context& client_context() {
  static const media::dtls::Context context(
      std::make_shared<const media::dtls::Certificate>(SystemClock().now()));
  return context;
}

}  // namespace geili::bench
