#include <array>

#include "ops/config.hpp"
#include "ops/config_faults.hpp"

namespace geili::ops {
namespace {

constexpr std::array<std::string_view, 5> kLogLevels{"trace", "debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 3> kLogFormats{"auto", "json", "text"};

template <auto Section, auto Member>
SettingRef at(Config& config) {
  return &(config.*Section.*Member);
}

using C = Config;
constexpr auto kServer = &C::server;
constexpr auto kLan = &C::lan;
constexpr auto kStore = &C::store;
constexpr auto kRtmp = &C::rtmp;
constexpr auto kMedia = &C::media;
constexpr auto kSrt = &C::srt;
constexpr auto kWebRtc = &C::webrtc;
constexpr auto kRecord = &C::record;
constexpr auto kLimits = &C::limits;
constexpr auto kSignIn = &C::sign_in;
constexpr auto kPayments = &C::payments;
constexpr auto kWebhooks = &C::webhooks;
constexpr auto kPush = &C::push;

constexpr auto kTranslate = &C::translate;
constexpr auto kRates = &C::rates;
constexpr auto kLog = &C::log;

constexpr Setting number(std::string_view key, std::string_view help, SettingRef (*at)(Config&),
                         std::int64_t min, std::int64_t max) {
  return {.key = key, .help = help, .at = at, .min = min, .max = max, .choices = {}};
}

// A switch, or a text that may be any.
constexpr Setting plain(std::string_view key, std::string_view help, SettingRef (*at)(Config&)) {
  return {.key = key, .help = help, .at = at, .choices = {}};
}

// A text, or the items of a list, that must fit.
constexpr Setting checked(std::string_view key, std::string_view help, SettingRef (*at)(Config&),
                          std::string_view (*fault)(std::string_view)) {
  return {.key = key, .help = help, .at = at, .choices = {}, .fault = fault};
}

const std::array kSettings{
    checked("server.address",
            "The address to listen on; 0.0.0.0 or :: for every network of the machine.",
            at<kServer, &C::Server::address>, address_fault),
    Setting{"server.port",
            "The TCP port of HTTP and WebSocket; 0 takes a free one and prints it.",
            at<kServer, &C::Server::port>,
            0,
            65'535,
            {},
            {}},
    checked("server.public_url",
            "How people reach the server, as https://HOST; links and cookies are made from it. "
            "Empty: http://ADDRESS:PORT.",
            at<kServer, &C::Server::public_url>, public_url_fault),
    checked(
        "server.trusted_proxies",
        "Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        at<kServer, &C::Server::trusted_proxies>, address_fault),
    Setting{"server.io_threads",
            "Threads for connections; 0: one for every two cores, as the database and the video "
            "need some.",
            at<kServer, &C::Server::io_threads>,
            0,
            256,
            {},
            {}},
    Setting{
        "server.web_root",
        "The folder of the built web application; empty: share/geili/web beside the program's bin.",
        at<kServer, &C::Server::web_root>,
        0,
        0,
        {},
        {}},
    Setting{"server.connections_max",
            "Open connections; more are refused.",
            at<kServer, &C::Server::connections_max>,
            16,
            1'000'000,
            {},
            {}},
    Setting{"server.connections_per_address_max",
            "Open connections of one address; a village often shares one.",
            at<kServer, &C::Server::connections_per_address_max>,
            1,
            1'000'000,
            {},
            {}},
    Setting{"server.stop_grace_s",
            "Seconds that open requests are given when the server stops.",
            at<kServer, &C::Server::stop_grace_s>,
            0,
            600,
            {},
            {}},

    Setting{"lan.enabled",
            "Whether phones on the same network may come by HTTPS, with a certificate made here. "
            "WebRTC then listens on every network, too.",
            at<kLan, &C::Lan::enabled>,
            0,
            0,
            {},
            {}},
    checked("lan.address", "The address HTTPS listens on.", at<kLan, &C::Lan::address>,
            address_fault),
    Setting{"lan.port",
            "The port of HTTPS; 0 takes a free one and prints it.",
            at<kLan, &C::Lan::port>,
            0,
            65'535,
            {},
            {}},

    checked("data.dir",
            "The folder of everything that must last: the database and the photos. Back it up.",
            at<&C::data, &C::Data::dir>, not_empty_fault),
    number("data.chat_days",
           "Days that what was said in shows is kept, for their sellers to look back.",
           at<&C::data, &C::Data::chat_days>, 1, 3'650),

    checked("store.url",
            "The PostgreSQL database (15 or newer) that keeps the data: "
            "postgresql://USER:PASSWORD@HOST/DATABASE or host=HOST dbname=DATABASE. Empty: one "
            "SQLite file in data.dir, which serves a village well. A variable or this file keeps a "
            "password better than a flag.",
            at<kStore, &C::Store::url>, store_url_fault),
    Setting{"store.read_connections",
            "Connections to PostgreSQL for reading; one more writes.",
            at<kStore, &C::Store::read_connections>,
            1,
            256,
            {},
            {}},
    Setting{"store.queue_jobs_max",
            "Jobs that wait for the database, for each of reading and writing; more are asked to "
            "try again.",
            at<kStore, &C::Store::queue_jobs_max>,
            16,
            1'000'000,
            {},
            {}},
    Setting{"store.connect_timeout_s",
            "Seconds that one attempt to reach PostgreSQL may take.",
            at<kStore, &C::Store::connect_timeout_s>,
            2,
            60,
            {},
            {}},
    Setting{"store.statement_timeout_ms",
            "How long one statement may take in PostgreSQL, in milliseconds.",
            at<kStore, &C::Store::statement_timeout_ms>,
            100,
            600'000,
            {},
            {}},

    Setting{"rtmp.enabled",
            "Whether sellers may send video by RTMP (OBS, ffmpeg, phone apps).",
            at<kRtmp, &C::Rtmp::enabled>,
            0,
            0,
            {},
            {}},
    checked("rtmp.address", "The address RTMP listens on.", at<kRtmp, &C::Rtmp::address>,
            address_fault),
    Setting{"rtmp.port",
            "The TCP port of RTMP; 0 takes a free one and prints it.",
            at<kRtmp, &C::Rtmp::port>,
            0,
            65'535,
            {},
            {}},
    Setting{"rtmp.publishers_max",
            "Cameras that are live at one time; more are refused.",
            at<kRtmp, &C::Rtmp::publishers_max>,
            1,
            1'000,
            {},
            {}},

    Setting{"srt.enabled",
            "Whether sellers may send video by SRT (Larix, OBS, ffmpeg, hardware encoders), which "
            "mends what a bad network loses.",
            at<kSrt, &C::Srt::enabled>,
            0,
            0,
            {},
            {}},
    checked("srt.address", "The address SRT listens on.", at<kSrt, &C::Srt::address>,
            address_fault),
    Setting{"srt.port",
            "The UDP port of SRT; 0 takes a free one and prints it.",
            at<kSrt, &C::Srt::port>,
            0,
            65'535,
            {},
            {}},
    checked("srt.passphrase",
            "A secret of 10 to 79 characters that all sellers give as well: what they send is then "
            "encrypted. Empty: it is not. A variable or this file keeps it better than a flag.",
            at<kSrt, &C::Srt::passphrase>, passphrase_fault),
    Setting{"srt.latency_ms",
            "How long pictures are held back so that lost packets can come again, in milliseconds: "
            "eight times the way there and back on bad networks, half a second on good ones.",
            at<kSrt, &C::Srt::latency_ms>,
            20,
            8'000,
            {},
            {}},
    Setting{"srt.publishers_max",
            "Cameras that are live by SRT at one time; more are refused.",
            at<kSrt, &C::Srt::publishers_max>,
            1,
            1'000,
            {},
            {}},

    Setting{"webrtc.enabled",
            "Whether phones may go live from the browser, and viewers watch in less than a second.",
            at<kWebRtc, &C::WebRtc::enabled>,
            0,
            0,
            {},
            {}},
    checked("webrtc.address", "The address WebRTC listens on, by UDP and TCP.",
            at<kWebRtc, &C::WebRtc::address>, address_fault),
    Setting{"webrtc.port",
            "The UDP and TCP port of WebRTC; 0 takes a free one and prints it.",
            at<kWebRtc, &C::WebRtc::port>,
            0,
            65'535,
            {},
            {}},
    checked(
        "webrtc.public_addresses",
        "The IP addresses browsers are told to reach WebRTC at, when the server stands behind a "
        "router; empty: those of this machine.",
        at<kWebRtc, &C::WebRtc::public_addresses>, address_fault),
    Setting{"webrtc.threads",
            "Threads for WebRTC; 0: one for each core.",
            at<kWebRtc, &C::WebRtc::threads>,
            0,
            26,
            {},
            {}},
    Setting{"webrtc.segmentation",
            "Whether many packets are handed to the kernel at once. It is given up by itself where "
            "the kernel cannot.",
            at<kWebRtc, &C::WebRtc::segmentation>,
            0,
            0,
            {},
            {}},
    Setting{"webrtc.sessions_max",
            "Cameras and viewers by WebRTC at one time; further viewers get the slower HLS.",
            at<kWebRtc, &C::WebRtc::sessions_max>,
            1,
            1'000'000,
            {},
            {}},

    plain("media.low_rendition",
          "Whether a smaller picture (360 lines, 500 kbit/s) is made for viewers whose network "
          "carries no more. It takes about a quarter of a core for each show while somebody "
          "watches it.",
          at<kMedia, &C::Media::low_rendition>),
    plain("media.reencode_b_frames",
          "Whether a picture with B-frames is encoded anew for viewers by WebRTC, at the cost of "
          "about half a core for each such show; otherwise they watch by HLS, some seconds later.",
          at<kMedia, &C::Media::reencode_b_frames>),

    Setting{"record.enabled",
            "Whether live shows are kept, so that they can be watched again.",
            at<kRecord, &C::Record::enabled>,
            0,
            0,
            {},
            {}},
    checked("record.dir",
            "The folder of the recordings, below data.dir unless it begins with a slash.",
            at<kRecord, &C::Record::dir>, not_empty_fault),
    Setting{"record.quota_bytes",
            "What all recordings may take, in bytes; the oldest go when there is no more room.",
            at<kRecord, &C::Record::quota_bytes>,
            100'000'000,
            1'000'000'000'000'000,
            {},
            {}},
    Setting{"record.free_bytes_min",
            "What recordings leave free on the disk, in bytes.",
            at<kRecord, &C::Record::free_bytes_min>,
            0,
            1'000'000'000'000'000,
            {},
            {}},
    Setting{"record.retention_days",
            "How long a recording is kept after its show, in days.",
            at<kRecord, &C::Record::retention_days>,
            1,
            36'500,
            {},
            {}},

    Setting{"limits.upload_bytes_max",
            "The largest photo that may be sent, in bytes.",
            at<kLimits, &C::Limits::upload_bytes_max>,
            64'000,
            15'000'000,
            {},
            {}},
    Setting{"limits.viewers_per_show_max",
            "Viewers of one show; more are asked to try again.",
            at<kLimits, &C::Limits::viewers_per_show_max>,
            1,
            1'000'000,
            {},
            {}},

    number("sign_in.attempts_per_account_max", "Failed sign-ins of one account in a window.",
           at<kSignIn, &C::SignIn::attempts_per_account_max>, 1, 1'000),
    number("sign_in.attempts_per_address_max", "Failed sign-ins from one address in a window.",
           at<kSignIn, &C::SignIn::attempts_per_address_max>, 1, 100'000),
    number("sign_in.window_s", "The window of the two limits above, in seconds.",
           at<kSignIn, &C::SignIn::window_s>, 1, 86'400),
    number("sign_in.password_jobs_max",
           "Passwords waiting to be checked; more are asked to try again.",
           at<kSignIn, &C::SignIn::password_jobs_max>, 1, 10'000),

    number("payments.card_hold_s", "Seconds that goods are held for a card payment.",
           at<kPayments, &C::Payments::card_hold_s>, 1, 86'400),
    number("payments.card_grace_s",
           "Seconds more in which news of a card or checkout payment may come.",
           at<kPayments, &C::Payments::card_grace_s>, 0, 86'400),
    number("payments.checkout_hold_s",
           "Seconds that goods are held for a payment on a provider's page.",
           at<kPayments, &C::Payments::checkout_hold_s>, 1, 86'400),
    number("payments.oxxo_hold_days", "Days to pay an OXXO voucher.",
           at<kPayments, &C::Payments::oxxo_hold_days>, 1, 7),
    number("payments.spei_hold_hours", "Hours to pay by SPEI.",
           at<kPayments, &C::Payments::spei_hold_hours>, 1, 168),
    number("payments.transfer_hold_hours", "Hours for a bank transfer that the seller confirms.",
           at<kPayments, &C::Payments::transfer_hold_hours>, 1, 720),
    number("payments.voucher_grace_hours",
           "Hours more in which news of a voucher or transfer may come.",
           at<kPayments, &C::Payments::voucher_grace_hours>, 0, 720),
    checked("payments.stripe_url", "Where Stripe is; another address is for tests alone.",
            at<kPayments, &C::Payments::stripe_url>, provider_url_fault),
    checked("payments.mercado_pago_url",
            "Where Mercado Pago is; another address is for tests alone.",
            at<kPayments, &C::Payments::mercado_pago_url>, provider_url_fault),

    plain("webhooks.allow_high_ports",
          "Whether a shop's receiver, or a server its shows go on to, may be at a port from 1024.",
          at<kWebhooks, &C::Webhooks::allow_high_ports>),
    plain(
        "webhooks.allow_loopback",
        "Whether they may be on this machine (http://127.0.0.1:PORT): for trying one out. Who has "
        "a shop then reaches what listens here.",
        at<kWebhooks, &C::Webhooks::allow_loopback>),

    checked("push.contact",
            "Whom the push services of browsers may turn to about reminders: mailto:NAME@HOST or "
            "https://HOST. Empty: server.public_url, if it is https.",
            at<kPush, &C::Push::contact>, push_contact_fault),

    Setting{"translate.url",
            "A server that speaks LibreTranslate's protocol, for viewers who want the chat in "
            "their language: https://HOST. What is said in public rooms is sent there. Empty: "
            "nothing is translated.",
            at<kTranslate, &C::Translate::url>,
            0,
            0,
            {},
            translate_url_fault},
    plain("translate.key",
          "The key of that server, where it asks for one. A variable or this file keeps it better "
          "than a flag.",
          at<kTranslate, &C::Translate::key>),

    plain("rates.file",
          "A file of exchange rates, for about what prices are in a buyer's currency: lines of "
          "date,base,quote,rate, or the European Central Bank's eurofxref.csv. It is read when "
          "it changes. Empty: none.",
          at<kRates, &C::Rates::file>),
    plain("rates.source",
          "Who gives the rates of that file, as buyers read it; may be empty for the European "
          "Central Bank's.",
          at<kRates, &C::Rates::source>),

    Setting{"log.level",
            "The least important record that is written.",
            at<kLog, &C::Log::level>,
            0,
            0,
            kLogLevels,
            {}},
    Setting{"log.format",
            "json: one object a line; text: for people; auto: text on a terminal.",
            at<kLog, &C::Log::format>,
            0,
            0,
            kLogFormats,
            {}},
    Setting{"log.queue_records_max",
            "Records waiting to be written; then the oldest are dropped and counted.",
            at<kLog, &C::Log::queue_records_max>,
            128,
            1'000'000,
            {},
            {}},
};

}  // namespace

std::span<const Setting> settings() {
  return kSettings;
}

std::string environment_name(const Setting& setting) {
  std::string name = "GEILI_";
  for (const char c : setting.key) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string flag_name(const Setting& setting) {
  std::string name(setting.key);
  for (char& c : name) {
    if (c == '.' || c == '_') c = '-';
  }
  return name;
}

}  // namespace geili::ops
