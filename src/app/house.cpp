#include "app/house.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "api/live_rooms.hpp"
#include "api/problem.hpp"
#include "api/routes.hpp"
#include "app/lan.hpp"
#include "app/open_store.hpp"
#include "app/ops_routes.hpp"
#include "app/payment_key.hpp"
#include "app/push_key.hpp"
#include "app/rates_file.hpp"
#include "app/restream_keeper.hpp"
#include "app/upkeep.hpp"
#include "bus/local/local_bus.hpp"
#include "identity/entry_links.hpp"
#include "shows/audience.hpp"
#include "shows/show.hpp"
#include "store/await.hpp"

namespace geili::app {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kStrangersMax = 64;  // connections that are no cameras, or not yet

std::string host_port(const std::string& address, std::uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

// "{host}" where any address of the machine's will do.
std::string told_host(const std::string& address) {
  const bool is_any = address == "0.0.0.0" || address == "::";
  return is_any ? "{host}" : address;
}

// The setting when the host chose it; load_config fills the address in otherwise, and then any host
// that a request names is ours.
std::string chosen_origin(const ops::Config& config) {
  const std::string filled =
      "http://" + host_port(config.server.address, static_cast<std::uint16_t>(config.server.port));
  return config.server.public_url == filled ? std::string() : config.server.public_url;
}

// A burst of the allowed number, and that number again over the window.
identity::SignInGuard::Settings guard_settings(const ops::Config::SignIn& config) {
  const std::chrono::seconds window(config.window_s);
  const auto limit = [&](std::int64_t attempts) {
    return RateLimiter::Settings{.burst = static_cast<int>(attempts),
                                 .refill = std::max(std::chrono::microseconds(1),
                                                    std::chrono::microseconds(window) / attempts)};
  };
  return {.login = limit(config.attempts_per_account_max),
          .address = limit(config.attempts_per_address_max)};
}

live::VideoState video_state(const media::StreamStatus& status) {
  if (!status.playable) return live::VideoState::none;
  switch (status.state) {
    case media::StreamState::live:
      return live::VideoState::live;
    case media::StreamState::away:
      return live::VideoState::away;
    case media::StreamState::ended:
      return live::VideoState::none;
  }
  return live::VideoState::none;
}

awaitable<void> tell_video(const api::Context* context, ShowId stream, live::VideoState state) {
  const ShowId show = media::show_of(stream);
  auto open = co_await api::ensure_room(context, show);
  if (!open) co_return;
  if (media::is_second_camera(stream)) {
    context->hub->submit(show, live::SetCoHost{state});
  } else {
    context->hub->submit(show, live::SetVideo{state});
  }
}

// The camera may come before the show is started, or after a restart in the midst of it.
awaitable<void> record_if_live(const api::Context* context, ShowId show) {
  auto job = [show](store::Tx& tx) { return shows::find_show(tx, show); };
  const auto found = co_await store::read(*context->database, job);
  if (found && found->status == shows::ShowStatus::live) context->media->record_show(show);
}

awaitable<void> remove_recording(const api::Context* context, ShowId show) {
  auto removed = co_await context->recordings->remove(show);
  (void)removed;  // what is left is found at the next start
}

awaitable<void> catch_up(const api::Context* context, ShowId show) {
  auto done = co_await api::catch_up_room(context, show);
  (void)done;  // a busy store leaves the room as it is until its next message
}

awaitable<void> follow_chat_rules(const api::Context* context, ShowId show) {
  auto done = co_await api::tell_chat_rules(context, show);
  (void)done;  // likewise
}

awaitable<void> catch_up_all(const api::Context* context) {
  const Instant since = context->clock->now() - 2 * kOutboxKeptFor;
  auto job = [since](store::Tx& tx) -> Result<std::vector<ShowId>> {
    return shows::live_since(tx, since);
  };
  const auto live = co_await store::read(*context->database, job);
  if (!live) co_return;
  for (const ShowId show : *live) co_await catch_up(context, show);
}

}  // namespace

House::House(const ops::Config& config)
    : config_(config),
      log_({.level = ops::log_level(config.log.level),
            .format = ops::log_format(config.log.format),
            .queue_records_max = static_cast<std::size_t>(config.log.queue_records_max)},
           clock_) {
  wire_store();
  wire_payments();
  wire_webhooks();
  wire_push();
  wire_server();
  wire_translation();
  wire_live();
  wire_recordings();
  wire_media();
  wire_metrics();
  media_->start();
  context_.rtmp_url = rtmp_url_at(told_host(config_.rtmp.address));
  context_.srt_url = srt_url_at(told_host(config_.srt.address));
  context_.srt_passphrase = config_.srt.passphrase;
  payment_terms_.site.origin = context_.public_origin.empty() ? url() : context_.public_origin;
  server_->start();
  if (config_.lan.enabled) start_lan();
  const auto executor = server_->executors().front();
  boost::asio::co_spawn(executor, sweep_sessions(context_.database, &clock_),
                        boost::asio::detached);
  boost::asio::co_spawn(executor, sweep_holds(context_.database, &clock_, kHoldSweepEvery),
                        boost::asio::detached);
  boost::asio::co_spawn(
      executor,
      wake_regularly(&*relay_, postgres_ == nullptr ? kRelayWakeEvery : kSharedRelayWakeEvery),
      boost::asio::detached);
  boost::asio::co_spawn(executor, keep_stage(context_.database, &clock_, kStageRoundEvery),
                        boost::asio::detached);
  boost::asio::co_spawn(executor, keep_series(context_.database, &clock_, kSeriesRoundEvery),
                        boost::asio::detached);
  boost::asio::co_spawn(executor, keep_payments(&context_), boost::asio::detached);
  boost::asio::co_spawn(executor, keep_audience(&context_, shows::kAudienceStep),
                        boost::asio::detached);
  boost::asio::co_spawn(
      executor, sweep_chat(context_.database, &clock_, std::chrono::days(config_.data.chat_days)),
      boost::asio::detached);
  boost::asio::co_spawn(executor, courier_->run(), boost::asio::detached);
  boost::asio::co_spawn(executor, push_courier_->run(), boost::asio::detached);
  boost::asio::co_spawn(executor, keep_restreams(&context_), boost::asio::detached);
  if (!config_.rates.file.empty()) {
    const RatesFile file{.path = config_.rates.file, .source = config_.rates.source};
    boost::asio::co_spawn(executor,
                          keep_rates(context_.database, &clock_, &log_, file, kRatesFileEvery),
                          boost::asio::detached);
  }
  log_.info("ready", {{"url", url()}, {"rtmp", rtmp_url()}, {"srt", srt_url()}});
}

House::~House() {
  log_.info("stopping");
  health_.set_stopping();
  lan_.reset();
  if (media_) media_->stop();
  if (recordings_) recordings_->stop();
  if (server_) server_->stop(static_cast<unsigned>(config_.server.stop_grace_s));
  hub_.reset();
  // Their threads hand answers to the server's loops, which have to outlive them.
  transport_.reset();
  interpreter_.reset();
  courier_.reset();
  push_courier_.reset();
  pictures_.reset();
  hasher_.reset();
  chat_keeper_.reset();
  relay_.reset();
  database_.reset();
  log_.info("stopped");
}

void House::wire_store() {
  OpenStore opened =
      open_store(config_, [this](const store::LostTransaction& lost) { store_losses_.note(lost); });
  database_ = std::move(opened.database);
  postgres_ = opened.postgres;
  bus_ = bus::make_local_bus();
  relay_.emplace(*database_, *bus_, relay_settings());
  identity::PasswordHasher::Settings hasher;
  hasher.queue_max = static_cast<std::size_t>(config_.sign_in.password_jobs_max);
  hasher_.emplace(hasher);
  sign_in_guard_.emplace(clock_, guard_settings(config_.sign_in));
  pictures_.emplace();
  context_.database = &relay_->database();
  answers_.emplace(relay_->database());
  context_.answers = &*answers_;
  context_.clock = &clock_;
  context_.hasher = &*hasher_;
  context_.sign_in_guard = &*sign_in_guard_;
  context_.pictures = &*pictures_;
  context_.hold_limiter = &hold_limiter_;
  context_.public_origin = chosen_origin(config_);
  context_.web_dir = config_.server.web_root;
  context_.upload_bytes_max = static_cast<std::size_t>(config_.limits.upload_bytes_max);
}

// PostgreSQL may be shared with other processes of ours, whose rooms are to hear everything, too.
flows::RelaySettings House::relay_settings() {
  if (postgres_ == nullptr) return {};
  return {.keep_for = kOutboxKeptFor, .missed = [this] {
            if (server_ == nullptr) return;
            boost::asio::co_spawn(server_->executors().front(), catch_up_all(&context_),
                                  boost::asio::detached);
          }};
}

void House::wire_payments() {
  using std::chrono::hours;
  using std::chrono::seconds;
  const ops::Config::Payments& config = config_.payments;
  sealer_.emplace(payment_key(config_.data.dir));
  transport_.emplace();
  payment_terms_.site = {.origin = {},
                         .stripe_url = config.stripe_url,
                         .mercado_pago_url = config.mercado_pago_url,
                         .sealer = &*sealer_};
  payment_terms_.hold_times = {.card = seconds(config.card_hold_s),
                               .checkout = seconds(config.checkout_hold_s),
                               .oxxo = hours(24 * config.oxxo_hold_days),
                               .spei = hours(config.spei_hold_hours),
                               .transfer = hours(config.transfer_hold_hours),
                               .voucher_grace = hours(config.voucher_grace_hours),
                               .card_grace = seconds(config.card_grace_s)};
  context_.payments = &payment_terms_;
  context_.transport = &*transport_;
}

void House::wire_webhooks() {
  if (config_.webhooks.allow_high_ports) context_.webhook_reach = Reach::public_high_port;
  if (config_.webhooks.allow_loopback) context_.webhook_reach = Reach::loopback_too;
  context_.sealer = &*sealer_;
  courier_.emplace(context_);
}

void House::wire_push() {
  // Some push services take nothing from somebody they cannot turn to.
  const std::string& origin = context_.public_origin;
  const bool has_site = config_.push.contact.empty() && origin.starts_with("https://");
  vapid_.emplace(push_key(config_.data.dir), has_site ? origin : config_.push.contact);
  context_.vapid = &*vapid_;
  context_.push_limiter = &push_limiter_;
  push_courier_.emplace(context_, log_);
}

void House::wire_server() {
  net::Router router = api::make_router(context_);
  add_ops_routes(router, health_, metrics_);
  net::ServerSettings settings;
  settings.address = config_.server.address;
  settings.port = static_cast<std::uint16_t>(config_.server.port);
  // The store's writer, the media thread and the kernel want a core too.
  settings.io_threads = config_.server.io_threads > 0
                            ? static_cast<unsigned>(config_.server.io_threads)
                            : std::max(1U, std::thread::hardware_concurrency() / 2);
  settings.trusted_proxies = config_.server.trusted_proxies;
  settings.limits.connections_max = static_cast<std::size_t>(config_.server.connections_max);
  settings.limits.connections_per_address_max =
      static_cast<std::size_t>(config_.server.connections_per_address_max);
  net::ServerHooks hooks;
  hooks.exchanged = [this](const net::Exchange& exchange) {
    route_metrics_.observe(to_string(exchange.method), exchange.pattern, exchange.status,
                           exchange.duration_us, exchange.response_bytes);
  };
  hooks.failed = [this](std::string_view what, std::string_view incident) {
    log_.error("handler failed", {{"what", what}, {"incident", incident}});
  };
  hooks.refuse = [](unsigned status, const Error& error) { return api::problem(error, status); };
  hooks.finish = add_security_headers;
  server_ = net::Server::create(std::move(settings), std::move(router), std::move(hooks));
}

void House::wire_live() {
  live::HubSettings settings;
  settings.executors = server_->executors();
  settings.encode_frame = net::text_frame;
  settings.clock = &clock_;
  settings.bus = bus_.get();
  settings.limits.room.viewers_max = config_.limits.viewers_per_show_max;
  chat_keeper_.emplace(*database_);
  live::HubHooks hooks;
  hooks.told = [this](ShowId show, const live::SharedEvent& event) {
    chat_keeper_->told(show, event);
  };
  hooks.unheard = [this](ShowId show, const live::SharedEvent& event) {
    chat_keeper_->unheard(show, event);
  };
  hooks.chat_changed = [this](ShowId show) {
    boost::asio::co_spawn(server_->executors().front(), follow_chat_rules(&context_, show),
                          boost::asio::detached);
  };
  hooks.bus_refused = [this](ShowId show, const Error& error) {
    log_.debug("room passed over a message", {{"show", show.value}, {"code", error.code}});
    if (error.code != "bus-missed") return;
    boost::asio::co_spawn(server_->executors().front(), catch_up(&context_, show),
                          boost::asio::detached);
  };
  hub_ = std::make_unique<live::Hub>(std::move(settings), std::move(hooks));
  context_.hub = hub_.get();
}

void House::wire_recordings() {
  constexpr std::int64_t kDayS = 86'400;
  const ops::Config::Record& config = config_.record;
  media::RecordSettings settings;
  settings.dir = std::filesystem::path(config_.data.dir) / config.dir;
  settings.quota_bytes = static_cast<std::uint64_t>(config.quota_bytes);
  settings.free_bytes_min = static_cast<std::uint64_t>(config.free_bytes_min);
  settings.retention_s = config.retention_days * kDayS;
  recording_keeper_.emplace(*context_.database);
  recordings_ = media::Recordings::create(settings, clock_);
  context_.recordings = recordings_.get();
  recordings_->on_event([this](const media::RecordingEvent& event) {
    recording_keeper_->told(event);
    if (event.kind != media::RecordingEvent::Kind::expired) return;
    log_.info("recording given up", {{"show", event.recording.show.value},
                                     {"bytes", static_cast<std::int64_t>(event.recording.bytes)}});
  });
  const auto found = recordings_->start();
  for (const ShowId show : recording_keeper_->reconcile(found)) {
    boost::asio::co_spawn(server_->executors().front(), remove_recording(&context_, show),
                          boost::asio::detached);
  }
}

media::WebRtcSettings House::web_rtc_settings() {
  const auto& from = config_.webrtc;
  media::WebRtcSettings settings;
  settings.enabled = from.enabled;
  // Phones that come by the local network send their picture over it, too.
  const bool is_for_lan = config_.lan.enabled && from.address == "127.0.0.1";
  settings.address = is_for_lan ? "0.0.0.0" : from.address;
  settings.port = static_cast<std::uint16_t>(from.port);
  settings.public_addresses = from.public_addresses;
  settings.threads = static_cast<unsigned>(from.threads);
  settings.segmentation = from.segmentation;
  settings.sessions_max = static_cast<std::size_t>(from.sessions_max);
  settings.log = [this](std::string_view text) { log_.warn(text); };
  return settings;
}

media::SrtSettings House::srt_settings() const {
  const auto& from = config_.srt;
  media::SrtSettings settings;
  settings.enabled = from.enabled;
  settings.address = from.address;
  settings.port = static_cast<std::uint16_t>(from.port);
  settings.passphrase = from.passphrase;
  settings.latency_ms = static_cast<unsigned>(from.latency_ms);
  settings.publishers_max = static_cast<std::size_t>(from.publishers_max);
  settings.connections_max = settings.publishers_max + kStrangersMax;
  return settings;
}

void House::wire_media() {
  gate_.emplace(*context_.database);
  media::EngineSettings settings;
  settings.rtmp_enabled = config_.rtmp.enabled;
  settings.rtmp_address = config_.rtmp.address;
  settings.rtmp_port = static_cast<std::uint16_t>(config_.rtmp.port);
  settings.rtmp.publishers_max = static_cast<std::size_t>(config_.rtmp.publishers_max);
  settings.rtmp.connections_max = settings.rtmp.publishers_max + kStrangersMax;
  settings.srt = srt_settings();
  settings.web_rtc = web_rtc_settings();
  settings.low_rendition = config_.media.low_rendition;
  settings.reencode_b_frames = config_.media.reencode_b_frames;
  media_ = media::Engine::create(settings, *gate_, clock_);
  context_.media = media_.get();
  if (config_.record.enabled) media_->record_into(*recordings_);
  media_->on_status([this](const media::StreamStatus& status) {
    const bool may_be_kept = config_.record.enabled && !media::is_second_camera(status.show);
    if (status.state == media::StreamState::live && !status.recording && may_be_kept) {
      boost::asio::co_spawn(server_->executors().front(), record_if_live(&context_, status.show),
                            boost::asio::detached);
    }
    boost::asio::co_spawn(server_->executors().front(),
                          tell_video(&context_, status.show, video_state(status)),
                          boost::asio::detached);
  });
}

std::string House::url() const {
  return "http://" + host_port(config_.server.address, server_->port());
}

void House::start_lan() {
  const net::LanCertificate certificate = lan_certificate(config_, clock_.now());
  lan_fingerprint_ = certificate.fingerprint;
  lan_ = net::TlsFront::start({.address = config_.lan.address,
                               .port = static_cast<std::uint16_t>(config_.lan.port),
                               .certificate_pem = certificate.certificate_pem,
                               .key_pem = certificate.key_pem},
                              *server_);
}

std::string House::lan_url() const {
  if (!lan_) return {};
  const bool is_any = config_.lan.address == "0.0.0.0" || config_.lan.address == "::";
  return "https://" + host_port(is_any ? lan_address() : config_.lan.address, lan_->port());
}

std::string House::rtmp_url_at(const std::string& host) const {
  if (!config_.rtmp.enabled) return {};
  return "rtmp://" + host_port(host, media_->rtmp_port()) + "/live";
}

std::string House::rtmp_url() const {
  return rtmp_url_at(config_.rtmp.address);
}

std::string House::srt_url_at(const std::string& host) const {
  if (!config_.srt.enabled) return {};
  return "srt://" + host_port(host, media_->srt_port());
}

std::string House::srt_url() const {
  return srt_url_at(config_.srt.address);
}

std::uint16_t House::web_rtc_port() const {
  return media_->web_rtc().port();
}

std::optional<std::string> House::setup_url() {
  auto job = [this](store::Tx& tx) -> Result<std::optional<identity::NewLink>> {
    return identity::make_setup_link(tx, clock_);
  };
  auto link = store::write_and_wait(*context_.database, job);
  if (!link || !*link) return std::nullopt;
  const std::string own = lan_ ? lan_url() : url();
  const std::string origin = context_.public_origin.empty() ? own : context_.public_origin;
  return origin + "/setup#" + (*link)->token;
}

}  // namespace geili::app
