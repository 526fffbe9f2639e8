#include "media/recordings.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sys/resource.h>

#include "media/egress/record/clip.hpp"
#include "media/egress/record/disk.hpp"
#include "media/egress/record/fragment_cutter.hpp"
#include "media/egress/record/library.hpp"
#include "media/on_thread.hpp"

namespace geili::media {
namespace asio = boost::asio;
namespace {

using record::ClipPlan;
using record::CutFragment;

constexpr auto kSweepEvery = std::chrono::minutes(1);
using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;

std::unexpected<Error> stopping() {
  return fail(ErrorKind::unavailable, "stopping", "The server is stopping.");
}

// A broken disk is an answer here, not the end of the thread.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception&) {
    return fail(ErrorKind::unavailable, "record-disk", "The disk cannot be used now.");
  }
}

class DiskRecordings final : public Recordings {
 public:
  DiskRecordings(RecordSettings settings, const Clock& clock, record::Disk* disk)
      : settings_(std::move(settings)),
        own_disk_(disk == nullptr ? record::real_disk() : nullptr),
        library_(settings_, clock, disk == nullptr ? *own_disk_ : *disk,
                 [this](const RecordingEvent& event) {
                   if (told_) told_(event);
                 }) {}
  ~DiskRecordings() override { stop(); }

  void on_event(Told told) override { told_ = std::move(told); }
  std::vector<RecordingSummary> start() override;
  void stop() override;
  std::unique_ptr<RecordingFeed> feed(ShowId show) override;

  asio::awaitable<Result<RecordingView>> view(ShowId show, std::vector<Instant> moments) override;
  asio::awaitable<Result<std::shared_ptr<const std::string>>> playlist(ShowId show) override;
  asio::awaitable<Result<std::string>> section(ShowId show, std::string name) override;
  asio::awaitable<Result<RecordingClip>> clip(ShowId show, std::int64_t from_us,
                                              std::int64_t to_us) override;
  asio::awaitable<Result<std::string>> clip_file(ShowId show, std::string name) override;
  asio::awaitable<Result<void>> remove(ShowId show) override;
  RecordingFigures figures() const override;

 private:
  class Feed;

  // Runs `work(library)`, which returns a Result, on the disk thread.
  template <class Work>
  asio::awaitable<std::invoke_result_t<Work&, record::Library&>> on_disk(Work work) {
    using Answer = std::invoke_result_t<Work&, record::Library&>;
    auto start = [this, work = std::move(work)](auto done) mutable {
      Answer answer = guarded([&] { return work(library_); });
      stored_bytes_ = library_.bytes();
      done(std::move(answer));
    };
    return on_thread_of<Answer>(io_, std::move(start));
  }
  void append(ShowId show, const CutFragment& fragment, std::atomic<bool>& paused);
  void sweep_regularly();

  const RecordSettings settings_;
  const std::unique_ptr<record::Disk> own_disk_;
  Told told_;
  std::atomic<bool> running_ = false;
  std::atomic<std::uint64_t> stored_bytes_ = 0;
  std::atomic<std::size_t> queued_bytes_ = 0;
  std::atomic<std::uint64_t> fragments_ = 0;
  std::atomic<std::uint64_t> dropped_ = 0;
  std::atomic<std::size_t> clips_waiting_ = 0;

  record::Library library_;  // of the disk thread
  std::shared_ptr<asio::io_context> io_ = std::make_shared<asio::io_context>(1);
  std::shared_ptr<asio::io_context> clip_io_ = std::make_shared<asio::io_context>(1);
  std::optional<WorkGuard> work_;
  std::optional<WorkGuard> clip_work_;
  asio::steady_timer sweeper_{*io_};
  std::thread thread_;
  std::thread clip_thread_;
};

class DiskRecordings::Feed final : public RecordingFeed {
 public:
  Feed(DiskRecordings& recordings, ShowId show) : recordings_(recordings), show_(show) {}
  ~Feed() override {
    auto close = [&recordings = recordings_, show = show_, paused = paused_] {
      (void)guarded([&]() -> Result<void> {
        recordings.library_.close(show);
        return {};
      });
    };
    asio::post(*recordings_.io_, std::move(close));
  }

  void push(CutFragment fragment) override {
    const std::size_t bytes = fragment.bytes;
    const bool has_room =
        recordings_.queued_bytes_.load() + bytes <= recordings_.settings_.queue_bytes_max;
    if (!has_room || (lost_ && !fragment.independent)) {
      lost_ = true;
      *paused_ = true;
      ++recordings_.dropped_;
      return;
    }
    lost_ = false;
    recordings_.queued_bytes_ += bytes;
    auto append = [&recordings = recordings_, show = show_, paused = paused_,
                   fragment = std::move(fragment)] {
      recordings.append(show, fragment, *paused);
      recordings.queued_bytes_ -= fragment.bytes;
    };
    asio::post(*recordings_.io_, std::move(append));
  }
  bool is_paused() const override { return *paused_; }

 private:
  DiskRecordings& recordings_;
  const ShowId show_;
  bool lost_ = false;  // the queue was full: what follows needs a key frame
  std::shared_ptr<std::atomic<bool>> paused_ = std::make_shared<std::atomic<bool>>(false);
};

std::vector<RecordingSummary> DiskRecordings::start() {
  assert(!thread_.joinable());
  auto found = library_.open();
  stored_bytes_ = library_.bytes();
  work_.emplace(asio::make_work_guard(*io_));
  clip_work_.emplace(asio::make_work_guard(*clip_io_));
  running_ = true;
  asio::post(*io_, [this] { sweep_regularly(); });
  thread_ = std::thread([this] { io_->run(); });
  clip_thread_ = std::thread([this] {
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, 0, kNice);  // Linux: of this thread alone
    clip_io_->run();
  });
  return found;
}

