#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/rtp/rtx.hpp"
#include "media/sdp/parse.hpp"
#include "media/sdp/write.hpp"
#include "media/stun/builder.hpp"
#include "media/testing/webrtc_client/whep_receiver.hpp"
#include "media/testing/webrtc_client/whip_publisher.hpp"
#include "media/webrtc/peer_transport.hpp"
#include "media/webrtc/udp_port.hpp"

namespace geili::media::testing {
namespace {

const SystemClock kClock;

std::shared_ptr<const dtls::Certificate> make_certificate() {
  return std::make_shared<const dtls::Certificate>(kClock.now());
}

constexpr Sources kVideoSources{1'001, 1'002};
constexpr std::uint32_t kAudioSsrc = 1'003;

// As little of a server as clients can be tested against: one session on a socket of its own.
class ServedSession : public ClientLoop::Member, public webrtc::Wire, public webrtc::MediaEnd {
 public:
  ServedSession(ClientLoop& loop, const dtls::Context& context) : loop_(loop), context_(context) {
    port_.emplace(webrtc::UdpSettings{.address = *IpAddress::parse("127.0.0.1")});
    loop_.add(*this);
    loop_.watch(port_->fd(), *this);
  }
  ~ServedSession() override { loop_.remove(*this); }

  void flip_a_bit_of_each(unsigned packets) { flip_every_ = packets; }

 protected:
  sdp::LocalTransport local() {
    sdp::LocalTransport local;
    local.ice = ice::make_credentials();
    local.fingerprint.hash = "sha-256";
    std::string digits;
    for (const char c : context_.certificate().fingerprint()) {
      if (c != ':') digits += static_cast<char>(std::tolower(c));
    }
    local.fingerprint.value = *from_hex(digits);
    local.candidates = ice::host_candidates(std::vector<TransportAddress>{
        {*IpAddress::parse("127.0.0.1"), port_->port(), Transport::udp}});
    return local;
  }
  std::string begin(const ice::Credentials& ice, Result<sdp::Answer> answer) {
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().detail);
    if (!answer) return "";
    transport_.emplace(context_, ice, answer->remote, *this, loop_.now());
    transport_->attach(*this);
    media_ = answer->media;
    return sdp::write(answer->description);
  }
  const sdp::NegotiatedMedia& medium(sdp::MediaKind kind) const {
    return *std::ranges::find(media_, kind, &sdp::NegotiatedMedia::kind);
  }
  void send_protected(std::uint64_t index, const rtp::HeaderFields& fields, ByteView payload) {
    if (transport_->path() == nullptr) return;
    const Bytes header = rtp::write_packet(fields, {});
    std::array<std::byte, 1'500> out;
    const std::size_t size = transport_->sender().protect(fields.ssrc, index, header, payload, out);
    if (flip_every_ != 0 && ++sent_ % flip_every_ == 0) out[size - 1] ^= std::byte{1};
    send(*transport_->path(), ByteView(out).first(size));
  }
  bool is_open() const { return transport_ && transport_->is_open(); }

  std::optional<webrtc::PeerTransport> transport_;

 private:
  void on_ready(Instant now) override {
    port_->receive([&](std::span<std::byte> bytes, const webrtc::UdpPath& path) {
      if (transport_) transport_->on_datagram(bytes, {path.remote, 0}, now);
    });
  }
  void on_timer(Instant now) override {
    timer_at_ = now + std::chrono::milliseconds(50);
    if (transport_) transport_->on_timer(now);
  }
  void send(const ice::Path& path, ByteView datagram) override {
    port_->send({path.remote, {}}, datagram, datagram.size());
  }
  void begin(const ice::Path&) override {}
  std::span<std::byte> slot(std::size_t) override { return {}; }
  void commit(std::size_t) override {}
  void flush() override {}
  void on_open(Instant) override {}
  void on_rtp(ByteView, Instant) override {}
  void on_rtcp(ByteView, Instant) override {}

  ClientLoop& loop_;
  const dtls::Context& context_;
  std::optional<webrtc::UdpPort> port_;
  std::vector<sdp::NegotiatedMedia> media_;
  unsigned flip_every_ = 0;
  unsigned sent_ = 0;
};

// Sends what it is given, may forget to at first, and sends again what it is asked for.
class ServedViewer final : public ServedSession {
 public:
  using ServedSession::ServedSession;
  std::string answer(const std::string& offer) {
    const auto ours = local();
    sdp::Sending sending;
    sending.video = sdp::SendingVideo{.h264 = {.profile = 66, .constraints = 0xC0, .level = 31},
                                      .ssrc = kVideoSources.ssrc,
                                      .rtx_ssrc = kVideoSources.rtx_ssrc};
    sending.audio = sdp::SendingAudio{.ssrc = kAudioSsrc};
    return begin(ours.ice, sdp::answer_playback(*sdp::parse(offer), ours, sending));
  }
  void forget_each(unsigned packets) { forget_every_ = packets; }
  unsigned reports() const { return reports_; }

