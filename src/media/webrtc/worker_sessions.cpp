// The sessions of a Worker: made, ticked and ended.

#include <algorithm>
#include <chrono>
#include <utility>

#include "media/sdp/write.hpp"
#include "media/webrtc/random_number.hpp"
#include "media/webrtc/worker.hpp"

namespace geili::media::webrtc {
namespace asio = boost::asio;
namespace {

constexpr auto kTick = std::chrono::milliseconds(10);
constexpr std::uint64_t kTicksPerSweep = 10;  // of viewers, and of what has ended
constexpr std::size_t kNameBytes = 16;
// A show that nobody watches any more is kept ready for so long.
constexpr auto kIdleTime = std::chrono::seconds(5);
constexpr auto kStrangerTime = std::chrono::seconds(10);

sdp::Fingerprint fingerprint_of(const dtls::Certificate& certificate) {
  std::string hex = certificate.fingerprint();
  std::erase(hex, ':');
  std::ranges::transform(hex, hex.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
  });
  return {"sha-256", *from_hex(hex)};
}

std::uint32_t random_ssrc() {
  return std::max(random_number<std::uint32_t>(), 1U);
}

}  // namespace

sdp::LocalTransport Worker::local_transport() const {
  constexpr std::uint64_t kBelow = (std::uint64_t{1} << 63) - 1;
  return {.session_id = random_number<std::uint64_t>() & kBelow,
          .ice = ice::make_credentials(std::string_view(std::string(1, home()))),
          .fingerprint = fingerprint_of(around_.dtls.certificate()),
          .candidates = around_.candidates()};
}

Negotiated Worker::begin_negotiation(const sdp::LocalTransport& local, sdp::Answer answer) const {
  return {home() + random_token(kNameBytes), local.ice, std::move(answer)};
}

Result<Negotiated> Worker::negotiate_ingest(const sdp::SessionDescription& offer) const {
  const sdp::LocalTransport local = local_transport();
  auto answer = sdp::answer_ingest(offer, local);
  if (!answer) return fail_as(answer);
  return begin_negotiation(local, std::move(*answer));
}

Result<Negotiated> Worker::negotiate_playback(const sdp::SessionDescription& offer,
                                              sdp::Sending& sending) const {
  if (sending.video) {
    sending.video->ssrc = random_ssrc();
    sending.video->rtx_ssrc = random_ssrc();
  }
  if (sending.audio) sending.audio->ssrc = random_ssrc();
  const sdp::LocalTransport local = local_transport();
  auto answer = sdp::answer_playback(offer, local, sending);
  if (!answer) return fail_as(answer);
  return begin_negotiation(local, std::move(*answer));
}

std::unique_ptr<Session> Worker::make_session(ShowId show, const Negotiated& negotiated,
                                              Instant now) {
  const sdp::Answer& answer = negotiated.answer;
  auto session =
      std::make_unique<Session>(around_.dtls, negotiated.local, answer.remote, *this, now);
  session->name = negotiated.name;
  session->show = show;
  for (const sdp::NegotiatedMedia& medium : answer.media) {
    if (!medium.accepted) continue;
    session->mid = medium.mid;
    session->kind_name = medium.kind == sdp::MediaKind::audio ? "audio" : "video";
    break;
  }
  return session;
}

Result<SessionAnswer> Worker::keep(std::unique_ptr<Session> session, const sdp::Answer& answer) {
  const Session& kept = sessions_.add(std::move(session));
  ++session_count_;
  return SessionAnswer{kept.name, sdp::write(answer.description), kept.etag()};
}

Result<SessionAnswer> Worker::publish(ShowId show, Negotiated negotiated,
                                      std::shared_ptr<Inlet> inlet) {
  if (!running_) {
    inlet->end("stopping");
    return stopping();
  }
  auto made = make_session(show, negotiated, around_.clock.now());
  Session& session = *made;
  session.inlet = std::move(inlet);
  session.publisher = std::make_unique<Publisher>(
      negotiated.answer.media, session.transport,
      [&session](SourceUnit unit) { session.units.push_back(std::move(unit)); },
      [&session](const char* code) { session.transport.close(code); });
  session.transport.attach(*session.publisher);
  publishers_.push_back(&session);
  return keep(std::move(made), negotiated.answer);
}

