#include "media/webrtc/node.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "media/on_thread.hpp"
#include "media/sdp/parse.hpp"
#include "media/webrtc/local_addresses.hpp"

namespace geili::media::webrtc {
namespace asio = boost::asio;
namespace {

// A port the kernel chose for UDP may be taken for TCP.
constexpr int kBindAttempts = 16;
constexpr unsigned kThreadsMax = 26;  // a letter each

asio::ip::tcp::acceptor listen_tcp(asio::io_context& io, const std::string& address,
                                   std::uint16_t port) {
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address), port);
  asio::ip::tcp::acceptor acceptor(io, endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  return acceptor;
}

IpAddress parse_or_throw(const std::string& text) {
  const auto address = IpAddress::parse(text);
  if (!address) throw std::invalid_argument("not an IP address: " + text);
  return *address;
}

}  // namespace

Node::Node(WebRtcSettings settings, const Clock& clock, Io media, StreamDoor streams)
    : settings_(std::move(settings)),
      clock_(clock),
      media_(std::move(media)),
      streams_(std::move(streams)),
      dtls_(std::make_shared<const dtls::Certificate>(clock.now())),
      around_{settings_, clock_, dtls_, media_, workers_, [this] { return candidates(); }} {}

void Node::start() {
  if (!settings_.enabled) return;
  parse_or_throw(settings_.address);
  for (const std::string& address : settings_.public_addresses) parse_or_throw(address);
  for (int attempt = 1;; ++attempt) {
    try {
      bind();
      break;
    } catch (const std::runtime_error&) {  // std::system_error, and Boost's, which is none
      workers_.clear();
      if (settings_.port != 0 || attempt == kBindAttempts) throw;
    }
  }
  running_ = true;
  for (const auto& worker : workers_) worker->start();
}

void Node::bind() {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads =
      std::min(settings_.threads == 0 ? cores : settings_.threads, kThreadsMax);
  std::uint16_t port = settings_.port;
  for (unsigned i = 0; i < threads; ++i) {
    workers_.push_back(std::make_unique<Worker>(static_cast<std::uint8_t>(i), around_, port));
    port = workers_.front()->port();
  }
  Worker& first = *workers_.front();
  first.accept_tcp(listen_tcp(*first.io(), settings_.address, port));
}

void Node::stop() {
  running_ = false;
  for (const auto& worker : workers_) worker->stop();
}

std::vector<ice::Candidate> Node::candidates() const {
  std::vector<IpAddress> addresses;
  for (const std::string& each : settings_.public_addresses) {
    addresses.push_back(*IpAddress::parse(each));
  }
  const IpAddress bound = *IpAddress::parse(settings_.address);
  const bool is_any =
      std::ranges::all_of(bound.octets, [](std::byte b) { return b == std::byte{}; });
  if (addresses.empty() && !is_any) addresses.push_back(bound);
  if (addresses.empty()) {
    addresses = local_addresses();
    if (bound.family == IpFamily::v4) {
      std::erase_if(addresses, [](const IpAddress& each) { return each.family != IpFamily::v4; });
    }
  }
  std::vector<TransportAddress> places;
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    for (const IpAddress& each : addresses) places.push_back({each, port(), transport});
  }
  return ice::host_candidates(places);
}

WebRtcFigures Node::figures() const {
  WebRtcFigures figures;
  for (const auto& worker : workers_) worker->add_to(figures);
  return figures;
}

Result<Worker*> Node::worker_for_new() const {
  if (!settings_.enabled) {
    return fail(ErrorKind::unavailable, "webrtc-off", "This server does not take WebRTC.");
  }
  if (!running_) return stopping();
  std::size_t sessions = 0;
  for (const auto& worker : workers_) sessions += worker->sessions();
  if (sessions >= settings_.sessions_max) {
    return fail(ErrorKind::unavailable, "webrtc-sessions",
                "Too many watch by WebRTC; try again later.");
  }
  return std::ranges::min_element(workers_, {},
                                  [](const auto& worker) { return worker->sessions(); })
      ->get();
}

Result<Worker*> Node::home_of(const SessionRef& session) const {
  if (!running_) return stopping();
  const auto home = std::ranges::find_if(workers_, [&session](const auto& worker) {
    return session.name.starts_with(worker->home());
  });
  if (home == workers_.end()) return no_session();
  return home->get();
}

