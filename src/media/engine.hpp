#pragma once
// The face of media/: live video comes in by RTMP, SRT and WHIP, goes out as Low-Latency HLS and
// WHEP.
//
// A ShowId names a stream here: the show's first camera, or its second (second_camera.hpp).
// Every stream lives on one media thread of the engine's own. The functions here may be called from
// any thread; the awaitables hop to the media thread and come back on the caller's executor. The
// executor must outlive the call; stop() answers every call that still waits.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "media/restream.hpp"
#include "media/second_camera.hpp"
#include "media/srt.hpp"
#include "media/unit.hpp"
#include "media/web_rtc.hpp"

namespace geili::media {

// Decides who may publish; given from outside, because media knows neither shows nor keys.
class PublishGate {
 public:
  using Answer = std::function<void(Result<ShowId>)>;
  virtual ~PublishGate() = default;
  // Called on the media thread and must not block. `answer` is called once, on any thread, also
  // after the publisher has gone; any error refuses the publisher: by RTMP with
  // NetStream.Publish.BadName. `app` is the path of the RTMP URL ("live", also of SRT),
  // `stream_key` its last part or the stream id of SRT, both as the client sent them.
  virtual void authorise(std::string app, std::string stream_key, Answer answer) = 0;
};

struct RtmpLimits {
  std::size_t connections_max = 200;  // beyond it the oldest that is no publisher yet is closed
  std::size_t publishers_max = 100;   // a further one is refused: "publishers-max"
  std::size_t message_bytes_max = 4 * 1024 * 1024;
  std::size_t chunk_streams_max = 32;
  unsigned handshake_timeout_ms = 5'000;  // from accept to the publish command
  unsigned authorise_timeout_ms = 5'000;
  unsigned silence_timeout_ms = 10'000;  // nothing received at all
};

struct HlsLimits {
  std::size_t waiting_max = 30'000;  // requests that wait for a part, over all streams
  unsigned wait_ms_max = 6'000;      // for the first playlist, and for a part that was hinted at
  // For the next part of a playlist that there is; the unchanged playlist is the answer then.
  // Players give up on a blocked reload after 0.8 target durations, which are at least two seconds.
  unsigned reload_wait_ms_max = 1'200;
};

struct EngineSettings {
  bool rtmp_enabled = true;  // else nobody can publish by RTMP, and rtmp_port() is 0
  std::string rtmp_address = "127.0.0.1";
  std::uint16_t rtmp_port = 0;  // 0: the kernel chooses; ask rtmp_port()
  std::size_t streams_max = 100;
  unsigned takeover_silence_ms =
      2'000;                       // a second publisher replaces one that sent nothing for so long
  unsigned away_s_max = 6 * 3600;  // then the stream ends by itself
  unsigned ended_s_max = 60;       // how long an ended stream can still be fetched
  unsigned cover_interval_s = 60;
  std::uint64_t bitrate_bps_max =
      20'000'000;  // of a publisher, over some seconds; it is cut beyond
  unsigned frames_per_s_max = 150;
  bool low_rendition = false;      // a lower picture is made where a publisher sends none
  bool reencode_b_frames = false;  // for WebRTC; else its viewers are refused
  RtmpLimits rtmp;
  SrtSettings srt;
  WebRtcSettings web_rtc;
  HlsLimits hls;
};

// A response body that every viewer shares.
struct HlsBody {
  std::shared_ptr<const std::string> body;
  const char* content_type = "";  // a literal
  unsigned cache_s = 0;           // how long any cache may keep it; 0: no-store
};

struct VideoInfo {
  std::string codec;  // RFC 6381
  unsigned width = 0;
  unsigned height = 0;
};
struct AudioInfo {
  std::string codec;
  unsigned sample_rate_hz = 0;
  unsigned channels = 0;
};

// What the seller should know; told whenever it changes.
struct StreamStatus {
  ShowId show;
  StreamState state = StreamState::live;
  bool playable = false;  // there is a playlist to play, or it is made when somebody asks
  bool recording = false;
  std::string reason;  // why the publisher is away: "unpublished", "disconnected", "silent",
                       // "replaced", "bitrate-max", "frame-rate-max", "video-codec", …
  VideoInfo video;     // codec is empty while there is no such track
  AudioInfo audio;
  // "b-frames": they add delay and stutter in WebRTC · "long-key-interval": set one or two seconds
  // · "no-audio" · "timestamps-jumped" · "audio-gaps" · "recording-paused": the disk is full or too
  // slow, and what is shown now is not kept
  std::vector<std::string> warnings;
};

struct StreamStats {
  StreamState state = StreamState::live;
  std::string reason;             // as in StreamStatus
  std::uint64_t bitrate_bps = 0;  // received, over the last seconds
  double frames_per_s = 0;
  double key_interval_s = 0;  // between the last two key frames
  unsigned width = 0;
  unsigned height = 0;
  std::uint64_t frames = 0;         // pictures since the stream began
  std::uint64_t units_dropped = 0;  // by readers that were too slow
  std::uint64_t silent_frames = 0;  // audio frames put in for missing ones
  std::uint64_t timestamp_jumps = 0;
  std::uint32_t publications = 0;
  std::optional<LinkStats> link;  // of the publisher, by SRT
  std::size_t viewers = 0;        // an estimate: playlist requests answered per part
  std::uint64_t parts = 0;
  std::vector<std::string> warnings;  // as in StreamStatus
};

// Of all streams, as they were some ten milliseconds ago.
struct EngineFigures {
  std::size_t streams = 0;
  std::size_t streams_live = 0;
  std::size_t rtmp_connections = 0;
  std::uint64_t rtmp_bytes = 0;    // received
  std::uint64_t rtmp_refused = 0;  // connections closed for garbage, time-outs or wrong keys
  std::size_t hls_waiting = 0;
  std::uint64_t hls_answers = 0;       // playlists and files given out
  std::uint64_t pictures_made = 0;     // transcoded
  std::uint64_t pictures_dropped = 0;  // not transcoded, because the machine was too slow
};

class Recordings;

class Engine {
 public:
  // `gate` and `clock` outlive the engine.
  static std::unique_ptr<Engine> create(EngineSettings settings, PublishGate& gate,
                                        const Clock& clock);
  virtual ~Engine() = default;

