#include "media/engine.hpp"

#include <atomic>
#include <cassert>
#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "media/cover/cover_worker.hpp"
#include "media/ingest/rtmp/server.hpp"
#include "media/ingest/srt/server.hpp"
#include "media/live_show.hpp"
#include "media/on_thread.hpp"
#include "media/video/picture_worker.hpp"
#include "media/webrtc/node.hpp"

namespace geili::media {
namespace asio = boost::asio;
namespace {

constexpr auto kTick = std::chrono::milliseconds(50);
constexpr std::uint64_t kBitsPerByte = 8;

std::unexpected<Error> not_live() {
  return fail(ErrorKind::not_found, "not-live", "This show has no video now.");
}
std::unexpected<Error> stopping() {
  return fail(ErrorKind::unavailable, "stopping", "The server is stopping.");
}

class MediaEngine final : public Engine {
 public:
  MediaEngine(EngineSettings settings, PublishGate& gate, const Clock& clock)
      : settings_(std::move(settings)),
        clock_(clock),
        io_(std::make_shared<asio::io_context>(1)),
        ticker_(*io_),
        room_{.limits = settings_.hls},
        restreams_(std::make_shared<rtmp::Commons>(io_, clock)),
        rtmp_(io_, settings_, gate, [this](ShowId show) { return open_stream(show); }),
        srt_(settings_.srt, settings_.bitrate_bps_max / kBitsPerByte, io_, gate,
             [this](ShowId show) { return open_stream(show); }),
        web_rtc_(settings_.web_rtc, clock, io_,
                 {.open = [this](ShowId show) { return open_stream(show); },
                  .find = [this](ShowId show) { return find_stream(show); }}) {}
  ~MediaEngine() override { stop(); }

  void on_status(std::function<void(const StreamStatus&)> told) override {
    told_ = std::move(told);
  }
  void record_into(Recordings& recordings) override { recordings_ = &recordings; }
  void start() override;
  void stop() override;
  std::uint16_t rtmp_port() const override {
    return settings_.rtmp_enabled ? rtmp_.port() : std::uint16_t{0};
  }
  std::uint16_t srt_port() const override { return srt_.port(); }
  WebRtc& web_rtc() override { return web_rtc_; }

  asio::awaitable<Result<HlsBody>> hls_playlist(ShowId show, std::string name,
                                                std::string query) override;
  asio::awaitable<Result<HlsBody>> hls_part(ShowId show, std::string name) override;
  asio::awaitable<Result<HlsBody>> cover(ShowId show) override;
  asio::awaitable<Result<HlsBody>> still(ShowId show) override;
  asio::awaitable<Result<StreamStats>> stats(ShowId show) override;
  EngineFigures figures() const override;
  SrtFigures srt_figures() const override { return srt_.figures(); }
  void record_show(ShowId show) override;
  void end_show(ShowId show) override;
  void restream(ShowId show, std::vector<RestreamTarget> targets) override;
  asio::awaitable<std::vector<RestreamStatus>> restreams(ShowId show) override;
  asio::awaitable<std::vector<ShowId>> shows_here() override;
  RestreamFigures restream_figures() const override;

 private:
  Result<std::shared_ptr<Stream>> open_stream(ShowId show);
  // Both null when the show has no stream.
  LiveShow* find(ShowId show);
  std::shared_ptr<Stream> find_stream(ShowId show);
  void tick();
  void publish_figures();
  void shut_down();

  const EngineSettings settings_;
  const Clock& clock_;
  Recordings* recordings_ = nullptr;
  std::shared_ptr<asio::io_context> io_;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_;
  std::thread thread_;
  std::atomic<bool> running_ = false;
  struct {
    std::atomic<std::size_t> streams = 0, streams_live = 0, rtmp_connections = 0;
    std::atomic<std::uint64_t> rtmp_bytes = 0, rtmp_refused = 0;
    std::atomic<std::size_t> hls_waiting = 0;
    std::atomic<std::uint64_t> hls_answers = 0;
    std::atomic<std::size_t> restreams_live = 0;
    std::atomic<std::uint64_t> restream_bytes = 0, restream_dropped = 0, restream_connections = 0;
  } published_;

