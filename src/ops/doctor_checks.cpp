#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ops/doctor.hpp"

namespace geili::ops {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMiB = 1024 * 1024;
constexpr std::uintmax_t kDiskFaultBytes = 256 * kMiB;
constexpr std::uintmax_t kDiskWarningBytes = 2048 * kMiB;
constexpr double kFsyncWarningMs = 20;
constexpr double kStoreLatencyWarningMs = 2;
constexpr std::int64_t kClockEarliestUs = 1'767'225'600'000'000;  // 2026-01-01
constexpr std::int64_t kClockLatestUs = 4'102'444'800'000'000;    // 2100-01-01
// Files the program opens besides its connections: the database, its readers, logs, epoll.
constexpr std::uint64_t kOtherFiles = 128;

Finding good(std::string_view name, std::string sentence) {
  return {std::string(name), Verdict::good, std::move(sentence), {}};
}

// Closes the file at the end of a check.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string probe_path(const std::string& dir) {
  return dir + "/.geili-doctor";
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(const std::string& address, std::int64_t port) {
  SocketAddress result;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(static_cast<std::uint16_t>(port));
    std::memcpy(&result.storage, &v4, sizeof(v4));
    result.size = sizeof(v4);
  } else if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(static_cast<std::uint16_t>(port));
    std::memcpy(&result.storage, &v6, sizeof(v6));
    result.size = sizeof(v6);
  }
  return result;
}

// 0 when the port could be bound, and listened on where it is TCP's, else errno.
int try_port(const std::string& address, std::int64_t port, int type) {
  const auto target = socket_address(address, port);
  if (target.size == 0) return EINVAL;
  const File socket_file(socket(target.storage.ss_family, type | SOCK_CLOEXEC, 0));
  if (socket_file.get() < 0) return errno;
  const int on = 1;
  // On UDP the option would let two programs share the port.
  if (type == SOCK_STREAM) setsockopt(socket_file.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&target.storage));
  if (bind(socket_file.get(), generic, target.size) != 0) return errno;
  return type != SOCK_STREAM || listen(socket_file.get(), 1) == 0 ? 0 : errno;
}

Finding check_port_of(int type, std::string_view name, const std::string& address,
                      std::int64_t port, bool taken_is_good) {
  const int error = try_port(address, port, type);
  if (error == 0) return good(name, fmt::format("{} on {} is free.", port, address));
  if (error == EADDRINUSE && taken_is_good) return good(name, fmt::format("{} is served.", port));
  std::string mend = "Set another address, or ask the system's administrator.";
  if (error == EADDRINUSE)
    mend = fmt::format("See who has it (ss -l{}np 'sport = :{}'), or set another port.",
                       type == SOCK_STREAM ? 't' : 'u', port);
  if (error == EACCES)
    mend = "Ports below 1024 need AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit file.";
  if (error == EADDRNOTAVAIL)
    mend = "The address is not of this machine; 0.0.0.0 listens on all of its own.";
  return {std::string(name), Verdict::fault,
          fmt::format("{} on {} cannot be had: {}.", port, address,
                      std::generic_category().message(error)),
          std::move(mend)};
}

// The first three numbers of a version; what is none counts as 0.
std::array<int, 3> numbers_of(std::string_view version) {
  std::array<int, 3> numbers{};
  for (int& number : numbers) {
    const auto [stop, error] =
        std::from_chars(version.data(), version.data() + version.size(), number);
    if (error != std::errc()) break;
    const auto used = static_cast<std::size_t>(stop - version.data());
    version.remove_prefix(std::min(used + 1, version.size()));
  }
  return numbers;
}

}  // namespace