Result<SessionAnswer> Worker::play(const Programme& programme, Negotiated negotiated) {
  if (!running_) return stopping();
  auto made = make_session(programme.show, negotiated, around_.clock.now());
  Session& session = *made;
  ShowOut& out = show_out(programme);
  session.fan_out = &out.fan_out;
  session.viewer = std::make_unique<Viewer>(negotiated.answer.media, programme.sending,
                                            session.transport, out.fan_out);
  session.transport.attach(*session.viewer);
  out.fan_out.join(*session.viewer);
  return keep(std::move(made), negotiated.answer);
}

Worker::ShowOut& Worker::show_out(const Programme& programme) {
  auto& out = shows_[programme.show];
  // A stream that ended and was begun anew is another stream.
  if (out && out->feed->is_of(*programme.stream)) return *out;
  if (out) {
    out->feed->stop();
    out->feed = nullptr;
  } else {
    const auto want_key = [this, show = programme.show](Layer layer) {
      const auto found = shows_.find(show);
      if (found != shows_.end() && found->second->feed) found->second->feed->want_key_frame(layer);
    };
    out = std::make_unique<ShowOut>(want_key, around_.settings.viewers_to_join_sound);
  }
  out->idle_since = around_.clock.now();
  out->fan_out.set_can_make_low(programme.can_make_low);
  out->feed = Feed::start(
      programme.stream, around_.media_io, io_,
      [this, to = &out->fan_out](const Unit& unit) { to->on_unit(unit, around_.clock.now()); });
  return *out;
}

Session* Worker::find(const SessionRef& ref) const {
  Session* session = sessions_.named(ref.name);
  if (session == nullptr || session->show != ref.show) return nullptr;
  const bool is_publisher = session->publisher != nullptr;
  const bool fits = is_publisher == (ref.role == SessionRole::publisher);
  return fits && !session->transport.is_closed() ? session : nullptr;
}

Result<PatchAnswer> Worker::patch(const SessionRef& ref, std::string_view if_match,
                                  const sdp::IceFragment& fragment) {
  Session* session = find(ref);
  if (session == nullptr) return no_session();
  auto patched = session->patch(if_match, fragment, std::string(1, home()), around_.candidates());
  if (!patched) return fail_as(patched);
  if (patched->restarted) sessions_.name_anew(*session);
  return std::move(patched->answer);
}

Result<void> Worker::close(const SessionRef& ref, const char* reason) {
  Session* session = find(ref);
  if (session == nullptr) return no_session();
  session->transport.close(reason);
  remove(*session);
  return {};
}

WebRtcShowFigures Worker::figures_of(ShowId show) const {
  WebRtcShowFigures figures;
  for (const auto& [name, session] : sessions_.all()) {
    if (session->show != show) continue;
    if (session->viewer) ++figures.viewers;
    if (!session->publisher) continue;
    const PublisherFigures of = session->publisher->figures();
    figures.received_packets += of.packets;
    figures.lost_packets += static_cast<std::uint64_t>(std::max<std::int64_t>(0, of.packets_lost));
    if (of.round_trip_us) figures.round_trip_us = of.round_trip_us;
  }
  return figures;
}

void Worker::want_key_frame(const SessionRef& publisher, Layer layer) {
  if (Session* session = find(publisher)) session->publisher->want_key_frame(layer);
}

void Worker::remove(Session& session) {
  if (session.inlet) session.inlet->end(session.transport.reason());
  if (session.fan_out != nullptr) session.fan_out->leave(*session.viewer);
  if (session.viewer) retransmitted_before_ += session.viewer->figures().retransmitted;
  refused_before_ += session.transport.figures().refused_packets;
  std::erase(touched_, &session);
  std::erase(publishers_, &session);
  for (const TransportAddress& path : session.paths) {
    for (const auto& worker : around_.workers) {
      if (worker.get() == this) continue;
      asio::post(*worker->io_, [to = worker.get(), path, home = unsigned{index_}] {
        // A session of a third thread may have the address by now.
        const auto found = to->elsewhere_.find(path);
        if (found != to->elsewhere_.end() && found->second == home) to->elsewhere_.erase(found);
      });
    }
  }
  close_connections_of(session);
  sessions_.remove(session);
  --session_count_;
}

