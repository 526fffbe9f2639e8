#include "media/webrtc/worker.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "media/stun/message.hpp"

namespace geili::media::webrtc {
namespace asio = boost::asio;
namespace {

constexpr std::uint32_t kFirstTcpVia = 1U << 16;
constexpr std::size_t kLocalsMax = 1'024;
constexpr std::size_t kElsewhereMax = 65'536;
// So that one thread's flood does not keep it from its timers.
constexpr int kReceivesAtOnceMax = 8;
constexpr std::size_t kRunSlotBytes = 2'048;

UdpSettings udp_settings(const WebRtcSettings& settings, std::uint16_t port) {
  return {*IpAddress::parse(settings.address), port, settings.segmentation, settings.log};
}

}  // namespace

Worker::Worker(std::uint8_t index, Surroundings& around, std::uint16_t port)
    : index_(index),
      around_(around),
      io_(std::make_shared<asio::io_context>(1)),
      udp_(udp_settings(around.settings, port)),
      readable_(*io_),
      ticker_(*io_),
      batch_(udp_),
      strangers_(around.settings.tcp_strangers_per_address_max),
      next_via_(kFirstTcpVia),
      run_slot_(kRunSlotBytes) {}

void Worker::start() {
  assert(!thread_.joinable());
  readable_.assign(udp_.fd());
  work_.emplace(asio::make_work_guard(*io_));
  running_ = true;
  thread_ = std::thread([this] { run(); });
}

void Worker::run() {
  listen();
  tick();
  io_->run();
}

void Worker::stop() {
  running_ = false;
  if (!thread_.joinable()) return;
  asio::post(*io_, [this] {
    while (sessions_.size() > 0) {
      Session& session = *sessions_.all().begin()->second;
      session.transport.close("stopping");
      remove(session);
    }
    for (const auto& [show, out] : shows_) out->feed->stop();
    for (const auto& [via, connection] : connections_) connection->close();
    acceptor_.reset();
    ticker_.cancel();
    readable_.release();
    work_.reset();
  });
  thread_.join();
  // Questions that were posted while the thread ended.
  io_->restart();
  io_->poll();
}

void Worker::listen() {
  readable_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [this](boost::system::error_code failed) {
                         if (failed || !running_) return;
                         const auto each = [this](std::span<std::byte> datagram,
                                                  const UdpPath& path) { on_udp(datagram, path); };
                         for (int i = 0; i < kReceivesAtOnceMax && udp_.receive(each); ++i) {
                         }
                         const Instant now = around_.clock.now();
                         for (Session* session : touched_) after_batch(*session, now);
                         touched_.clear();
                         listen();
                       });
}

void Worker::on_udp(std::span<std::byte> datagram, const UdpPath& path) {
  if (const auto home = home_of(datagram, path.remote)) {
    forward(*home, datagram, path);
  } else {
    take(datagram, {path.remote, via_of(path.local)}, index_);
  }
}

std::optional<unsigned> Worker::home_of(ByteView datagram, const TransportAddress& remote) const {
  if (!stun::looks_like_stun(datagram)) {
    const auto found = elsewhere_.find(remote);
    return found == elsewhere_.end() ? std::nullopt : std::optional(found->second);
  }
  const auto ufrag = ice::addressed_ufrag(datagram);
  if (!ufrag || ufrag->empty()) return std::nullopt;
  const auto home = static_cast<unsigned>(ufrag->front() - 'a');
  if (home >= around_.workers.size() || home == index_) return std::nullopt;
  return home;
}

void Worker::forward(unsigned to, ByteView datagram, const UdpPath& path) {
  Worker& home = *around_.workers[to];
  if (home.forwarded_ >= kForwardedMax) return;
  ++home.forwarded_;
  asio::post(*home.io_, [&home, from = index_, path,
                         bytes = Bytes(datagram.begin(), datagram.end())]() mutable {
    --home.forwarded_;
    home.on_forwarded(std::move(bytes), path, from);
  });
}

void Worker::on_forwarded(Bytes datagram, UdpPath path, unsigned from) {
  take(datagram, {path.remote, via_of(path.local)}, from);
  const Instant now = around_.clock.now();
  for (Session* session : touched_) after_batch(*session, now);
  touched_.clear();
}

std::uint32_t Worker::via_of(const IpAddress& local) {
  const auto found = std::ranges::find(locals_, local);
  if (found != locals_.end()) return static_cast<std::uint32_t>(found - locals_.begin());
  if (locals_.size() >= kLocalsMax) return 0;
  locals_.push_back(local);
  return static_cast<std::uint32_t>(locals_.size() - 1);
}

void Worker::take(std::span<std::byte> datagram, const ice::Path& path, unsigned came_by) {
  Session* session = nullptr;
  if (stun::looks_like_stun(datagram)) {
    const auto ufrag = ice::addressed_ufrag(datagram);
    session = ufrag ? sessions_.with_ufrag(*ufrag) : nullptr;
  } else {
    session = sessions_.at(path.remote);
  }
  if (session == nullptr) {
    ++refused_before_;
    return;
  }
  session->transport.on_datagram(datagram, path, around_.clock.now());
  if (session->transport.agent().is_valid(path)) on_claimed(*session, path, came_by);
  const bool is_touched = std::ranges::find(touched_, session) != touched_.end();
  if (session->publisher && !is_touched) touched_.push_back(session);
}