Finding check_data_dir(const std::string& dir) {
  constexpr std::string_view kName = "data folder";
  std::error_code error;
  fs::create_directories(dir, error);
  if (!error) {
    const File probe(open(probe_path(dir).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (probe.get() >= 0) {
      fs::remove(probe_path(dir), error);
      return good(kName, fmt::format("{} can be written.", fs::absolute(dir).string()));
    }
    error = std::error_code(errno, std::generic_category());
  }
  return {
      std::string(kName), Verdict::fault,
      fmt::format("{} cannot be written: {}.", dir, error.message()),
      fmt::format(
          "Make it and give it to the user that runs geili (mkdir -p {0}; chown USER {0}), or set "
          "data.dir.",
          dir)};
}

Finding check_disk_space(const std::string& dir) {
  std::error_code error;
  const auto space = fs::space(dir, error);
  const auto free_mib = error ? 0 : space.available / kMiB;
  Finding finding = good("disk space", fmt::format("{} MiB are free.", free_mib));
  if (space.available >= kDiskWarningBytes) return finding;
  finding.verdict = space.available < kDiskFaultBytes ? Verdict::fault : Verdict::warning;
  finding.mend =
      "Free some disk, or move data.dir to a larger one: without room no order can be kept.";
  return finding;
}

Finding check_fsync(const std::string& dir) {
  constexpr std::string_view kName = "disk writes";
  constexpr int kRounds = 20;
  const auto path = probe_path(dir);
  const File probe(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  std::array<char, 4096> block{};
  std::vector<double> times_ms;
  bool written = probe.get() >= 0;
  for (int i = 0; i < kRounds && written; ++i) {
    const auto start = std::chrono::steady_clock::now();
    written =
        write(probe.get(), block.data(), block.size()) == static_cast<ssize_t>(block.size()) &&
        fdatasync(probe.get()) == 0;
    times_ms.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::error_code ignored;
  fs::remove(path, ignored);
  if (!written) {
    return {std::string(kName), Verdict::fault, "A block could not be written and synchronised.",
            "See that the disk is neither full nor broken (dmesg)."};
  }
  std::ranges::sort(times_ms);
  const double median_ms = times_ms[times_ms.size() / 2];
  Finding finding = good(kName, fmt::format("A durable write takes {:.1f} ms.", median_ms));
  if (median_ms > kFsyncWarningMs) {
    finding.verdict = Verdict::warning;
    finding.mend =
        "Every sale waits for this; put data.dir on a local SSD rather than a card or a network "
        "disk.";
  }
  return finding;
}

Finding check_open_files(std::int64_t connections_max) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const auto needed = static_cast<std::uint64_t>(connections_max) + kOtherFiles;
  Finding finding = good("open files", fmt::format("{} files may be open.", limit.rlim_max));
  if (limit.rlim_max < needed) {
    finding.verdict = Verdict::warning;
    finding.mend = fmt::format(
        "server.connections_max wants {}: set LimitNOFILE={} in the unit file, or ulimit -n.",
        needed, needed);
  }
  return finding;
}

Finding check_port(std::string_view name, const std::string& address, std::int64_t port,
                   bool taken_is_good) {
  return check_port_of(SOCK_STREAM, name, address, port, taken_is_good);
}

Finding check_udp_port(std::string_view name, const std::string& address, std::int64_t port,
                       bool taken_is_good) {
  return check_port_of(SOCK_DGRAM, name, address, port, taken_is_good);
}

Finding check_clock(std::int64_t now_us) {
  if (now_us >= kClockEarliestUs && now_us < kClockLatestUs)
    return good("clock", "The clock shows a likely date.");
  return {"clock", Verdict::fault, "The clock shows a date that cannot be.",
          "Set it and keep it right: timedatectl set-ntp true."};
}

Finding check_program(std::string_view program, std::string_view used_for) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const auto candidate = fmt::format("{}/{}", rest.substr(0, colon), program);
    if (access(candidate.c_str(), X_OK) == 0)
      return good(program, fmt::format("{} is there.", candidate));
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  return {std::string(program), Verdict::warning,
          fmt::format("It is missing; {} needs it.", used_for),
          fmt::format("apt-get install {}", program)};
}

Finding check_sqlite(std::string_view version) {
  constexpr std::array kNeeded{3, 35, 0};  // RETURNING came with 3.35
  if (numbers_of(version) >= kNeeded) return good("sqlite", fmt::format("Version {}.", version));
  return {"sqlite", Verdict::fault,
          fmt::format("Version {} is too old; 3.35 or newer is needed.", version),
          "Install Debian 12's libsqlite3-0."};
}

Finding check_postgres(const PostgresServer& server) {
  constexpr std::string_view kName = "postgresql";
  if (!server.fault.empty()) {
    return {std::string(kName), Verdict::fault, server.fault,
            "See that it runs, and that store.url names its host, database, user and password "
            "(docs/host-guide.md)."};
  }
  const double latency_ms = static_cast<double>(server.latency_us) / 1'000;
  Finding finding =
      good(kName, fmt::format("Version {}, {:.1f} ms away.", server.version, latency_ms));
  if (!server.is_durable) {
    finding.verdict = Verdict::fault;
    finding.sentence += " It loses orders when the power fails.";
    finding.mend = "Set fsync = on and full_page_writes = on in postgresql.conf.";
  } else if (latency_ms > kStoreLatencyWarningMs) {
    finding.verdict = Verdict::warning;
    finding.mend = "Every sale asks it several times; put it beside Geili, on the same network.";
  }
  return finding;
}

// The chat goes on without it, so nothing of it is a fault.
Finding check_translation(const TranslationServer& server) {
  constexpr std::string_view kName = "translation";
  if (!server.fault.empty()) {
    return {std::string(kName), Verdict::warning, server.fault,
            "See that translate.url and translate.key are right and that the server has English "
            "and Spanish, or empty translate.url."};
  }
  const double latency_ms = static_cast<double>(server.latency_us) / 1'000;
  return good(kName, fmt::format("It translates, in {:.0f} ms.", latency_ms));
}

Finding check_srt(std::string_view version, const Package& package) {
  constexpr std::array kNeeded{1, 5, 1};
  constexpr std::string_view kMend = "apt-get update && apt-get install libsrt1.5-gnutls";
  const std::string found =
      fmt::format("Version {}, package {}.", version,
                  package.version.empty() ? "unknown" : std::string_view(package.version));
  if (numbers_of(version) < kNeeded || (!package.version.empty() && !package.is_current)) {
    return {"libsrt", Verdict::fault,
            found + " A caller without a key can overrun it (CVE-2026-55869).",
            fmt::format("{}, or set srt.enabled = false.", kMend)};
  }
  if (package.version.empty()) {
    return {"libsrt", Verdict::warning, found,
            "See that it is mended against CVE-2026-55868 and CVE-2026-55869, as Debian's is."};
  }
  return good("libsrt", found);
}

Package srt_package() {
  constexpr const char* kAsk =
      "version=$(dpkg-query -W -f='${Version}' libsrt1.5-gnutls 2>/dev/null) || exit 1; "
      "printf %s \"$version\"; dpkg --compare-versions \"$version\" ge 1.5.1-1+deb12u2";
  Package package;
  FILE* answer = popen(kAsk, "r");
  if (answer == nullptr) return package;
  std::array<char, 256> text{};
  package.version.assign(text.data(), fread(text.data(), 1, text.size(), answer));
  package.is_current = pclose(answer) == 0;
  return package;
}

Finding check_public_url(const Config& config) {
  constexpr std::string_view kName = "public url";
  const auto& url = config.server.public_url;
  const bool local = url.starts_with("http://localhost") || url.starts_with("http://127.") ||
                     url.starts_with("http://[::1]");
  if (url.starts_with("https://") || local) {
    const bool reachable =
        !local || config.server.address == "127.0.0.1" || config.server.address == "::1";
    if (reachable) return good(kName, url);
    return {std::string(kName), Verdict::warning,
            fmt::format("Links name {}, which only this machine can open.", url),
            "Set server.public_url to the address that people open."};
  }
  return {std::string(kName), Verdict::warning, fmt::format("{} is not encrypted.", url),
          "Put a reverse proxy with TLS before it and set server.public_url to https://HOST "
          "(docs/host-guide.md)."};
}

Finding check_web_root(const std::string& web_root) {
  std::error_code ignored;
  if (fs::is_regular_file(web_root + "/index.html", ignored)) return good("web root", web_root);
  return {
      "web root", Verdict::fault, fmt::format("{} holds no index.html.", web_root),
      "Build it (./dev build), or set server.web_root to the folder of the built web application."};
}

// Papers are made all the same, with boxes in the place of letters.
Finding check_fonts(const std::vector<std::string>& missing) {
  if (missing.empty()) return good("fonts", "slips and labels can be written in every language");
  return {"fonts", Verdict::warning,
          fmt::format("Slips and labels cannot be written in {}.", fmt::join(missing, ", ")),
          "Install the packages fonts-open-sans and fonts-wqy-microhei."};
}

}  // namespace geili::ops