  void forward(const rtp::PacketView& packet) {
    if (!is_open()) return;
    const bool is_video = packet.header.payload_type != 111;
    auto fields = rtp::HeaderFields{.marker = packet.header.marker,
                                    .sequence = packet.header.sequence,
                                    .timestamp = packet.header.timestamp};
    const auto& codec = medium(is_video ? sdp::MediaKind::video : sdp::MediaKind::audio).codecs[0];
    fields.payload_type = codec.payload_type;
    fields.ssrc = is_video ? kVideoSources.ssrc : kAudioSsrc;
    const auto index =
        static_cast<std::uint64_t>((is_video ? video_ : audio_).unwrap(packet.header.sequence));
    if (is_video)
      kept_[fields.sequence] = {fields, Bytes(packet.payload.begin(), packet.payload.end())};
    if (is_video && forget_every_ != 0 && ++forwarded_ % forget_every_ == 0) return;
    send_protected(index, fields, packet.payload);
  }

 private:
  void on_rtcp(ByteView datagram, Instant) override {
    const auto packets = rtcp::parse(datagram);
    for (const rtcp::Packet& packet : *packets) {
      if (std::holds_alternative<rtcp::ReceiverReport>(packet)) ++reports_;
      const auto* nack = std::get_if<rtcp::Nack>(&packet);
      if (nack == nullptr) continue;
      for (const std::uint16_t sequence : nack->sequences) again(sequence);
    }
  }
  void again(std::uint16_t sequence) {
    const auto found = kept_.find(sequence);
    if (found == kept_.end()) return;
    rtp::HeaderFields fields = found->second.fields;
    fields.ssrc = kVideoSources.rtx_ssrc;
    fields.payload_type = *medium(sdp::MediaKind::video).codecs[0].rtx_payload_type;
    fields.sequence = static_cast<std::uint16_t>(rtx_index_);
    send_protected(rtx_index_++, fields, rtp::rtx_payload(sequence, found->second.payload));
  }

  struct Kept {
    rtp::HeaderFields fields;
    Bytes payload;
  };
  std::map<std::uint16_t, Kept> kept_;
  rtp::SequenceUnwrapper video_, audio_;
  std::uint64_t rtx_index_ = 0;
  unsigned forget_every_ = 0;
  unsigned forwarded_ = 0;
  unsigned reports_ = 0;
};

class ServedPublisher final : public ServedSession {
 public:
  ServedPublisher(ClientLoop& loop, const dtls::Context& context, ServedViewer& viewer)
      : ServedSession(loop, context), viewer_(viewer) {}
  std::string answer(const std::string& offer) {
    const auto ours = local();
    return begin(ours.ice, sdp::answer_ingest(*sdp::parse(offer), ours));
  }
  void tell(const std::vector<rtcp::Packet>& packets) {
    transport_->send_rtcp(rtcp::write(packets));
  }
  std::optional<rtp::Header> last_video() const { return last_video_; }
  unsigned retransmitted() const { return retransmitted_; }

 private:
  void on_rtp(ByteView bytes, Instant) override {
    const auto packet = rtp::parse_packet(bytes);
    ASSERT_TRUE(packet);
    const auto& video = medium(sdp::MediaKind::video).codecs[0];
    if (packet->header.payload_type == video.rtx_payload_type) {
      ++retransmitted_;
      return;
    }
    if (packet->header.payload_type == video.payload_type) last_video_ = packet->header;
    viewer_.forward(*packet);
  }
  ServedViewer& viewer_;
  std::optional<rtp::Header> last_video_;
  unsigned retransmitted_ = 0;
};

class WebRtcClients : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(publisher_.accept(served_publisher_.answer(publisher_.offer())));
    ASSERT_TRUE(loop_.run_until([&] { return publisher_.is_open(); }));
  }
  void view(WhepReceiver& receiver) {
    ASSERT_TRUE(receiver.accept(served_viewer_.answer(receiver.offer())));
  }
  static bool has_units(const WhepReceiver& receiver, std::uint64_t count) {
    return receiver.video().units >= count && receiver.audio().units >= count;
  }

  ClientLoop loop_;
  dtls::Context server_{make_certificate()};
  dtls::Context client_{make_certificate()};
  ServedViewer served_viewer_{loop_, server_};
  ServedPublisher served_publisher_{loop_, server_, served_viewer_};
  WhipPublisher publisher_{loop_, client_, make_hollow_clip({.seconds = 2}), {.stamps_every = 1}};
};

