#include "media/egress/rtmp/uplink.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/random.hpp"

namespace geili::media::rtmp {
namespace asio = boost::asio;
using std::chrono::steady_clock;
namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
// About eight seconds of 30 pictures and 47 sounds each.
constexpr std::size_t kUnitsMax = 640;
constexpr std::size_t kWriteBytes = 64 * 1024;
// Of what a server says while it takes a stream: acknowledgements, and now and then a ping.
constexpr std::chrono::seconds kServerWindow{10};
constexpr std::size_t kServerWindowBytesMax = 1024 * 1024;
constexpr double kBitsPerByte = 8;

RestreamReason reason_of(const Error& error) {
  if (error.code == "rtmp-address") return RestreamReason::forbidden_address;
  if (error.code == "rtmp-certificate") return RestreamReason::certificate;
  if (error.code == "rtmp-unreachable") return RestreamReason::unreachable;
  if (error.code == "rtmp-publish-ended") return RestreamReason::ended;
  if (error.code == "video-codec" || error.code == "audio-codec") return RestreamReason::codec;
  return error.kind == ErrorKind::forbidden ? RestreamReason::refused
                                            : RestreamReason::not_understood;
}

}  // namespace

Uplink::Uplink(std::shared_ptr<Commons> commons, std::shared_ptr<Stream> stream,
               RestreamTarget target)
    : commons_(std::move(commons)),
      stream_(std::move(stream)),
      target_(std::move(target)),
      socket_(*commons_),
      client_(target_.server, target_.stream_key, random_bytes(kHandshakeBytes - 8)),
      wake_(*commons_->io),
      deadline_(*commons_->io) {}

void Uplink::start() {
  expect_within(kConnectMax, RestreamReason::timed_out);
  asio::co_spawn(*commons_->io, run(shared_from_this()), asio::detached);
}

void Uplink::expect_within(std::chrono::milliseconds time, RestreamReason reason) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this(), reason](boost::system::error_code failed) {
    const auto self = weak.lock();
    // One that was put off had its turn already.
    if (failed || !self || self->deadline_.expiry() > steady_clock::now()) return;
    self->end(self->leaves_.value_or(reason));
  });
}

void Uplink::end(RestreamReason reason) {
  if (ended_) return;
  ended_ = reason;
  reader_.reset();
  deadline_.cancel();
  wake_.cancel();
  socket_.close();
}

void Uplink::leave(RestreamReason reason) {
  if (ended_ || leaves_) return;
  if (!client_.is_publishing()) return end(reason);
  leaves_ = reason;
  client_.unpublish();
  reader_.reset();
  expect_within(kFarewellMax, reason);
  wake_.cancel();
}

asio::awaitable<void> Uplink::run(std::shared_ptr<Uplink> self) {
  auto connected = co_await self->socket_.connect(self->target_.server, self->target_.reach);
  if (!connected) self->end(reason_of(connected.error()));
  if (self->ended_) co_return;
  asio::co_spawn(*self->commons_->io, write(self), asio::detached);
  while (!self->ended_) {
    const std::size_t count = co_await self->socket_.read_some(self->buffer_);
    if (self->ended_) break;
    if (count == 0) {
      self->end(self->leaves_.value_or(self->reason_of_close()));
    } else if (self->take_from_server(ByteView(self->buffer_).first(count))) {
      self->wake_.cancel();
    }
  }
}

// A server that does not like the key often just goes.
RestreamReason Uplink::reason_of_close() const {
  if (client_.is_publishing()) return RestreamReason::ended;
  return client_.has_told_key() ? RestreamReason::refused : RestreamReason::unreachable;
}

// False when that was the end.
bool Uplink::take_from_server(ByteView bytes) {
  const SteadyTime now = steady_clock::now();
  if (now - server_window_from_ >= kServerWindow) {
    server_window_from_ = now;
    server_window_bytes_ = 0;
  }
  server_window_bytes_ += bytes.size();
  const bool was_live = client_.is_publishing();
  const auto fed = client_.feed(bytes);
  if (!fed) {
    end(leaves_.value_or(reason_of(fed.error())));
    return false;
  }
  if (server_window_bytes_ > kServerWindowBytesMax) {
    end(RestreamReason::not_understood);
    return false;
  }
  if (!was_live && client_.is_publishing()) {
    deadline_.cancel();
    unit_at_ = now;
  }
  return true;
}

asio::awaitable<void> Uplink::write(std::shared_ptr<Uplink> self) {
  while (!self->ended_) {
    self->fill();
    if (self->ended_) break;
    const std::string out = std::exchange(self->client_.output(), {});
    if (out.empty()) {
      if (self->leaves_) break;
      self->wake_.expires_at(SteadyTime::max());
      co_await self->wake_.async_wait(kTuple);
      continue;
    }
    const bool is_live = self->is_live() && !self->leaves_;
    if (is_live) self->expect_within(kStallMax, RestreamReason::too_slow);
    const bool sent = co_await self->socket_.write_all(out);
    if (self->ended_) break;
    if (!sent) self->end(self->leaves_.value_or(RestreamReason::ended));
    if (is_live && !self->leaves_) self->deadline_.cancel();
    self->sent_.add(self->commons_->clock.now(), out.size());
    self->commons_->figures.sent_bytes += out.size();
  }
  self->end(self->leaves_.value_or(RestreamReason::ended));
}

void Uplink::fill() {
  if (!is_live() || leaves_) return;
  if (!reader_) {
    auto wake = [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->wake_.cancel();
    };
    // Who looks at the other platform looks at the slate, too.
    reader_ = stream_->read(kUnitsMax, std::move(wake),
                            {.audio = Codec::aac, .picture = Picture::h264, .watched = true});
  }
  while (reader_ && client_.output().size() < kWriteBytes) {
    const auto item = reader_->pop();
    if (!item) break;
    take(*item);
  }
  if (!reader_) return;
  commons_->figures.dropped += reader_->dropped() - dropped_;
  dropped_ = reader_->dropped();
}

void Uplink::take(const StreamItem& item) {
  const UnitPtr* unit = std::get_if<UnitPtr>(&item);
  if (unit == nullptr) {
    if (std::get<Pause>(item).state == StreamState::ended) leave(RestreamReason::camera_away);
    return;
  }
  unit_at_ = steady_clock::now();
  if (!(*unit)->slate) {
    slate_from_.reset();
  } else if (!slate_from_) {
    slate_from_ = unit_at_;
  }
  messages_.clear();
  const auto taken = programme_.take(*unit, messages_);
  if (!taken) return leave(reason_of(taken.error()));
  for (const ProgrammeMessage& message : messages_) send(message);
}

void Uplink::send(const ProgrammeMessage& message) {
  const ByteView body = as_bytes(message.body);
  switch (message.kind) {
    case ProgrammeMessage::Kind::metadata:
      return client_.send_metadata(body);
    case ProgrammeMessage::Kind::video:
      return client_.send_video(message.timestamp_ms, body);
    case ProgrammeMessage::Kind::audio:
      return client_.send_audio(message.timestamp_ms, body);
  }
}

void Uplink::tick(SteadyTime now) {
  if (!is_live() || leaves_) return;
  const bool is_quiet = now - unit_at_ >= kUnitsAwayMax;
  const bool is_slate_over = slate_from_ && now - *slate_from_ >= kSlateMax;
  if (is_quiet || is_slate_over) leave(RestreamReason::camera_away);
}

std::uint64_t Uplink::bitrate_bps(Instant now) const {
  return static_cast<std::uint64_t>(sent_.per_s(now) * kBitsPerByte);
}

}  // namespace geili::media::rtmp
