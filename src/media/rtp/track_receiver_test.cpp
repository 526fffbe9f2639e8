// A publisher's packets through a network that loses and reorders some, by seed.
#include "media/rtp/track_receiver.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/h264/nal.hpp"
#include "media/rtp/packet_store.hpp"
#include "media/rtp/rtx.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::rtp {
namespace {

constexpr std::uint32_t kMediaSsrc = 0x1111;
constexpr std::int64_t kTickUs = 5'000;

struct Network {
  double loss = 0.05;
  std::int64_t one_way_us = 50'000;
  std::int64_t jitter_us = 3'000;
  bool answers_nacks = true;
};

struct Datagram {
  Bytes bytes;
  bool retransmitted;
};

class PublisherTest : public ::testing::Test {
 protected:
  void send(const Bytes& packet, bool retransmitted) {
    if (sent_.size() > 1 && chance_(random_) < network_.loss) return;
    const std::int64_t jitter_us =
        static_cast<std::int64_t>(chance_(random_) * static_cast<double>(network_.jitter_us));
    under_way_.emplace(now_us_ + network_.one_way_us + jitter_us, Datagram{packet, retransmitted});
  }
  void send_picture(int index) {
    const bool key = index % 100 == 0;
    Bytes nal(300 + random_() % 5'000, static_cast<std::byte>(index));
    nal[0] = key ? std::byte{0x65} : std::byte{0x41};
    nal[1] = std::byte{0xB8};
    Bytes payload;
    h264::append_length_prefixed(payload, nal);
    Unit unit;
    unit.keyframe = key;
    unit.pts_us = 1'795'000'000'000'000 + now_us_;
    unit.config = config_;
    unit.payload = std::make_shared<const Bytes>(std::move(payload));
    sent_.push_back(to_hex(*unit.payload));
    const auto packets = store_.add(unit, {now_us_});
    for (std::size_t i = 0; i < (*packets)->payloads.size(); ++i) {
      HeaderFields fields = (*packets)->header(i);
      fields.ssrc = kMediaSsrc;
      send(write_packet(fields, (*packets)->payloads.padded(i)), false);
    }
  }
  void send_again(std::uint16_t sequence) {
    if (chance_(random_) < network_.loss || !network_.answers_nacks) return;  // the NACK itself
    const auto found = store_.find(sequence);
    if (!found) return;
    HeaderFields fields = found->header();
    fields.payload_type = 97;
    fields.sequence = rtx_sequence_++;
    asked_.emplace(now_us_ + network_.one_way_us,
                   write_packet(fields, rtx_payload(sequence, found->payload())));
  }
  void deliver(const Datagram& datagram) {
    const auto packet = parse_packet(datagram.bytes);
    ASSERT_TRUE(packet);
    const Instant now{1'795'000'000'000'000 + now_us_};
    if (!datagram.retransmitted) {
      receiver_.received(*packet, TrackReceiver::Way::first, now);
    } else if (const auto restored = restore_rtx(*packet, kMediaSsrc, 96)) {
      receiver_.received(*restored, TrackReceiver::Way::retransmitted, now);
    }
  }
  void tick() {
    while (!asked_.empty() && asked_.begin()->first <= now_us_) {
      send(asked_.begin()->second, true);
      asked_.erase(asked_.begin());
    }
    while (!under_way_.empty() && under_way_.begin()->first <= now_us_) {
      deliver(under_way_.begin()->second);
      under_way_.erase(under_way_.begin());
    }
    const Instant now{1'795'000'000'000'000 + now_us_};
    EXPECT_TRUE(receiver_.take(now, units_));
    for (const std::uint16_t sequence : receiver_.nacks(now, 2 * network_.one_way_us)) {
      ++nacks_;
      send_again(sequence);
    }
    now_us_ += kTickUs;
  }
  void run(int pictures) {
    for (int i = 0; i < pictures; ++i) {
      send_picture(i);
      for (int t = 0; t < 8; ++t) tick();
    }
    for (int t = 0; t < 200; ++t) tick();
  }

  Network network_;
  std::mt19937 random_{42};
  std::uniform_real_distribution<double> chance_{0, 1};
  CodecConfigPtr config_ = testing::video_config();
  PacketStore store_{90'000, 60'000, 77};
  std::uint16_t rtx_sequence_ = 9;
  std::int64_t now_us_ = 0;
  std::multimap<std::int64_t, Datagram> under_way_;
  std::multimap<std::int64_t, Bytes> asked_;
  rtcp::PublisherClock clock_{90'000, 48'000};
  TrackReceiver receiver_{Track::video,
                          90'000,
                          make_depacketizer(Codec::h264),
                          clock_,
                          {.nack = {}, .reorder = {.patience_us = 500'000}}};
  std::vector<std::string> sent_;
  std::vector<SourceUnit> units_;
  int nacks_ = 0;
};

TEST_F(PublisherTest, FivePercentLossArrivesWhole) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    random_.seed(seed);
    units_.clear();
    sent_.clear();
    run(1'000);
    ASSERT_EQ(units_.size(), sent_.size());
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      ASSERT_EQ(to_hex(*units_[i].payload), sent_[i]) << i;
    }
  }
  EXPECT_GT(receiver_.nack().recovered(), 200U);
  EXPECT_FALSE(receiver_.needs_key());
  const auto interval = receiver_.statistics().next_interval();
  EXPECT_NEAR(interval->fraction_lost / 256.0, 0.05, 0.02);
}

TEST_F(PublisherTest, OnALongWayItWaitsLonger) {
  network_ = {.loss = 0.1, .one_way_us = 125'000};
  random_.seed(1);
  run(1'000);
  EXPECT_GE(units_.size(), 990U);
}

TEST_F(PublisherTest, AnswersTellTheRoundTrip) {
  network_ = {.loss = 0.02, .one_way_us = 60'000};
  EXPECT_FALSE(receiver_.nack().round_trip_us());
  run(200);
  ASSERT_TRUE(receiver_.nack().round_trip_us());
  EXPECT_NEAR(static_cast<double>(*receiver_.nack().round_trip_us()), 120'000, 10'000);
}

TEST_F(PublisherTest, TimesStayEvenWhateverTheNetworkDoes) {
  run(300);
  ASSERT_EQ(units_.size(), 300U);
  for (std::size_t i = 1; i < units_.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(units_[i].dts_us - units_[i - 1].dts_us), 40'000, 20) << i;
  }
}

TEST_F(PublisherTest, ReorderingAloneLosesNothing) {
  network_ = {.loss = 0, .jitter_us = 25'000};
  run(500);
  EXPECT_EQ(units_.size(), 500U);
  EXPECT_EQ(receiver_.statistics().lost(), 0);
}

TEST_F(PublisherTest, WithoutRetransmissionItSkipsToTheNextKeyFrame) {
  network_ = {.loss = 0.002, .answers_nacks = false};
  run(1'000);
  EXPECT_LT(units_.size(), 1'000U);
  EXPECT_GT(units_.size(), 100U);
  std::size_t at = 0;
  bool follows = false;
  for (const SourceUnit& unit : units_) {
    const std::string payload = to_hex(*unit.payload);
    const std::size_t before = at;
    while (at < sent_.size() && sent_[at] != payload) ++at;
    ASSERT_LT(at, sent_.size()) << "a picture that was not sent";
    follows = at == before;
    ASSERT_TRUE(follows || unit.keyframe) << at;
    ++at;
  }
}

TEST_F(PublisherTest, ASourceThatBeginsAnewIsFollowed) {
  run(100);
  store_ = PacketStore(90'000, 20'000, 123'456'789);
  const std::size_t before = units_.size();
  network_.loss = 0;
  run(300);
  // The picture of its first packet, which nothing confirms, is lost at most with its group.
  EXPECT_GE(units_.size() - before, 199U);
}

}  // namespace
}  // namespace geili::media::rtp