asio::awaitable<Result<std::shared_ptr<Inlet>>> Node::open_inlet(Worker* home, SessionRef session,
                                                                 bool takes_over) {
  const auto takeover = takes_over ? Takeover::at_once : Takeover::when_silent;
  auto start = [this, home, session = std::move(session), takeover](auto done) {
    auto stream = streams_.open(session.show);
    if (!stream) return done(fail_as(stream));
    auto inlet = Inlet::open(std::move(*stream), media_, takeover);
    if (!inlet) return done(fail_as(inlet));
    (*inlet)->on_cut([home, session] {
      asio::post(*home->io(), [home, session] { (void)home->close(session, "replaced"); });
    });
    (*inlet)->on_key_wanted([home, session](Layer layer) {
      asio::post(*home->io(), [home, session, layer] { home->want_key_frame(session, layer); });
    });
    done(std::move(inlet));
  };
  co_return co_await on_thread_of<Result<std::shared_ptr<Inlet>>>(media_, std::move(start));
}

asio::awaitable<Result<SessionAnswer>> Node::publish(ShowId show, std::string offer,
                                                     bool takes_over) {
  auto worker = worker_for_new();
  if (!worker) co_return fail_as(worker);
  auto parsed = sdp::parse(offer);
  if (!parsed) co_return fail_as(parsed);
  auto negotiated = (*worker)->negotiate_ingest(*parsed);
  if (!negotiated) co_return fail_as(negotiated);
  const SessionRef session{show, SessionRole::publisher, negotiated->name};
  auto inlet = co_await open_inlet(*worker, session, takes_over);
  if (!inlet) co_return fail_as(inlet);
  if (!running_) co_return stopping();
  auto start = [home = *worker, show, negotiated = std::move(*negotiated),
                inlet = std::move(*inlet)](auto done) mutable {
    done(home->publish(show, std::move(negotiated), std::move(inlet)));
  };
  co_return co_await on_thread_of<Result<SessionAnswer>>((*worker)->io(), std::move(start));
}

asio::awaitable<Result<SessionAnswer>> Node::play(ShowId show, std::string offer) {
  auto worker = worker_for_new();
  if (!worker) co_return fail_as(worker);
  auto parsed = sdp::parse(offer);
  if (!parsed) co_return fail_as(parsed);
  auto find = [this, show](auto done) {
    auto stream = streams_.find(show);
    if (!stream)
      return done(fail(ErrorKind::conflict, "not-live", "There is nothing to play yet."));
    done(describe(std::move(stream)));
  };
  auto programme = co_await on_thread_of<Result<Programme>>(media_, std::move(find));
  if (!programme) co_return fail_as(programme);
  auto negotiated = (*worker)->negotiate_playback(*parsed, programme->sending);
  if (!negotiated) co_return fail_as(negotiated);
  if (!running_) co_return stopping();
  auto start = [home = *worker, programme = std::move(*programme),
                negotiated = std::move(*negotiated)](auto done) mutable {
    done(home->play(programme, std::move(negotiated)));
  };
  co_return co_await on_thread_of<Result<SessionAnswer>>((*worker)->io(), std::move(start));
}

asio::awaitable<WebRtcShowFigures> Node::figures_of(ShowId show) {
  WebRtcShowFigures all;
  for (const auto& each : workers_) {
    if (!running_) break;
    auto start = [worker = each.get(), show](auto done) { done(worker->figures_of(show)); };
    const auto part = co_await on_thread_of<WebRtcShowFigures>(each->io(), start);
    all.viewers += part.viewers;
    all.received_packets += part.received_packets;
    all.lost_packets += part.lost_packets;
    if (part.round_trip_us) all.round_trip_us = part.round_trip_us;
  }
  co_return all;
}

asio::awaitable<Result<PatchAnswer>> Node::patch(SessionRef session, std::string if_match,
                                                 std::string fragment) {
  auto home = home_of(session);
  if (!home) co_return fail_as(home);
  auto parsed = sdp::parse_ice_fragment(fragment);
  if (!parsed) co_return fail_as(parsed);
  auto start = [home = *home, session = std::move(session), if_match = std::move(if_match),
                fragment = std::move(*parsed)](auto done) {
    done(home->patch(session, if_match, fragment));
  };
  co_return co_await on_thread_of<Result<PatchAnswer>>((*home)->io(), std::move(start));
}

asio::awaitable<Result<void>> Node::close(SessionRef session) {
  auto home = home_of(session);
  if (!home) co_return fail_as(home);
  auto start = [home = *home, session = std::move(session)](auto done) {
    done(home->close(session, "unpublished"));
  };
  co_return co_await on_thread_of<Result<void>>((*home)->io(), std::move(start));
}

}  // namespace geili::media::webrtc
