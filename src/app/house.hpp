#pragma once
// The composition root: every part of a running server and how they are joined. Parts are members
// in the order in which they depend on each other; what a later one refers to is above it.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "api/context.hpp"
#include "api/kept_answers.hpp"
#include "api/translations.hpp"
#include "app/chat_keeper.hpp"
#include "app/http_transport.hpp"
#include "app/publish_gate.hpp"
#include "app/push_courier.hpp"
#include "app/recording_keeper.hpp"
#include "app/store_losses.hpp"
#include "app/webhook_courier.hpp"
#include "base/clock.hpp"
#include "base/rate_limiter.hpp"
#include "bus/bus.hpp"
#include "flows/outbox_relay.hpp"
#include "live/hub.hpp"
#include "media/engine.hpp"
#include "media/recordings.hpp"
#include "net/server.hpp"
#include "net/tls_front.hpp"
#include "ops/config.hpp"
#include "ops/health.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "ops/route_metrics.hpp"
#include "push/vapid.hpp"
#include "store/database.hpp"
#include "store/postgres/postgres.hpp"
#include "translation/interpreter.hpp"

namespace geili::app {

class House {
 public:
  // Opens the data, binds the ports and serves. Throws when that cannot be: data in use, port
  // taken.
  explicit House(const ops::Config& config);
  House(const House&) = delete;
  House& operator=(const House&) = delete;
  // Stops taking work, lets what is under way end, and closes.
  ~House();

  std::string url() const;  // of the web server, on its own address
  // What publishers put before the stream key; empty when RTMP is off.
  std::string rtmp_url() const;
  // The same of SRT; the key is its stream id.
  std::string srt_url() const;
  // By HTTPS, for phones on the same network; empty when that is off.
  std::string lan_url() const;
  const std::string& lan_fingerprint() const { return lan_fingerprint_; }
  std::uint16_t web_rtc_port() const;  // 0 when WebRTC is off
  // Where the first administrator is made; none when there is one already.
  std::optional<std::string> setup_url();

 private:
  void wire_store();
  flows::RelaySettings relay_settings();
  void wire_payments();
  void wire_webhooks();
  void wire_push();
  void wire_translation();
  void wire_server();
  void wire_live();
  void wire_recordings();
  void wire_media();
  void wire_metrics();
  void start_lan();
  void wire_store_metrics();
  void wire_webhook_metrics();
  void wire_push_metrics();
  void wire_translation_metrics();
  void wire_media_metrics();
  void wire_srt_metrics();
  void wire_restream_metrics();
  void wire_web_rtc_metrics();
  void wire_recording_metrics();
  media::WebRtcSettings web_rtc_settings();
  media::SrtSettings srt_settings() const;
  std::string rtmp_url_at(const std::string& host) const;
  std::string srt_url_at(const std::string& host) const;

  ops::Config config_;
  SystemClock clock_;
  ops::Log log_;
  ops::Metrics metrics_;
  ops::RouteMetrics route_metrics_{metrics_};
  ops::Health health_;
  StoreLosses store_losses_{log_, clock_};
  std::unique_ptr<store::Database> database_;
  const store::postgres::PostgresDatabase* postgres_ = nullptr;  // database_, where it is one
  std::unique_ptr<bus::Bus> bus_;
  std::optional<flows::OutboxRelay> relay_;
  std::optional<api::KeptAnswers> answers_;
  std::optional<ChatKeeper> chat_keeper_;
  std::optional<identity::PasswordHasher> hasher_;
  std::optional<identity::SignInGuard> sign_in_guard_;
  // As fast as a hand taps, and a half more.
  RateLimiter hold_limiter_{{.burst = 30, .refill = std::chrono::milliseconds(500)}, clock_};
  // A village often shares one address.
  RateLimiter push_limiter_{{.burst = 100, .refill = std::chrono::milliseconds(500)}, clock_};
  std::optional<catalog::PictureWorker> pictures_;
  std::optional<crypto::Sealer> sealer_;
  flows::PaymentTerms payment_terms_;
  std::optional<HttpTransport> transport_;
  // All that a page of chat holds at once, and then two a second.
  RateLimiter translation_limiter_{{.burst = 60, .refill = std::chrono::milliseconds(500)}, clock_};
  RateLimiter translation_address_limiter_{
      {.burst = 1'200, .refill = std::chrono::milliseconds(25)}, clock_};
  std::optional<translation::Interpreter> interpreter_;
  api::Translations translations_;
  api::Context context_;
  std::optional<WebhookCourier> courier_;
  std::optional<push::Vapid> vapid_;
  std::optional<PushCourier> push_courier_;
  std::optional<StoreGate> gate_;
  std::unique_ptr<net::Server> server_;
  std::unique_ptr<net::TlsFront> lan_;
  std::string lan_fingerprint_;
  std::optional<RecordingKeeper> recording_keeper_;
  std::unique_ptr<media::Recordings> recordings_;
  std::unique_ptr<media::Engine> media_;
  std::unique_ptr<live::Hub> hub_;
};

}  // namespace geili::app