void Worker::on_claimed(Session& session, const ice::Path& path, unsigned came_by) {
  const bool is_new = sessions_.claim(session, path.remote);
  if (!is_new) return;
  if (came_by == index_) {
    // A session of another thread may have had this address before, and not have run out.
    elsewhere_.erase(path.remote);
    return;
  }
  Worker& receiver = *around_.workers[came_by];
  asio::post(*receiver.io_, [&receiver, remote = path.remote, home = unsigned{index_}] {
    if (receiver.elsewhere_.size() < kElsewhereMax) receiver.elsewhere_[remote] = home;
  });
}

void Worker::send(const ice::Path& path, ByteView datagram) {
  begin(path);
  const auto to = slot(datagram.size());
  std::ranges::copy(datagram, to.begin());
  commit(datagram.size());
  flush();
}

void Worker::begin(const ice::Path& path) {
  runs_by_udp_ = path.via < kFirstTcpVia;
  if (runs_by_udp_) {
    batch_.begin({path.remote, locals_[path.via]});
    return;
  }
  const auto found = connections_.find(path.via);
  run_to_ = found == connections_.end() ? nullptr : found->second.get();
}

std::span<std::byte> Worker::slot(std::size_t bytes_max) {
  return runs_by_udp_ ? batch_.slot(bytes_max) : std::span(run_slot_).first(bytes_max);
}

void Worker::commit(std::size_t bytes) {
  if (runs_by_udp_) {
    batch_.commit(bytes);
  } else if (run_to_ != nullptr) {
    run_to_->send(ByteView(run_slot_).first(bytes));
  }
}

void Worker::flush() {
  if (runs_by_udp_) batch_.flush();
}

void Worker::accept_tcp(asio::ip::tcp::acceptor acceptor) {
  acceptor_.emplace(std::move(acceptor));
  accept_next();
}

void Worker::accept_next() {
  acceptor_->async_accept(*io_,
                          [this](boost::system::error_code failed, asio::ip::tcp::socket socket) {
                            if (!running_ || !acceptor_) return;
                            if (!failed) take_connection(std::move(socket), {});
                            accept_next();
                          });
}

void Worker::take_connection(asio::ip::tcp::socket socket, ByteView early) {
  const std::uint32_t via = next_via_++;
  const auto connection = std::make_shared<TcpConnection>(
      std::move(socket), via, static_cast<TcpConnection::Owner&>(*this));
  const IpAddress& from = connection->remote().ip;
  if (!make_room_for(from)) {
    ++refused_connections_;
    return;
  }
  connections_[via] = connection;
  strangers_.add(via, from, around_.clock.now());
  connection->start(early);
}

bool Worker::make_room_for(const IpAddress& from) {
  auto goes = strangers_.crowded_out_by(from);
  if (!goes && connections_.size() >= around_.settings.tcp_connections_max) {
    goes = strangers_.oldest();
    if (!goes) return false;
  }
  if (goes) refuse(*goes);
  return true;
}

void Worker::refuse(std::uint32_t via) {
  ++refused_connections_;
  connections_.at(via)->close();
  forget(via);
}

void Worker::refuse_strangers_until(Instant since_max) {
  while (const auto via = strangers_.oldest_until(since_max)) refuse(*via);
}

void Worker::forget(std::uint32_t via) {
  strangers_.remove(via);
  connections_.erase(via);
}

void Worker::adopt(TcpConnection::Released connection) {
  const auto protocol = connection.is_v6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
  take_connection(asio::ip::tcp::socket(*io_, protocol, connection.fd), connection.early);
}

bool Worker::on_packet(TcpConnection& connection, std::span<std::byte> packet) {
  if (const auto home = home_of(packet, connection.remote())) {
    Worker& to = *around_.workers[*home];
    const auto shared = std::make_shared<TcpConnection::Released>(connection.release());
    forget(connection.via());
    asio::post(*to.io_, [&to, shared] { to.adopt(std::move(*shared)); });
    return false;
  }
  take(packet, {connection.remote(), connection.via()}, index_);
  Session* session = sessions_.at(connection.remote());
  if (session == nullptr) {
    // Only the peer of a session has something to say here.
    refuse(connection.via());
    return false;
  }
  if (!connection.is_claimed()) strangers_.remove(connection.via());
  connection.claim();
  if (session->publisher) after_batch(*session, around_.clock.now());
  std::erase(touched_, session);
  return connection.is_open();
}

void Worker::on_closed(TcpConnection& connection) {
  if (Session* session = sessions_.at(connection.remote())) {
    session->transport.forget(connection.via());
  }
  forget(connection.via());
}

}  // namespace geili::media::webrtc
