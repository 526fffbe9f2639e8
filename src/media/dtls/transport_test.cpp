#include "media/dtls/transport.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geili::media::dtls {
namespace {

const SystemClock kClock;

std::shared_ptr<const Certificate> make_certificate() {
  return std::make_shared<const Certificate>(kClock.now());
}

class DtlsTest : public ::testing::Test {
 protected:
  void connect(std::string_view fingerprint_for_server, std::string_view fingerprint_for_client) {
    server_.emplace(server_context_, Role::server, fingerprint_for_server, kClock.now());
    client_.emplace(client_context_, Role::client, fingerprint_for_client, kClock.now());
  }
  void connect() {
    connect(client_certificate_->fingerprint(), server_certificate_->fingerprint());
  }
  // Carries datagrams both ways, and lets timers run out, until neither side waits for anything.
  // `fate` may change, repeat or lose each flight.
  using Fate = std::function<void(std::vector<Bytes>&)>;
  void run(const Fate& fate = [](std::vector<Bytes>&) {}) {
    const Instant give_up_at = kClock.now() + std::chrono::seconds(60);
    while (kClock.now() < give_up_at) {
      const bool sent = carry(*client_, *server_, fate);
      const bool moved = carry(*server_, *client_, fate) || sent;
      if (moved) continue;
      if (client_->state() != State::handshake && server_->state() != State::handshake) return;
      if (!tick(*client_) && !tick(*server_)) return;
    }
  }

  std::shared_ptr<const Certificate> server_certificate_ = make_certificate();
  std::shared_ptr<const Certificate> client_certificate_ = make_certificate();
  Context server_context_{server_certificate_};
  Context client_context_{client_certificate_};
  std::optional<Transport> server_;
  std::optional<Transport> client_;
  std::vector<std::size_t> sizes_;

 private:
  bool carry(Transport& from, Transport& to, const Fate& fate) {
    auto flight = from.take_outgoing();
    const bool moved = !flight.empty();
    fate(flight);
    for (const Bytes& datagram : flight) {
      sizes_.push_back(datagram.size());
      to.on_datagram(datagram, kClock.now());
    }
    return moved;
  }
  static bool tick(Transport& transport) {
    if (!transport.deadline()) return false;
    if (*transport.deadline() <= kClock.now()) transport.on_timer(kClock.now());
    return true;
  }
};

bool operator==(const srtp::MasterKey& a, const srtp::MasterKey& b) {
  return a.key == b.key && a.salt == b.salt;
}

TEST_F(DtlsTest, BothSidesHoldTheSameKeys) {
  connect();
  run();
  ASSERT_EQ(server_->state(), State::open) << server_->reason();
  ASSERT_EQ(client_->state(), State::open) << client_->reason();
  EXPECT_EQ(server_->keys()->profile, srtp::Profile::aead_aes_128_gcm);
  EXPECT_TRUE(server_->keys()->local == client_->keys()->remote);
  EXPECT_TRUE(server_->keys()->remote == client_->keys()->local);
  EXPECT_FALSE(server_->keys()->local == server_->keys()->remote);
  EXPECT_FALSE(server_->deadline());
  for (const std::size_t size : sizes_) EXPECT_LE(size, Transport::kSentBytesMax);
}

TEST_F(DtlsTest, AFingerprintMayBeInSmallLetters) {
  std::string small = client_certificate_->fingerprint();
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return std::tolower(c); });
  connect(small, server_certificate_->fingerprint());
  run();
  EXPECT_EQ(server_->state(), State::open);
}

TEST_F(DtlsTest, AnotherCertificateThanTheSdpNamedIsRefused) {
  for (const std::string& wrong :
       {server_certificate_->fingerprint(), std::string(), std::string("AA:BB")}) {
    connect(wrong, server_certificate_->fingerprint());
    run();
    EXPECT_EQ(server_->state(), State::closed);
    EXPECT_STREQ(server_->reason(), "fingerprint");
    EXPECT_FALSE(server_->keys());
  }
}

TEST_F(DtlsTest, SettledSidesStillSayGoodbyeAndUnderstandIt) {
  for (const bool server_settles : {true, false}) {
    for (const bool server_closes : {true, false}) {
      connect();
      run();
      Transport& settled = server_settles ? *server_ : *client_;
      settled.settle();
      settled.settle();
      ASSERT_EQ(settled.state(), State::open);
      EXPECT_TRUE(settled.keys());
      run();
      Transport& leaves = server_closes ? *server_ : *client_;
      Transport& stays = server_closes ? *client_ : *server_;
      EXPECT_EQ(stays.state(), State::open);
      leaves.close();
      run();
      EXPECT_EQ(stays.state(), State::closed);
      EXPECT_STREQ(stays.reason(), "closed-by-peer");
    }
  }
}

