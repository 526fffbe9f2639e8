#pragma once
// `geili doctor`: looks at the machine and the configuration before and while Geili runs, and says
// of each fault what to do.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ops/config.hpp"

namespace geili::ops {

enum class Verdict : std::uint8_t { good, warning, fault };

struct Finding {
  std::string name;  // "disk space"
  Verdict verdict;
  std::string sentence;  // what was found
  std::string mend;      // what to do; empty when good
};

// What was seen of the PostgreSQL server that store.url names.
struct PostgresServer {
  std::string fault;    // why it could not be asked; empty: it could
  std::string version;  // "15.8"
  std::int64_t latency_us = 0;
  bool is_durable = false;
};

// What was seen of the server that translate.url names.
struct TranslationServer {
  std::string fault;  // why it translated nothing; empty: it did
  std::int64_t latency_us = 0;
};

struct DoctorInput {
  Config config;
  std::string sqlite_version;                    // of the library in use, "3.40.1"
  std::string srt_version;                       // likewise
  std::optional<PostgresServer> postgres;        // none: the data is in SQLite
  std::optional<TranslationServer> translation;  // none: nothing is translated
  bool server_is_running = false;                // then busy ports are good
  std::vector<std::string> missing_fonts;        // what no font here can write: "han"
};

// All checks, in the order they are told. Writes and removes one file in data.dir; takes about a
// second.
std::vector<Finding> examine(const DoctorInput& input);

// The worst of them; good when there is none.
Verdict worst(const std::vector<Finding>& findings);

// One or two lines a finding, for a terminal.
std::string describe(const std::vector<Finding>& findings);

// What Debian knows of a package that is installed.
struct Package {
  std::string version;      // "1.5.1-1+deb12u2"; empty: not Debian's, or not there
  bool is_current = false;  // that which is needed, or newer
};

// Single checks.
Finding check_data_dir(const std::string& dir);
Finding check_disk_space(const std::string& dir);
Finding check_fsync(const std::string& dir);
Finding check_open_files(std::int64_t connections_max);
Finding check_port(std::string_view name, const std::string& address, std::int64_t port,
                   bool taken_is_good);
Finding check_udp_port(std::string_view name, const std::string& address, std::int64_t port,
                       bool taken_is_good);
Finding check_clock(std::int64_t now_us);
Finding check_program(std::string_view program, std::string_view used_for);
Finding check_sqlite(std::string_view version);
Finding check_postgres(const PostgresServer& server);
Finding check_translation(const TranslationServer& server);
Finding check_srt(std::string_view version, const Package& package);
Finding check_public_url(const Config& config);
Finding check_web_root(const std::string& web_root);
Finding check_fonts(const std::vector<std::string>& missing);

// The package of libsrt, asked of dpkg.
Package srt_package();

}  // namespace geili::ops
