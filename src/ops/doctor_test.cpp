#include "ops/doctor.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.hpp"

namespace geili::ops {
namespace {

class DoctorTest : public ::testing::Test {
 protected:
  DoctorTest() {
    auto name = (std::filesystem::temp_directory_path() / "geili_doctor_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~DoctorTest() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

// A port of the loopback address that is held until the end, and listened on where it is TCP's.
class TakenPort {
 public:
  explicit TakenPort(int type = SOCK_STREAM) : fd_(socket(AF_INET, type, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    socklen_t size = sizeof(address);
    if (bind(fd_, generic, size) != 0 || (type == SOCK_STREAM && listen(fd_, 1) != 0) ||
        getsockname(fd_, generic, &size) != 0) {
      throw std::runtime_error("no port");
    }
    port = ntohs(address.sin_port);
  }
  ~TakenPort() { close(fd_); }
  std::int64_t port = 0;

 private:
  int fd_;
};

void expect_mended(const Finding& finding, Verdict verdict, std::string_view says) {
  EXPECT_EQ(finding.verdict, verdict) << finding.sentence;
  EXPECT_FALSE(finding.mend.empty());
  EXPECT_NE((finding.sentence + finding.mend).find(says), std::string::npos)
      << finding.sentence << " " << finding.mend;
}

TEST_F(DoctorTest, AWritableFolderIsGoodAndLeftClean) {
  EXPECT_EQ(check_data_dir(folder_ + "/new").verdict, Verdict::good);
  EXPECT_EQ(check_fsync(folder_).verdict == Verdict::fault, false);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/new"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/.geili-doctor"));
}

TEST_F(DoctorTest, AFileInPlaceOfTheFolderIsAFault) {
  std::ofstream(folder_ + "/data") << "x";
  expect_mended(check_data_dir(folder_ + "/data/in"), Verdict::fault, "mkdir -p");
}

TEST_F(DoctorTest, ATakenPortIsAFaultUnlessItIsOurs) {
  const TakenPort taken;
  expect_mended(check_port("http port", "127.0.0.1", taken.port, false), Verdict::fault,
                "ss -ltnp");
  EXPECT_EQ(check_port("http port", "127.0.0.1", taken.port, true).verdict, Verdict::good);
}

TEST_F(DoctorTest, ATakenUdpPortIsAFaultUnlessItIsOurs) {
  const TakenPort taken(SOCK_DGRAM);
  expect_mended(check_udp_port("webrtc udp", "127.0.0.1", taken.port, false), Verdict::fault,
                "ss -lunp");
  EXPECT_EQ(check_udp_port("webrtc udp", "127.0.0.1", taken.port, true).verdict, Verdict::good);
}

TEST_F(DoctorTest, AForeignAddressIsAFault) {
  expect_mended(check_port("http port", "192.0.2.1", 8080, false), Verdict::fault,
                "not of this machine");
}

TEST_F(DoctorTest, MoreConnectionsThanFilesIsAWarning) {
  expect_mended(check_open_files(2'000'000'000), Verdict::warning, "LimitNOFILE");
  EXPECT_EQ(check_open_files(1).verdict, Verdict::good);
}

TEST_F(DoctorTest, AClockOfTheSeventiesIsAFault) {
  expect_mended(check_clock(0), Verdict::fault, "timedatectl");
  EXPECT_EQ(check_clock(ManualClock().now().us).verdict, Verdict::good);
}

TEST_F(DoctorTest, SqliteVersionsAreComparedAsNumbers) {
  for (const char* old : {"3.34.9", "3.9.0", "2.99.1", "", "x"}) {
    EXPECT_EQ(check_sqlite(old).verdict, Verdict::fault) << old;
  }
  for (const char* known : {"3.35.0", "3.40.1", "4.0", "3.100"}) {
    EXPECT_EQ(check_sqlite(known).verdict, Verdict::good) << known;
  }
}

TEST_F(DoctorTest, PostgresqlHasToBeThereDurableAndNear) {
  const PostgresServer fine{.version = "15.8", .latency_us = 300, .is_durable = true};
  EXPECT_EQ(check_postgres(fine).verdict, Verdict::good);
  EXPECT_NE(check_postgres(fine).sentence.find("15.8"), std::string::npos);
  expect_mended(check_postgres({.fault = "It cannot be reached."}), Verdict::fault, "store.url");
  PostgresServer forgetful = fine;
  forgetful.is_durable = false;
  expect_mended(check_postgres(forgetful), Verdict::fault, "fsync = on");
  PostgresServer far = fine;
  far.latency_us = 20'000;
  expect_mended(check_postgres(far), Verdict::warning, "beside Geili");
}

TEST_F(DoctorTest, AServerThatTranslatesHasToAnswer) {
  EXPECT_EQ(check_translation({.latency_us = 120'000}).verdict, Verdict::good);
  EXPECT_NE(check_translation({.latency_us = 120'000}).sentence.find("120 ms"), std::string::npos);
  expect_mended(check_translation({.fault = "The server wants another key, or none."}),
                Verdict::warning, "translate.key");
}

TEST_F(DoctorTest, LibsrtHasToBeTheMendedOne) {
  const Package mended{"1.5.1-1+deb12u2", true};
  EXPECT_EQ(check_srt("1.5.1", mended).verdict, Verdict::good);
  EXPECT_NE(check_srt("1.5.1", mended).sentence.find("1.5.1-1+deb12u2"), std::string::npos);
  expect_mended(check_srt("1.5.1", {"1.5.1-1+deb12u1", false}), Verdict::fault, "apt-get install");
  expect_mended(check_srt("1.4.4", {"1.4.4-4", false}), Verdict::fault, "apt-get install");
  expect_mended(check_srt("1.4.4", {}), Verdict::fault, "apt-get install");
  expect_mended(check_srt("1.5.3", {}), Verdict::warning, "CVE-2026-55868");
}

TEST_F(DoctorTest, AMissingProgramIsAWarning) {
  expect_mended(check_program("geili-no-such-program", "the demo"), Verdict::warning,
                "apt-get install");
  EXPECT_EQ(check_program("sh", "the demo").verdict, Verdict::good);
}

TEST_F(DoctorTest, PublicUrlsAreEncryptedOrLocal) {
  const auto verdict = [](std::string url, std::string address) {
    Config config;
    config.server.public_url = std::move(url);
    config.server.address = std::move(address);
    return check_public_url(config).verdict;
  };
  EXPECT_EQ(verdict("https://live.example", "127.0.0.1"), Verdict::good);
  EXPECT_EQ(verdict("http://127.0.0.1:8080", "127.0.0.1"), Verdict::good);
  EXPECT_EQ(verdict("http://localhost:8080", "0.0.0.0"), Verdict::warning);
  EXPECT_EQ(verdict("http://live.example", "0.0.0.0"), Verdict::warning);
}

TEST_F(DoctorTest, AFontThatIsMissingIsAWarningAndNamesItsPackage) {
  EXPECT_EQ(check_fonts({}).verdict, Verdict::good);
  const Finding finding = check_fonts({"latin", "han"});
  expect_mended(finding, Verdict::warning, "fonts-wqy-microhei");
  EXPECT_NE(finding.sentence.find("latin, han"), std::string::npos);
}

TEST_F(DoctorTest, AWebRootWithoutAnIndexIsAFault) {
  expect_mended(check_web_root(folder_), Verdict::fault, "./dev build");
  std::ofstream(folder_ + "/index.html") << "x";
  EXPECT_EQ(check_web_root(folder_).verdict, Verdict::good);
}

TEST_F(DoctorTest, ExaminesEverythingAndTellsTheWorst) {
  const TakenPort taken;
  DoctorInput input;
  input.config.data.dir = folder_;
  input.config.server.port = taken.port;
  input.config.server.public_url = "https://live.example";
  input.sqlite_version = "3.40.1";
  input.srt_version = "1.5.1";
  const auto findings = examine(input);
  EXPECT_EQ(worst(findings), Verdict::fault);
  const auto text = describe(findings);
  EXPECT_NE(text.find("FAULT    http port"), std::string::npos) << text;
  EXPECT_EQ(
      std::ranges::count_if(findings, [](const Finding& f) { return f.name == "disk writes"; }), 1);
}

}  // namespace
}  // namespace geili::ops
