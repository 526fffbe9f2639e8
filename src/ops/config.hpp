#pragma once
// What the person who hosts Geili may set. One table (settings()) holds every key, its meaning and
// its limits; the file, the environment and the flags are read by it, and geili.example.toml is
// written by it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace geili::ops {

struct Config {
  struct Server {
    std::string address = "127.0.0.1";
    std::int64_t port = 8080;
    std::string public_url;  // without a slash at the end; load_config fills it when it is not set
    std::vector<std::string> trusted_proxies;
    std::int64_t io_threads = 0;  // 0: one for every two cores
    std::string web_root;         // load_config fills it when it is not set
    std::int64_t connections_max = 15'000;
    std::int64_t connections_per_address_max = 4'000;
    std::int64_t stop_grace_s = 10;
  } server;
  struct Lan {
    bool enabled = false;
    std::string address = "0.0.0.0";
    std::int64_t port = 8443;
  } lan;
  struct Data {
    std::string dir = "data";
    std::int64_t chat_days = 90;
  } data;
  struct Store {
    Secret<std::string> url;  // of a PostgreSQL database; empty: the SQLite file in data.dir
    std::int64_t read_connections = 4;
    std::int64_t queue_jobs_max = 20'000;
    std::int64_t connect_timeout_s = 5;
    std::int64_t statement_timeout_ms = 10'000;
  } store;
  struct Rtmp {
    bool enabled = true;
    std::string address = "127.0.0.1";
    std::int64_t port = 1935;
    std::int64_t publishers_max = 32;
  } rtmp;
  struct Media {
    bool low_rendition = false;
    bool reencode_b_frames = false;
  } media;
  struct Srt {
    bool enabled = true;
    std::string address = "127.0.0.1";
    std::int64_t port = 8890;
    std::string passphrase;  // a secret; empty: no encryption
    std::int64_t latency_ms = 1'600;
    std::int64_t publishers_max = 32;
  } srt;
  struct WebRtc {
    bool enabled = true;
    std::string address = "127.0.0.1";
    std::int64_t port = 8189;
    std::vector<std::string> public_addresses;
    std::int64_t threads = 0;  // 0: one for each core
    bool segmentation = true;
    std::int64_t sessions_max = 10'000;
  } webrtc;
  struct Record {
    bool enabled = true;
    std::string dir = "recordings";  // below data.dir, unless it is absolute
    std::int64_t quota_bytes = 20'000'000'000;
    std::int64_t free_bytes_min = 1'000'000'000;
    std::int64_t retention_days = 30;
  } record;
  struct Limits {
    std::int64_t upload_bytes_max = 15'000'000;
    std::int64_t viewers_per_show_max = 10'000;
  } limits;
  struct SignIn {
    std::int64_t attempts_per_account_max = 10;
    std::int64_t attempts_per_address_max = 50;
    std::int64_t window_s = 900;
    std::int64_t password_jobs_max = 32;
  } sign_in;
  struct Payments {
    std::int64_t card_hold_s = 600;
    std::int64_t card_grace_s = 120;
    std::int64_t checkout_hold_s = 1'800;
    std::int64_t oxxo_hold_days = 3;
    std::int64_t spei_hold_hours = 24;
    std::int64_t transfer_hold_hours = 48;
    std::int64_t voucher_grace_hours = 48;
    std::string stripe_url = "https://api.stripe.com";
    std::string mercado_pago_url = "https://api.mercadopago.com";
  } payments;
  struct Webhooks {
    bool allow_high_ports = false;
    bool allow_loopback = false;
  } webhooks;
  struct Push {
    std::string contact;  // "mailto:…" or "https://…"; empty: the public address, if it is https
  } push;
  struct Translate {
    std::string url;          // without a slash at its end; empty: nothing is translated
    Secret<std::string> key;  // empty: the server asks for none
  } translate;
  struct Rates {
    std::string file;    // of exchange rates; empty: none
    std::string source;  // empty: the ECB, whose file it is
  } rates;
  struct Log {
    std::string level = "info";
    std::string format = "auto";
    std::int64_t queue_records_max = 8'192;
  } log;
};

// Where a setting lives in a Config.
using SettingRef = std::variant<std::string*, std::int64_t*, bool*, std::vector<std::string>*,
                                Secret<std::string>*>;

struct Setting {
  std::string_view key;   // "server.port"
  std::string_view help;  // a sentence or two, for the example file and `geili serve --help`
  SettingRef (*at)(Config&);
  std::int64_t min = 0;  // of a number
  std::int64_t max = 0;
  std::span<const std::string_view> choices;  // of a text; empty: any
  std::string_view (*fault)(std::string_view) =
      nullptr;  // of a text or a list's item; empty: it fits
};

// Every setting, in the order of the example file. Lives as long as the program.
std::span<const Setting> settings();

std::string environment_name(const Setting& setting);  // server.port -> GEILI_SERVER_PORT
std::string flag_name(const Setting& setting);         // server.port -> server-port

struct ConfigSources {
  std::optional<std::string> file;  // path of a TOML file
  std::vector<std::string>
      environment;  // "NAME=value"; names outside GEILI_<section>_ are not ours
  std::vector<std::pair<std::string, std::string>> flags;  // key and text: {"server.port", "8081"}
};

// A copy of the process's environment.
std::vector<std::string> process_environment();

// Defaults, overruled by the file, then by the environment, then by flags. Errors:
// config-unreadable (no such file), config-invalid with one field error per fault; `path` says
// where ("geili.toml:12", "GEILI_SERVER_PORT", "--server-port"), an unknown key names the nearest
// known one.
Result<Config> load_config(const ConfigSources& sources);

// The faults of a failed load_config, a line each, for a terminal.
std::string describe(const Error& error);

// The text of geili.example.toml: every setting with its meaning and its default, commented out.
std::string example_config();

}  // namespace geili::ops
