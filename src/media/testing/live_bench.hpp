#pragma once
// Test support: a running engine, a gate with known keys, and blocking calls to the engine's face.

#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include "media/engine.hpp"
#include "media/recordings.hpp"
#include "media/testing/hls_follower.hpp"
#include "media/testing/process.hpp"

namespace geili::media::testing {

// Answers from a thread of its own, as the store would.
class KnownKeys final : public PublishGate {
 public:
  explicit KnownKeys(std::map<std::string, ShowId> keys) : keys_(std::move(keys)) {}
  ~KnownKeys() override {
    for (std::thread& thread : threads_) thread.join();
  }
  static constexpr const char* kMute = "mute";  // a key of which nothing is heard

  void authorise(std::string app, std::string stream_key, Answer answer) override {
    if (stream_key == kMute) return;
    threads_.emplace_back([this, app = std::move(app), key = std::move(stream_key), answer] {
      const auto found = keys_.find(key);
      if (app != "live" || found == keys_.end()) {
        answer(fail(ErrorKind::forbidden, "stream-key", "No show has this stream key."));
      } else {
        answer(found->second);
      }
    });
  }

 private:
  std::map<std::string, ShowId> keys_;
  std::vector<std::thread> threads_;
};

// The statuses the engine told, to be waited for. Lives on one thread, that of `io`.
class Told {
 public:
  using Condition = std::function<bool(const StreamStatus&)>;

  explicit Told(boost::asio::io_context& io) : io_(io) {}

  // From any thread.
  void add(const StreamStatus& status) {
    boost::asio::post(io_, [this, status] {
      last_ = status;
      std::erase_if(waiting_, [&](Waiting& waiting) {
        if (waiting.condition(status))
          waiting.met.set_value();
        else
          return false;
        return true;
      });
    });
  }
  // Until the newest status holds `condition`; false after many seconds.
  bool wait(Condition condition) {
    Waiting waiting{std::move(condition), {}};
    std::future<void> met = waiting.met.get_future();
    boost::asio::post(io_, [this, waiting = std::move(waiting)]() mutable {
      if (last_ && waiting.condition(*last_))
        waiting.met.set_value();
      else
        waiting_.push_back(std::move(waiting));
    });
    return met.wait_for(std::chrono::seconds(30)) == std::future_status::ready;
  }
  bool wait_state(StreamState state) {
    return wait([state](const StreamStatus& status) { return status.state == state; });
  }
  bool wait_playable() {
    return wait([](const StreamStatus& status) { return status.playable; });
  }
  StreamStatus last() {
    std::promise<StreamStatus> promise;
    boost::asio::post(io_, [this, &promise] { promise.set_value(last_.value_or(StreamStatus{})); });
    return promise.get_future().get();
  }

 private:
  struct Waiting {
    Condition condition;
    std::promise<void> met;
  };
  boost::asio::io_context& io_;
  std::optional<StreamStatus> last_;
  std::vector<Waiting> waiting_;
};

class LiveBench {
 public:
  // `recordings`, if any, outlive the bench.
  explicit LiveBench(EngineSettings settings = {}, Recordings* recordings = nullptr)
      : engine_(Engine::create(std::move(settings), gate_, clock_)) {
    if (recordings != nullptr) engine_->record_into(*recordings);
    engine_->on_status([this](const StreamStatus& status) { told_.add(status); });
    engine_->start();
    thread_ = std::thread([this] {
      const auto work = boost::asio::make_work_guard(io_);
      io_.run();
    });
  }
  ~LiveBench() {
    engine_->stop();
    io_.stop();
    thread_.join();
  }

  static constexpr ShowId kShow{7};
  Engine& engine() { return *engine_; }
  Told& told() { return told_; }
  std::string url(const std::string& key = "key-7") const {
    return "rtmp://127.0.0.1:" + std::to_string(engine_->rtmp_port()) + "/live/" + key;
  }

  // `options`: further ones of ffmpeg and srt-live-transmit.
  std::string srt_url(const std::string& stream_id = "key-7",
                      const std::string& options = "") const {
    return "srt://127.0.0.1:" + std::to_string(engine_->srt_port()) + "?streamid=" + stream_id +
           options;
  }

  template <class T>
  std::future<T> spawn(boost::asio::awaitable<T> call) {
    return boost::asio::co_spawn(io_, std::move(call), boost::asio::use_future);
  }
  template <class T>
  T get(boost::asio::awaitable<T> call) {
    return spawn(std::move(call)).get();
  }
  // The body, or "!" and the error's code.
  std::string playlist(const std::string& query = "") {
    return text(get(engine_->hls_playlist(kShow, "media.m3u8", query)));
  }
  std::string fetch(const std::string& name, const std::string& query) {
    return name.ends_with(".m3u8") ? text(get(engine_->hls_playlist(kShow, name, query)))
                                   : file(name);
  }
  HlsFollower follower() {
    return HlsFollower(
        [this](const std::string& name, const std::string& query) { return fetch(name, query); });
  }
  std::string file(const std::string& name) { return text(get(engine_->hls_part(kShow, name))); }
  static std::string text(const Result<HlsBody>& body) {
    return body ? *body->body : "!" + body.error().code;
  }

 private:
  SystemClock clock_;
  KnownKeys gate_{{{"key-7", kShow}, {"key-8", ShowId{8}}}};
  boost::asio::io_context io_;
  Told told_{io_};
  std::unique_ptr<Engine> engine_;
  std::thread thread_;
};

// What an encoder like OBS sends, in real time: by RTMP as FLV, else as MPEG-TS. `extra` are
// further output options.
inline std::vector<std::string> ffmpeg_push(const std::string& url, int seconds,
                                            std::vector<std::string> extra = {}) {
  std::vector<std::string> command{"ffmpeg",
                                   "-hide_banner",
                                   "-loglevel",
                                   "error",
                                   "-re",
                                   "-f",
                                   "lavfi",
                                   "-i",
                                   "testsrc2=size=320x180:rate=30",
                                   "-re",
                                   "-f",
                                   "lavfi",
                                   "-i",
                                   "sine=frequency=440:sample_rate=48000",
                                   "-c:v",
                                   "libx264",
                                   "-preset",
                                   "ultrafast",
                                   "-profile:v",
                                   "baseline",
                                   "-threads",
                                   "1",
                                   "-pix_fmt",
                                   "yuv420p",
                                   "-g",
                                   "30",
                                   "-c:a",
                                   "aac",
                                   "-ac",
                                   "2",
                                   "-b:a",
                                   "96k",
                                   "-t",
                                   std::to_string(seconds)};
  command.insert(command.end(), extra.begin(), extra.end());
  command.insert(command.end(), {"-f", url.starts_with("rtmp:") ? "flv" : "mpegts", url});
  return command;
}

}  // namespace geili::media::testing