  // Of the media thread.
  asio::steady_timer ticker_;
  std::function<void(const StreamStatus&)> told_;
  llhls::WaitingRoom room_;
  CoverWorker covers_;
  video::PictureWorker pictures_;
  std::shared_ptr<rtmp::Commons> restreams_;
  std::unordered_map<ShowId, std::shared_ptr<LiveShow>> shows_;
  rtmp::Server rtmp_;
  srt::Server srt_;
  webrtc::Node web_rtc_;
};

void MediaEngine::start() {
  assert(!thread_.joinable());
  if (settings_.rtmp_enabled) rtmp_.listen();
  if (settings_.srt.enabled) srt_.start();
  covers_.start();
  pictures_.start();
  work_.emplace(asio::make_work_guard(*io_));
  tick();
  running_ = true;
  thread_ = std::thread([io = io_] { io->run(); });
  web_rtc_.start();
}

void MediaEngine::stop() {
  running_ = false;
  if (!thread_.joinable()) return;
  web_rtc_.stop();
  srt_.stop();
  asio::post(*io_, [this] { shut_down(); });
  thread_.join();
  // A call that was posted while the thread ended is answered here.
  io_->restart();
  io_->poll();
  covers_.stop();
  pictures_.stop();
}

void MediaEngine::shut_down() {
  ticker_.cancel();
  rtmp_.stop();
  shows_.clear();
  work_.reset();
}

void MediaEngine::tick() {
  ticker_.expires_after(kTick);
  ticker_.async_wait([this](boost::system::error_code failed) {
    if (failed || !running_) return;
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(shows_, [now](const auto& entry) { return entry.second->tick(now); });
    publish_figures();
    tick();
  });
}

Result<std::shared_ptr<Stream>> MediaEngine::open_stream(ShowId show) {
  if (!running_) return stopping();
  if (LiveShow* known = find(show)) return known->shared_stream();
  if (shows_.size() >= settings_.streams_max) {
    return fail(ErrorKind::rate_limited, "streams-max",
                "Too many shows are live; try again later.");
  }
  const auto created = LiveShow::create(
      show, {settings_, clock_, room_, covers_, pictures_, io_, told_, restreams_});
  shows_[show] = created;
  return created->shared_stream();
}

LiveShow* MediaEngine::find(ShowId show) {
  const auto found = shows_.find(show);
  return found == shows_.end() ? nullptr : found->second.get();
}

std::shared_ptr<Stream> MediaEngine::find_stream(ShowId show) {
  LiveShow* live = find(show);
  return live == nullptr ? nullptr : live->shared_stream();
}

asio::awaitable<Result<HlsBody>> MediaEngine::hls_playlist(ShowId show, std::string name,
                                                           std::string query) {
  if (!running_) co_return stopping();
  auto start = [this, show, name = std::move(name), query = std::move(query)](auto done) {
    LiveShow* live = find(show);
    if (live == nullptr) return done(not_live());
    live->channel().playlist(name, query, std::move(done));
  };
  co_return co_await on_thread_of<Result<HlsBody>>(io_, std::move(start));
}

asio::awaitable<Result<HlsBody>> MediaEngine::hls_part(ShowId show, std::string name) {
  if (!running_) co_return stopping();
  auto start = [this, show, name = std::move(name)](auto done) {
    LiveShow* live = find(show);
    if (live == nullptr) return done(not_live());
    live->channel().file(name, std::move(done));
  };
  co_return co_await on_thread_of<Result<HlsBody>>(io_, std::move(start));
}

asio::awaitable<Result<HlsBody>> MediaEngine::cover(ShowId show) {
  if (!running_) co_return stopping();
  auto start = [this, show](auto done) {
    LiveShow* live = find(show);
    done(live == nullptr ? Result<HlsBody>(not_live()) : live->cover());
  };
  co_return co_await on_thread_of<Result<HlsBody>>(io_, std::move(start));
}

asio::awaitable<Result<HlsBody>> MediaEngine::still(ShowId show) {
  if (!running_) co_return stopping();
  auto start = [this, show](auto done) {
    LiveShow* live = find(show);
    if (live == nullptr) return done(not_live());
    live->still(std::move(done));
  };
  co_return co_await on_thread_of<Result<HlsBody>>(io_, std::move(start));
}

asio::awaitable<Result<StreamStats>> MediaEngine::stats(ShowId show) {
  if (!running_) co_return stopping();
  auto start = [this, show](auto done) {
    LiveShow* live = find(show);
    if (live == nullptr) return done(not_live());
    StreamStats stats = live->stats();
    stats.link = srt_.link_of(show);
    done(std::move(stats));
  };
  co_return co_await on_thread_of<Result<StreamStats>>(io_, std::move(start));
}

EngineFigures MediaEngine::figures() const {
  return {.streams = published_.streams,
          .streams_live = published_.streams_live,
          .rtmp_connections = published_.rtmp_connections,
          .rtmp_bytes = published_.rtmp_bytes,
          .rtmp_refused = published_.rtmp_refused,
          .hls_waiting = published_.hls_waiting,
          .hls_answers = published_.hls_answers,
          .pictures_made = pictures_.figures().made,
          .pictures_dropped = pictures_.figures().dropped};
}

void MediaEngine::publish_figures() {
  std::size_t live = 0;
  std::size_t restreams_live = 0;
  for (const auto& [show, entry] : shows_) {
    if (entry->stream().state() == StreamState::live) ++live;
    restreams_live += entry->restreams().live_count();
  }
  published_.restreams_live = restreams_live;
  published_.restream_bytes = restreams_->figures.sent_bytes;
  published_.restream_dropped = restreams_->figures.dropped;
  published_.restream_connections = restreams_->figures.connections;
  published_.streams = shows_.size();
  published_.streams_live = live;
  published_.rtmp_connections = rtmp_.connection_count();
  published_.rtmp_bytes = rtmp_.received_bytes();
  published_.rtmp_refused = rtmp_.refused_count();
  published_.hls_waiting = room_.waiting;
  published_.hls_answers = room_.answers;
}

void MediaEngine::restream(ShowId show, std::vector<RestreamTarget> targets) {
  if (!running_) return;
  asio::post(*io_, [this, show, targets = std::move(targets)]() mutable {
    if (LiveShow* live = find(show)) live->restreams().use(std::move(targets));
  });
}

asio::awaitable<std::vector<RestreamStatus>> MediaEngine::restreams(ShowId show) {
  using Statuses = std::vector<RestreamStatus>;
  if (!running_) co_return Statuses{};
  auto start = [this, show](auto done) {
    LiveShow* live = find(show);
    done(live == nullptr ? Statuses{} : live->restreams().statuses());
  };
  co_return co_await on_thread_of<Statuses>(io_, std::move(start));
}

asio::awaitable<std::vector<ShowId>> MediaEngine::shows_here() {
  using Shows = std::vector<ShowId>;
  if (!running_) co_return Shows{};
  auto start = [this](auto done) {
    Shows here;
    for (const auto& [show, entry] : shows_) {
      const bool is_over = entry->stream().state() == StreamState::ended;
      if (!is_over && !is_second_camera(show)) here.push_back(show);
    }
    done(std::move(here));
  };
  co_return co_await on_thread_of<Shows>(io_, std::move(start));
}

RestreamFigures MediaEngine::restream_figures() const {
  return {.live = published_.restreams_live,
          .sent_bytes = published_.restream_bytes,
          .dropped = published_.restream_dropped,
          .connections = published_.restream_connections};
}

void MediaEngine::record_show(ShowId show) {
  if (recordings_ == nullptr) return;
  asio::post(*io_, [this, show] {
    if (LiveShow* live = find(show)) live->record(*recordings_);
  });
}

void MediaEngine::end_show(ShowId show) {
  asio::post(*io_, [this, show] {
    for (const ShowId stream : {show, second_camera_of(show)}) {
      if (LiveShow* live = find(stream)) live->stream().end();
    }
  });
}

}  // namespace

std::unique_ptr<Engine> Engine::create(EngineSettings settings, PublishGate& gate,
                                       const Clock& clock) {
  return std::make_unique<MediaEngine>(std::move(settings), gate, clock);
}

}  // namespace geili::media