  // Called on the media thread, must not block. Set before start().
  virtual void on_status(std::function<void(const StreamStatus&)> told) = 0;
  // Where shows are kept, when they are; it outlives the engine. Set before start().
  virtual void record_into(Recordings& recordings) = 0;
  // Binds and starts the threads; throws std::system_error when the address cannot be had.
  virtual void start() = 0;
  // Disconnects publishers, answers everything that waits with `unavailable`, ends the threads.
  // Call it while the executors of waiting callers still run.
  virtual void stop() = 0;
  virtual std::uint16_t rtmp_port() const = 0;
  virtual std::uint16_t srt_port() const = 0;  // 0 when SRT is off
  // Lives as long as the engine.
  virtual WebRtc& web_rtc() = 0;

  // "index.m3u8" (multivariant), or "media.m3u8" or "low.m3u8" with its raw query: _HLS_msn,
  // _HLS_part, _HLS_skip (RFC 8216bis section 6.2.5). Waits until the asked part is there, at most
  // hls.wait_ms_max; while the publisher is away the unchanged playlist is the answer then. Errors:
  // not_found "not-live" (no such stream), invalid "hls-query", unavailable "hls-waiting" (too many
  // wait) or "not-ready".
  virtual boost::asio::awaitable<Result<HlsBody>> hls_playlist(ShowId show, std::string name,
                                                               std::string query) = 0;
  // Any other name a playlist mentions: init segments, segments, parts. A part that the playlist
  // hints at is waited for. Errors: not_found "not-live", "hls-name"; unavailable "hls-waiting".
  virtual boost::asio::awaitable<Result<HlsBody>> hls_part(ShowId show, std::string name) = 0;
  // JPEG of a recent key frame, at most 1280 wide. Errors: not_found "not-live", "no-cover".
  virtual boost::asio::awaitable<Result<HlsBody>> cover(ShowId show) = 0;
  // A smaller one of some seconds ago at most, at most 480 wide, made when asked for. Errors:
  // not_found "not-live", "no-cover"; unavailable "hls-waiting".
  virtual boost::asio::awaitable<Result<HlsBody>> still(ShowId show) = 0;
  virtual boost::asio::awaitable<Result<StreamStats>> stats(ShowId show) = 0;
  // Does not wait for the media thread: for metrics.
  virtual EngineFigures figures() const = 0;
  virtual SrtFigures srt_figures() const = 0;

  // Keeps what is published from here on, as far as there is somewhere to keep it. Without a
  // stream, or when it is being kept, this does nothing.
  virtual void record_show(ShowId show) = 0;
  // What the show's first camera sends goes to these, and to no others; those that are the same go
  // on. Without a stream this does nothing. At most kRestreamsPerShowMax are used.
  virtual void restream(ShowId show, std::vector<RestreamTarget> targets) = 0;
  // Empty without a stream here.
  virtual boost::asio::awaitable<std::vector<RestreamStatus>> restreams(ShowId show) = 0;
  // Shows whose first camera has a stream here that has not ended.
  virtual boost::asio::awaitable<std::vector<ShowId>> shows_here() = 0;
  // Does not wait for the media thread: for metrics.
  virtual RestreamFigures restream_figures() const = 0;
  // The show is over: its publishers are disconnected and the playlists get their end.
  virtual void end_show(ShowId show) = 0;
};

}  // namespace geili::media