TEST_F(DtlsTest, ASettledSideBelievesNoForgedGoodbye) {
  connect();
  run();
  server_->settle();
  client_->close();
  const auto flight = client_->take_outgoing();
  ASSERT_EQ(flight.size(), 1U);
  const Bytes& goodbye = flight[0];
  for (std::size_t at = 0; at < goodbye.size(); ++at) {
    Bytes forged = goodbye;
    forged[at] ^= std::byte{1};
    server_->on_datagram(forged, kClock.now());
    server_->on_datagram(ByteView(goodbye).first(at), kClock.now());
    ASSERT_EQ(server_->state(), State::open) << at;
  }
  server_->on_datagram(*from_hex("15fefd000000000000000000020100"), kClock.now());  // in the clear
  EXPECT_EQ(server_->state(), State::open);
  // Behind another record it counts as well.
  Bytes both = *from_hex("16fefd0001000000000009000100");
  both.insert(both.end(), goodbye.begin(), goodbye.end());
  server_->on_datagram(both, kClock.now());
  EXPECT_EQ(server_->state(), State::closed);
}

// Chromium's first flight is longer than one datagram; here every message is cut small.
TEST_F(DtlsTest, TakesAClientHelloInPieces) {
  connect();
  std::vector<Bytes> flight = client_->take_outgoing();
  ASSERT_EQ(flight.size(), 1U);
  // Record header 13, handshake header 12: type, length, sequence, fragment offset and length.
  const Bytes whole = flight[0];
  constexpr std::size_t kHeads = 25;
  const std::size_t body = whole.size() - kHeads;
  const auto piece = [&](std::size_t from, std::size_t size, std::uint8_t record) {
    Bytes cut(whole.begin(), whole.begin() + kHeads);
    const auto put = [&](std::size_t at, std::size_t value, int bytes) {
      for (int i = bytes - 1; i >= 0; --i, value >>= 8) {
        cut[at + static_cast<std::size_t>(i)] = static_cast<std::byte>(value & 0xFF);
      }
    };
    put(10, record, 1);
    put(11, size + 12, 2);
    put(19, from, 3);
    put(22, size, 3);
    cut.insert(cut.end(), whole.begin() + static_cast<std::ptrdiff_t>(kHeads + from),
               whole.begin() + static_cast<std::ptrdiff_t>(kHeads + from + size));
    return cut;
  };
  server_->on_datagram(piece(100, body - 100, 1), kClock.now());
  EXPECT_TRUE(server_->take_outgoing().empty());
  server_->on_datagram(piece(0, 100, 2), kClock.now());
  run();
  EXPECT_EQ(server_->state(), State::open) << server_->reason();
  EXPECT_EQ(client_->state(), State::open) << client_->reason();
}

TEST_F(DtlsTest, OpensOverABadNetwork) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto one_in = [&](unsigned n) { return random() % n == 0; };
    connect();
    run([&](std::vector<Bytes>& flight) {
      std::vector<Bytes> out;
      for (Bytes& datagram : flight) {
        if (one_in(8)) continue;
        if (one_in(12)) datagram[random() % datagram.size()] ^= std::byte{0x10};
        if (one_in(5)) out.push_back(datagram);
        out.push_back(std::move(datagram));
      }
      std::ranges::shuffle(out, random);
      flight = std::move(out);
    });
    // A changed byte may also end the association, but then on purpose and never with other keys.
    if (server_->state() == State::open && client_->state() == State::open) {
      EXPECT_TRUE(server_->keys()->local == client_->keys()->remote);
    } else {
      EXPECT_TRUE(server_->state() == State::closed || client_->state() == State::closed);
    }
  }
}

TEST_F(DtlsTest, LostFlightsAreSentAgain) {
  connect();
  int lost = 0;
  run([&](std::vector<Bytes>& flight) {
    if (!flight.empty() && lost < 4) {
      ++lost;
      flight.clear();
    }
  });
  EXPECT_EQ(lost, 4);
  EXPECT_EQ(server_->state(), State::open);
  EXPECT_EQ(client_->state(), State::open);
}

TEST_F(DtlsTest, AClosedPeerIsHeard) {
  connect();
  run();
  client_->close();
  EXPECT_EQ(client_->state(), State::closed);
  for (const Bytes& datagram : client_->take_outgoing()) {
    server_->on_datagram(datagram, kClock.now());
  }
  EXPECT_EQ(server_->state(), State::closed);
  EXPECT_STREQ(server_->reason(), "closed-by-peer");
}

TEST_F(DtlsTest, GarbageChangesNothing) {
  connect();
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    Bytes garbage(random() % 1'500);
    for (std::byte& b : garbage) b = static_cast<std::byte>(random());
    if (!garbage.empty()) garbage[0] = static_cast<std::byte>(20 + random() % 44);
    server_->on_datagram(garbage, kClock.now());
  }
  EXPECT_EQ(server_->state(), State::handshake);
  EXPECT_TRUE(server_->take_outgoing().empty());
  run();
  EXPECT_EQ(server_->state(), State::open);
  server_->on_datagram(Bytes(100, std::byte{22}), kClock.now());
  EXPECT_EQ(server_->state(), State::open);
}

TEST_F(DtlsTest, GivesUpOnAPeerThatSaysNothing) {
  connect();
  const Instant late = kClock.now() + std::chrono::seconds(Transport::kHandshakeTimeoutS);
  ASSERT_TRUE(client_->deadline());
  EXPECT_LT(*client_->deadline(), late);
  client_->on_timer(late);
  EXPECT_EQ(client_->state(), State::closed);
  EXPECT_STREQ(client_->reason(), "timeout");
}

}  // namespace
}  // namespace geili::media::dtls