TEST_F(WebRtcClients, AReceiverGetsWholeUnitsOfPictureAndSoundWithTheirStamps) {
  WhepReceiver receiver(loop_, client_);
  unsigned stamped_units = 0;
  receiver.on_unit([&](const SourceUnit& unit, Instant at) {
    if (unit.track != Track::video) return;
    const auto stamp = stamp_of(*unit.payload);
    if (stamp && *stamp <= at && at - *stamp < std::chrono::seconds(1)) ++stamped_units;
  });
  view(receiver);
  ASSERT_TRUE(loop_.run_until([&] { return has_units(receiver, 60); }));
  EXPECT_GE(receiver.video().keyframes, 2U);
  EXPECT_EQ(stamped_units, receiver.video().units);
  EXPECT_EQ(receiver.video().lost, 0);
  EXPECT_EQ(receiver.figures().unexpected, 0U);
  EXPECT_EQ(receiver.peer_figures().refused, 0U);
  EXPECT_GE(served_viewer_.reports(), 1U);
}

TEST_F(WebRtcClients, AReceiverAsksForWhatIsMissingAndTakesItFromTheRetransmissions) {
  served_viewer_.forget_each(10);
  WhepReceiver receiver(loop_, client_);
  view(receiver);
  ASSERT_TRUE(loop_.run_until([&] { return receiver.video().recovered >= 20; }));
  EXPECT_GE(receiver.figures().nacked, 20U);
  EXPECT_GE(receiver.video().lost, 20);
  EXPECT_LE(receiver.video().damaged, 1U);
}

TEST_F(WebRtcClients, AReceiverRefusesForgedPackets) {
  served_viewer_.flip_a_bit_of_each(10);
  WhepReceiver receiver(loop_, client_, {.asks_again = false});
  view(receiver);
  EXPECT_TRUE(loop_.run_until([&] { return receiver.peer_figures().refused >= 5; }));
}

TEST_F(WebRtcClients, AReceiverThatOpensNothingCountsBySequenceNumbers) {
  served_viewer_.forget_each(10);
  WhepReceiver receiver(loop_, client_, {.decrypts = false});
  view(receiver);
  ASSERT_TRUE(loop_.run_until([&] { return receiver.video().packets >= 100; }));
  EXPECT_NEAR(static_cast<double>(receiver.video().lost), 11, 3);
  EXPECT_TRUE(loop_.run_until([&] { return served_viewer_.reports() > 0; }));
}

TEST_F(WebRtcClients, APublisherAnswersNackAndKeyFrameRequests) {
  ASSERT_TRUE(loop_.run_until([&] { return publisher_.figures().pictures >= 5; }));
  ASSERT_TRUE(loop_.run_until([&] { return served_publisher_.last_video().has_value(); }));
  const rtp::Header last = *served_publisher_.last_video();
  served_publisher_.tell({rtcp::Nack{1, last.ssrc, {last.sequence}}});
  EXPECT_TRUE(loop_.run_until([&] { return served_publisher_.retransmitted() == 1; }));
  ASSERT_TRUE(loop_.run_until([&] { return publisher_.figures().pictures >= 15; }));
  const auto keyframes = publisher_.figures().keyframes;
  const auto pictures = publisher_.figures().pictures;
  served_publisher_.tell({rtcp::PictureLossIndication{1, last.ssrc}});
  ASSERT_TRUE(loop_.run_until([&] { return publisher_.figures().keyframes > keyframes; }));
  EXPECT_LE(publisher_.figures().pictures, pictures + 5);
}

TEST_F(WebRtcClients, AMovedReceiverIsFoundAgainAtItsNewAddress) {
  WhepReceiver receiver(loop_, client_);
  view(receiver);
  ASSERT_TRUE(loop_.run_until([&] { return has_units(receiver, 5); }));
  receiver.move_to_new_socket();
  const auto units = receiver.video().units;
  EXPECT_TRUE(loop_.run_until([&] { return has_units(receiver, units + 30); }));
}

TEST(Clip, OfFfmpegHasPictureAndSoundInOrder) {
  const ClipPtr clip = make_clip({.width = 160, .height = 96, .video_kbps = 100, .seconds = 2});
  ASSERT_FALSE(clip->units.empty());
  EXPECT_TRUE(clip->units.front()->keyframe);
  EXPECT_EQ(clip->units.front()->pts_us, 0);
  EXPECT_NEAR(static_cast<double>(clip->duration_us), 2e6, 4e4);
  std::size_t pictures = 0;
  for (const UnitPtr& unit : clip->units) pictures += unit->track == Track::video;
  EXPECT_EQ(pictures, 60U);
  EXPECT_NEAR(static_cast<double>(clip->units.size() - pictures), 100, 3);
}

}  // namespace
}  // namespace geili::media::testing
