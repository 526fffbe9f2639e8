#include "net/tls_front.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "net/lan_certificate.hpp"

namespace geili::net {
namespace {

namespace asio = boost::asio;

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr Instant kNow{1'800'000'000'000'000};
const std::vector<std::string> kNames{"127.0.0.1", "localhost"};

class LanCertificateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("geili-lan-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path file() const { return folder_ / "lan.pem"; }

  std::filesystem::path folder_;
};

TEST_F(LanCertificateTest, IsKeptForItsOwnerAlone) {
  const auto first = lan_certificate(file(), kNames, kNow);
  EXPECT_EQ(first.fingerprint.size(), 95U);
  const auto mode = std::filesystem::status(file()).permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(lan_certificate(file(), kNames, kNow).fingerprint, first.fingerprint);
}

TEST_F(LanCertificateTest, IsMadeAnewBeforeItEnds) {
  const auto first = lan_certificate(file(), kNames, kNow);
  const Instant early{kNow.us + 360 * kDayUs};
  EXPECT_EQ(lan_certificate(file(), kNames, early).fingerprint, first.fingerprint);
  const Instant late{kNow.us + 370 * kDayUs};
  EXPECT_NE(lan_certificate(file(), kNames, late).fingerprint, first.fingerprint);
}

TEST_F(LanCertificateTest, IsMadeAnewForAnotherAddress) {
  const auto first = lan_certificate(file(), kNames, kNow);
  const auto second = lan_certificate(file(), {"127.0.0.1", "192.0.2.7"}, kNow);
  EXPECT_NE(second.fingerprint, first.fingerprint);
}

TEST_F(LanCertificateTest, IsMadeAnewWhenItsFileIsDamaged) {
  const auto first = lan_certificate(file(), kNames, kNow);
  std::ofstream(file()) << "-----BEGIN PRIVATE KEY-----\nnothing\n";
  EXPECT_NE(lan_certificate(file(), kNames, kNow).fingerprint, first.fingerprint);
}

class TlsFrontTest : public LanCertificateTest {
 protected:
  void SetUp() override {
    LanCertificateTest::SetUp();
    Router router;
    router.add({.method = Method::get, .pattern = "/who", .handler = [](Request request) {
                  Response response;
                  response.body = request.remote_address + (request.is_https ? " https" : " http");
                  return response;
                }});
    router.add({.method = Method::get, .pattern = "/big", .handler = [](Request) {
                  Response response;
                  response.body = std::string(kBigBytes, 'x');
                  return response;
                }});
    ServerSettings patient;
    patient.limits.write_timeout_ms = 600'000;
    server_ = Server::create(std::move(patient), std::move(router), {});
    server_->start();
    const SystemClock clock;
    const auto certificate = lan_certificate(file(), kNames, clock.now());
    TlsSettings settings;
    settings.address = "127.0.0.1";
    settings.certificate_pem = certificate.certificate_pem;
    settings.key_pem = certificate.key_pem;
    settings.handshake_timeout_ms = 200;
    settings.write_timeout_ms = 200;
    front_ = TlsFront::start(settings, *server_);
    trusted_.add_certificate_authority(asio::buffer(certificate.certificate_pem));
    trusted_.set_verify_mode(asio::ssl::verify_peer);
  }

  asio::ip::tcp::endpoint endpoint() const {
    return {asio::ip::make_address("127.0.0.1"), front_->port()};
  }
  std::string get(const std::string& path) {
    asio::ssl::stream<asio::ip::tcp::socket> stream(io_, trusted_);
    stream.set_verify_callback(asio::ssl::host_name_verification("127.0.0.1"));
    stream.lowest_layer().connect(endpoint());
    stream.handshake(asio::ssl::stream_base::client);
    asio::write(stream,
                asio::buffer("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    std::string answer;
    boost::system::error_code ended;
    asio::read(stream, asio::dynamic_buffer(answer), ended);
    return answer.substr(answer.find("\r\n\r\n") + 4);
  }

  static constexpr std::size_t kBigBytes = 3'000'000;
  std::unique_ptr<Server> server_;
  std::unique_ptr<TlsFront> front_;
  asio::io_context io_;
  asio::ssl::context trusted_{asio::ssl::context::tls_client};
};

TEST_F(TlsFrontTest, TellsHandlersOfHttpsAndOfTheVisitor) {
  EXPECT_EQ(get("/who"), "127.0.0.1 https");
}

TEST_F(TlsFrontTest, CarriesLongAnswersWhole) {
  EXPECT_EQ(get("/big").size(), kBigBytes);
}

TEST_F(TlsFrontTest, CutsWhoDoesNotShakeHands) {
  asio::ip::tcp::socket socket(io_);
  socket.connect(endpoint());
  char byte = 0;
  boost::system::error_code ended;
  asio::read(socket, asio::buffer(&byte, 1), ended);
  EXPECT_TRUE(ended);
}

TEST_F(TlsFrontTest, CutsAReaderThatTakesNothing) {
  asio::ssl::stream<asio::ip::tcp::socket> stream(io_, trusted_);
  stream.lowest_layer().open(asio::ip::tcp::v4());
  stream.lowest_layer().set_option(asio::socket_base::receive_buffer_size(4'096));
  stream.lowest_layer().connect(endpoint());
  stream.handshake(asio::ssl::stream_base::client);
  asio::write(stream, asio::buffer(std::string_view("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")));
  while (server_->connection_count() != 1) std::this_thread::yield();
  while (server_->connection_count() != 0) std::this_thread::yield();
}

TEST_F(TlsFrontTest, EndsWhileVisitorsAreConnected) {
  asio::ssl::stream<asio::ip::tcp::socket> stream(io_, trusted_);
  stream.lowest_layer().connect(endpoint());
  stream.handshake(asio::ssl::stream_base::client);
  front_.reset();
  char byte = 0;
  boost::system::error_code ended;
  asio::read(stream, asio::buffer(&byte, 1), ended);
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace geili::net
