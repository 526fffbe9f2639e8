// What /metrics says beyond requests: the figures that the parts keep of themselves. Named as
// Prometheus does: geili_<part>_<what>[_<unit>], counters end in _total.

#include "app/house.hpp"

namespace geili::app {
namespace {

using ReadAs = ops::Metrics::ReadAs;

// One member of the figures that `read` gives.
template <class Figures, class Number>
struct Figure {
  ReadAs as;
  const char* name;
  const char* help;
  Number Figures::* member;
};

template <class Read, class... Members>
void expose_all(ops::Metrics& metrics, Read read, Members... members) {
  const auto add = [&](auto figure) {
    metrics.read_from(figure.as, figure.name, figure.help, [read, member = figure.member] {
      return static_cast<double>(read().*member);
    });
  };
  (add(members), ...);
}

constexpr auto kGauge = ReadAs::gauge;
constexpr auto kCounter = ReadAs::counter;
using AnswerFigures = api::KeptAnswers::Figures;
using flows::RelayFigures;
using live::HubFigures;
using media::EngineFigures;
using media::RecordingFigures;
using media::RestreamFigures;
using media::SrtFigures;
using media::WebRtcFigures;
using translation::InterpreterFigures;
using StoreFigures = store::postgres::Figures;

}  // namespace

void House::wire_metrics() {
  ops::register_process_metrics(metrics_);
  health_.add_readiness("store", [this]() -> std::optional<std::string> {
    if (!database_) return "The store is not open.";
    if (!postgres_ || postgres_->figures().is_reachable) return std::nullopt;
    return "The PostgreSQL database cannot be reached.";
  });
  metrics_.read_from(
      kCounter, "geili_store_transactions_lost_total",
      "Transactions lost for a fault of the disk, the database's server or the store",
      [this] { return static_cast<double>(store_losses_.count()); });
  if (postgres_) wire_store_metrics();
  metrics_.read_from(kGauge, "geili_connections", "Open HTTP and WebSocket connections",
                     [this] { return static_cast<double>(server_->connection_count()); });
  metrics_.read_from(kGauge, "geili_websockets", "Open WebSocket connections",
                     [this] { return static_cast<double>(server_->websocket_count()); });
  metrics_.read_from(kCounter, "geili_log_dropped_total", "Log records dropped",
                     [this] { return static_cast<double>(log_.dropped_count()); });
  metrics_.read_from(kCounter, "geili_chat_unkept_total",
                     "Chat messages that a restart would lose, as the store was behind",
                     [this] { return static_cast<double>(chat_keeper_->dropped_count()); });
  expose_all(
      metrics_, [this] { return answers_->figures(); },
      Figure{kCounter, "geili_answers_given_again_total",
             "Answers given from memory, as nothing they rest on had changed",
             &AnswerFigures::given_again},
      Figure{kCounter, "geili_answers_read_total", "Answers of the same kind that were read anew",
             &AnswerFigures::read});
  expose_all(
      metrics_, [this] { return hub_->figures(); },
      Figure{kGauge, "geili_rooms", "Open rooms", &HubFigures::rooms},
      Figure{kGauge, "geili_room_viewers", "Viewers in all rooms", &HubFigures::viewers},
      Figure{kCounter, "geili_room_events_total", "Numbered events of all rooms",
             &HubFigures::events},
      Figure{kCounter, "geili_room_frames_total", "Frames made for all viewers of a room",
             &HubFigures::frames},
      Figure{kCounter, "geili_room_deliveries_total", "Frames taken by viewers",
             &HubFigures::deliveries},
      Figure{kCounter, "geili_room_too_slow_total", "Viewers cut because they read too slowly",
             &HubFigures::too_slow},
      Figure{kCounter, "geili_room_missed_total", "Notices dropped before a room took them",
             &HubFigures::bus_missed});
  expose_all(
      metrics_, [this] { return relay_->figures(); },
      Figure{kCounter, "geili_outbox_published_total", "Notices told to rooms",
             &RelayFigures::published},
      Figure{kCounter, "geili_outbox_refused_total", "Notices that could not be told",
             &RelayFigures::refused},
      Figure{kCounter, "geili_outbox_retries_total", "Readings of the outbox that failed",
             &RelayFigures::retries});
  wire_webhook_metrics();
  wire_push_metrics();
  if (interpreter_) wire_translation_metrics();
  wire_media_metrics();
}

void House::wire_webhook_metrics() {
  expose_all(
      metrics_, [this] { return courier_->figures(); },
      Figure{kCounter, "geili_webhooks_delivered_total", "Webhooks that a receiver has taken",
             &CourierFigures::delivered},
      Figure{kCounter, "geili_webhooks_failed_total", "Attempts that a receiver has not taken",
             &CourierFigures::failed},
      Figure{kCounter, "geili_webhooks_dead_total", "Webhooks given up after the last attempt",
             &CourierFigures::dead},
      Figure{kGauge, "geili_webhooks_waiting", "Webhooks that wait to be sent",
             &CourierFigures::waiting});
}

void House::wire_push_metrics() {
  expose_all(
      metrics_, [this] { return push_courier_->figures(); },
      Figure{kCounter, "geili_push_sent_total", "Reminders that a push service has taken",
             &PushFigures::sent},
      Figure{kCounter, "geili_push_failed_total", "Attempts that a push service has not taken",
             &PushFigures::failed},
      Figure{kCounter, "geili_push_gone_total", "Subscriptions that a push service knows no more",
             &PushFigures::gone},
      Figure{kCounter, "geili_push_given_up_total", "Reminders given up", &PushFigures::given_up},
      Figure{kGauge, "geili_push_waiting", "Reminders that wait to be sent",
             &PushFigures::waiting});
}

void House::wire_translation_metrics() {
  expose_all(
      metrics_, [this] { return interpreter_->figures(); },
      Figure{kCounter, "geili_translation_calls_total", "Calls of the translation server",
             &InterpreterFigures::calls},
      Figure{kCounter, "geili_translation_failures_total",
             "Calls that the translation server has not answered as it should",
             &InterpreterFigures::failures},
      Figure{kCounter, "geili_translation_remembered_total", "Translations given again from memory",
             &InterpreterFigures::remembered},
      Figure{kGauge, "geili_translation_paused", "Whether the translation server is left alone",
             &InterpreterFigures::is_paused});
}

void House::wire_media_metrics() {
  expose_all(
      metrics_, [this] { return media_->figures(); },
      Figure{kGauge, "geili_streams", "Video streams that can be fetched", &EngineFigures::streams},
      Figure{kGauge, "geili_streams_live", "Video streams whose camera is sending",
             &EngineFigures::streams_live},
      Figure{kGauge, "geili_rtmp_connections", "Open RTMP connections",
             &EngineFigures::rtmp_connections},
      Figure{kCounter, "geili_rtmp_received_bytes_total", "Bytes received by RTMP",
             &EngineFigures::rtmp_bytes},
      Figure{kCounter, "geili_rtmp_refused_total",
             "RTMP connections closed for garbage, time-outs or wrong keys",
             &EngineFigures::rtmp_refused},
      Figure{kGauge, "geili_hls_waiting_requests", "Requests that wait for the next part of video",
             &EngineFigures::hls_waiting},
      Figure{kCounter, "geili_hls_answers_total", "Playlists, parts and segments given out",
             &EngineFigures::hls_answers},
      Figure{kCounter, "geili_pictures_transcoded_total", "Pictures transcoded for viewers",
             &EngineFigures::pictures_made},
      Figure{kCounter, "geili_pictures_dropped_total",
             "Pictures not transcoded, because the machine was too slow",
             &EngineFigures::pictures_dropped});
  wire_srt_metrics();
  wire_web_rtc_metrics();
  wire_recording_metrics();
  wire_restream_metrics();
}

void House::wire_restream_metrics() {
  expose_all(
      metrics_, [this] { return media_->restream_figures(); },
      Figure{kGauge, "geili_restreams_live", "Other platforms that take a show now",
             &RestreamFigures::live},
      Figure{kCounter, "geili_restream_connections_total", "Connections begun to other platforms",
             &RestreamFigures::connections},
      Figure{kCounter, "geili_restream_sent_bytes_total", "Bytes sent to other platforms",
             &RestreamFigures::sent_bytes},
      Figure{kCounter, "geili_restream_dropped_units_total",
             "Pictures and sounds that other platforms were too slow for",
             &RestreamFigures::dropped});
}

void House::wire_store_metrics() {
  expose_all(
      metrics_, [this] { return postgres_->figures(); },
      Figure{kGauge, "geili_store_reachable", "1 while PostgreSQL can be reached",
             &StoreFigures::is_reachable},
      Figure{kCounter, "geili_store_jobs_written_total", "Jobs that PostgreSQL was asked to write",
             &StoreFigures::jobs_written},
      Figure{kCounter, "geili_store_commits_total", "Commits, each of one or more jobs",
             &StoreFigures::commits},
      Figure{kCounter, "geili_store_jobs_begun_again_total",
             "Jobs begun again for a lock, a deadlock or a lost connection",
             &StoreFigures::jobs_begun_again},
      Figure{kCounter, "geili_store_connections_lost_total", "Writing connections that were lost",
             &StoreFigures::connections_lost},
      Figure{kCounter, "geili_store_outcomes_unknown_total", "Jobs whose commit was never answered",
             &StoreFigures::outcomes_unknown});
}

void House::wire_srt_metrics() {
  expose_all(
      metrics_, [this] { return media_->srt_figures(); },
      Figure{kGauge, "geili_srt_connections", "Open SRT connections", &SrtFigures::connections},
      Figure{kCounter, "geili_srt_received_bytes_total", "Bytes received by SRT",
             &SrtFigures::received_bytes},
      Figure{kCounter, "geili_srt_received_packets_total", "Packets received by SRT",
             &SrtFigures::received_packets},
      Figure{kCounter, "geili_srt_lost_packets_total", "SRT packets that were missing at first",
             &SrtFigures::lost_packets},
      Figure{kCounter, "geili_srt_recovered_packets_total",
             "Lost SRT packets that came again in time", &SrtFigures::recovered_packets},
      Figure{kCounter, "geili_srt_dropped_packets_total",
             "Lost SRT packets that did not come in time", &SrtFigures::dropped_packets},
      Figure{kCounter, "geili_srt_damaged_units_total",
             "Pictures and sounds by SRT that were given up for lost packets",
             &SrtFigures::damaged_units},
      Figure{kCounter, "geili_srt_refused_total",
             "SRT connections closed for garbage, time-outs, limits or wrong keys",
             &SrtFigures::refused});
}

void House::wire_web_rtc_metrics() {
  expose_all(
      metrics_, [this] { return media_->web_rtc().figures(); },
      Figure{kGauge, "geili_webrtc_publishers", "Cameras live by WebRTC",
             &WebRtcFigures::publishers},
      Figure{kGauge, "geili_webrtc_viewers", "Viewers by WebRTC", &WebRtcFigures::viewers},
      Figure{kGauge, "geili_webrtc_tcp_connections", "WebRTC connections over TCP",
             &WebRtcFigures::tcp_connections},
      Figure{kCounter, "geili_webrtc_tcp_refused_total",
             "WebRTC connections over TCP closed for limits, time-outs or no session",
             &WebRtcFigures::tcp_refused},
      Figure{kCounter, "geili_webrtc_received_packets_total", "WebRTC datagrams received",
             &WebRtcFigures::received_packets},
      Figure{kCounter, "geili_webrtc_received_bytes_total", "WebRTC bytes received",
             &WebRtcFigures::received_bytes},
      Figure{kCounter, "geili_webrtc_sent_packets_total", "WebRTC datagrams sent",
             &WebRtcFigures::sent_packets},
      Figure{kCounter, "geili_webrtc_sent_bytes_total", "WebRTC bytes sent",
             &WebRtcFigures::sent_bytes},
      Figure{kCounter, "geili_webrtc_dropped_packets_total",
             "WebRTC datagrams that the kernel did not take", &WebRtcFigures::dropped_packets},
      Figure{kCounter, "geili_webrtc_retransmitted_packets_total",
             "Lost packets sent to viewers again", &WebRtcFigures::retransmitted_packets},
      Figure{kCounter, "geili_webrtc_refused_packets_total",
             "WebRTC datagrams that were forged, replayed or of no session",
             &WebRtcFigures::refused_packets});
}

void House::wire_recording_metrics() {
  expose_all(
      metrics_, [this] { return recordings_->figures(); },
      Figure{kGauge, "geili_recordings_bytes", "Bytes of recordings and clips on disk",
             &RecordingFigures::bytes},
      Figure{kGauge, "geili_recordings_queued_bytes", "Bytes of video that wait for the disk",
             &RecordingFigures::queued_bytes},
      Figure{kCounter, "geili_recordings_fragments_total", "Groups of pictures written",
             &RecordingFigures::fragments},
      Figure{kCounter, "geili_recordings_dropped_total",
             "Groups of pictures lost to a full or slow disk",
             &RecordingFigures::fragments_dropped});
}

}  // namespace geili::app