void DiskRecordings::stop() {
  running_ = false;
  if (!thread_.joinable()) return;
  clip_work_.reset();
  clip_thread_.join();
  asio::post(*io_, [this] {
    sweeper_.cancel();
    (void)guarded([&]() -> Result<void> {
      library_.close_all();
      return {};
    });
    work_.reset();
  });
  thread_.join();
  // Calls that were posted while the threads ended are answered here.
  for (const auto& io : {clip_io_, io_}) {
    io->restart();
    io->poll();
  }
}

void DiskRecordings::sweep_regularly() {
  (void)guarded([&]() -> Result<void> {
    library_.sweep();
    return {};
  });
  stored_bytes_ = library_.bytes();
  sweeper_.expires_after(kSweepEvery);
  sweeper_.async_wait([this](boost::system::error_code failed) {
    if (!failed && running_) sweep_regularly();
  });
}

std::unique_ptr<RecordingFeed> DiskRecordings::feed(ShowId show) {
  return std::make_unique<Feed>(*this, show);
}

void DiskRecordings::append(ShowId show, const CutFragment& fragment, std::atomic<bool>& paused) {
  const auto kept = guarded([&] { return library_.append(show, fragment); });
  stored_bytes_ = library_.bytes();
  paused = !kept;
  ++(kept ? fragments_ : dropped_);
}

asio::awaitable<Result<RecordingView>> DiskRecordings::view(ShowId show,
                                                            std::vector<Instant> moments) {
  if (!running_) co_return stopping();
  auto look = [show, moments = std::move(moments)](auto& library) -> Result<RecordingView> {
    const auto recording = library.find(show);
    if (!recording) return std::unexpected(recording.error());
    RecordingView view{.summary = *library.summary(show)};
    for (const Instant at : moments) view.offsets_us.push_back((*recording)->offset_us(at));
    return view;
  };
  co_return co_await on_disk(std::move(look));
}

asio::awaitable<Result<std::shared_ptr<const std::string>>> DiskRecordings::playlist(ShowId show) {
  using Text = std::shared_ptr<const std::string>;
  if (!running_) co_return stopping();
  auto render = [show](auto& library) -> Result<Text> {
    const auto recording = library.find(show);
    if (!recording) return std::unexpected(recording.error());
    return std::make_shared<const std::string>(record::render_replay(**recording));
  };
  co_return co_await on_disk(std::move(render));
}

asio::awaitable<Result<std::string>> DiskRecordings::section(ShowId show, std::string name) {
  if (!running_) co_return stopping();
  const auto number = record::parse_section_name(name);
  if (!number) {
    co_return fail(ErrorKind::not_found, "recording-not-found",
                   "There is no such part of a recording.");
  }
  auto find = [show, number = *number](auto& library) {
    return library.section_path(show, number);
  };
  co_return co_await on_disk(find);
}

asio::awaitable<Result<RecordingClip>> DiskRecordings::clip(ShowId show, std::int64_t from_us,
                                                            std::int64_t to_us) {
  assert(from_us >= 0 && from_us < to_us && to_us - from_us <= kClipUsMax);
  if (!running_) co_return stopping();
  auto look = [=](auto& library) { return library.plan_clip(show, from_us, to_us); };
  const Result<ClipPlan> plan = co_await on_disk(look);
  if (!plan) co_return std::unexpected(plan.error());
  RecordingClip clip{.name = plan->name,
                     .path = plan->path,
                     .from_us = plan->range.from_us,
                     .to_us = plan->range.to_us};
  if (plan->made) co_return clip;

  if (clips_waiting_.fetch_add(1) >= settings_.clips_waiting_max) {
    --clips_waiting_;
    co_return fail(ErrorKind::unavailable, "clips-waiting", "Too many clips are being made.");
  }
  auto make = [this, plan = *plan](auto done) {
    --clips_waiting_;
    if (!running_) return done(stopping());
    done(record::make_clip(plan.section_path, plan.range, plan.path));
  };
  const auto made = co_await on_thread_of<Result<void>>(clip_io_, std::move(make));
  if (!made) co_return std::unexpected(made.error());
  if (!running_) co_return stopping();
  auto count = [show, plan = *plan](auto& library) -> Result<void> {
    library.clip_made(show, plan);
    return {};
  };
  const auto counted = co_await on_disk(std::move(count));
  if (!counted) co_return std::unexpected(counted.error());
  co_return clip;
}

asio::awaitable<Result<std::string>> DiskRecordings::clip_file(ShowId show, std::string name) {
  if (!running_) co_return stopping();
  auto find = [show, name = std::move(name)](auto& library) {
    return library.clip_path(show, name);
  };
  co_return co_await on_disk(std::move(find));
}

asio::awaitable<Result<void>> DiskRecordings::remove(ShowId show) {
  if (!running_) co_return stopping();
  auto remove = [show](auto& library) -> Result<void> {
    const auto summary = library.summary(show);
    if (!summary) return std::unexpected(summary.error());
    if (summary->live) {
      return fail(ErrorKind::conflict, "recording-live", "The show is still being recorded.");
    }
    library.remove(show, RecordingEvent::Kind::removed);
    return {};
  };
  co_return co_await on_disk(remove);
}

RecordingFigures DiskRecordings::figures() const {
  return {.bytes = stored_bytes_,
          .queued_bytes = queued_bytes_,
          .fragments = fragments_,
          .fragments_dropped = dropped_};
}

}  // namespace

std::unique_ptr<Recordings> Recordings::create(RecordSettings settings, const Clock& clock,
                                               record::Disk* disk) {
  return std::make_unique<DiskRecordings>(std::move(settings), clock, disk);
}

}  // namespace geili::media