// A peer that has gone without a word would keep its connection open for ever.
void Worker::close_connections_of(const Session& session) {
  const auto is_tcp = [](const TransportAddress& path) { return path.transport == Transport::tcp; };
  if (std::ranges::none_of(session.paths, is_tcp)) return;
  std::erase_if(connections_, [&](const auto& entry) {
    const auto& [via, connection] = entry;
    if (sessions_.at(connection->remote()) != &session) return false;
    strangers_.remove(via);
    connection->close();
    return true;
  });
}

void Worker::after_batch(Session& session, Instant now) {
  session.publisher->after_batch(now);
  push_units(session);
}

void Worker::push_units(Session& session) {
  if (session.units.empty()) return;
  session.is_paused = false;
  session.inlet->push(std::exchange(session.units, {}));
}

void Worker::tick_publisher(Session& session, Instant now) {
  session.publisher->on_timer(now);
  push_units(session);
  const auto& heard = session.publisher->heard();
  const auto silence = std::chrono::milliseconds(around_.settings.publisher_silence_ms);
  if (session.is_paused || !heard || now - *heard < silence) return;
  session.is_paused = true;
  session.inlet->pause();
}

void Worker::tick() {
  ticker_.expires_after(kTick);
  ticker_.async_wait([this](boost::system::error_code failed) {
    if (failed || !running_) return;
    const Instant now = around_.clock.now();
    ++ticks_;
    for (Session* session : publishers_) tick_publisher(*session, now);
    for (const auto& [show, out] : shows_) out->fan_out.on_timer(now);
    if (ticks_ % kTicksPerSweep == 0) reap(now);
    tick();
  });
}

void Worker::reap(Instant now) {
  std::vector<Session*> closed;
  for (const auto& [name, session] : sessions_.all()) {
    session->transport.on_timer(now);
    if (session->viewer) session->viewer->on_timer(now);
    if (session->transport.is_closed()) closed.push_back(session.get());
  }
  for (Session* session : closed) remove(*session);
  std::erase_if(shows_, [now](const auto& entry) {
    ShowOut& out = *entry.second;
    if (out.fan_out.viewers() > 0) out.idle_since = now;
    out.feed->want_low(out.fan_out.wants_low(now));
    if (now - out.idle_since < kIdleTime) return false;
    out.feed->stop();
    return true;
  });
  refuse_strangers_until(now - kStrangerTime);
  publish_figures();
}

void Worker::publish_figures() {
  std::uint64_t retransmitted = retransmitted_before_;
  std::uint64_t refused = refused_before_;
  for (const auto& [name, session] : sessions_.all()) {
    if (session->viewer) retransmitted += session->viewer->figures().retransmitted;
    refused += session->transport.figures().refused_packets;
  }
  const UdpFigures& udp = udp_.figures();
  published_.publishers = publishers_.size();
  published_.viewers = sessions_.size() - publishers_.size();
  published_.tcp_connections = connections_.size();
  published_.tcp_refused = refused_connections_;
  published_.received_packets = udp.received_packets;
  published_.received_bytes = udp.received_bytes;
  published_.sent_packets = udp.sent_packets;
  published_.sent_bytes = udp.sent_bytes;
  published_.dropped_packets = udp.dropped_packets;
  published_.retransmitted_packets = retransmitted;
  published_.refused_packets = refused;
}

void Worker::add_to(WebRtcFigures& figures) const {
  figures.publishers += published_.publishers;
  figures.viewers += published_.viewers;
  figures.tcp_connections += published_.tcp_connections;
  figures.tcp_refused += published_.tcp_refused;
  figures.received_packets += published_.received_packets;
  figures.received_bytes += published_.received_bytes;
  figures.sent_packets += published_.sent_packets;
  figures.sent_bytes += published_.sent_bytes;
  figures.dropped_packets += published_.dropped_packets;
  figures.retransmitted_packets += published_.retransmitted_packets;
  figures.refused_packets += published_.refused_packets;
}

}  // namespace geili::media::webrtc
