#include "media/video/rendition.hpp"

#include <atomic>
#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media::video {
namespace {

// Sound goes on while the threads are stuck; behind it nothing more is kept.
constexpr std::size_t kSlotsMax = 4'096;

}  // namespace

// What the threads touch. It outlives the rendition by the jobs under way.
struct Rendition::Work {
  Work(const Form& form, PictureWorker::Queue jobs) : queue(std::move(jobs)), transcoder(form) {}

  PictureWorker::Queue queue;
  std::atomic<bool> is_cancelled = false;
  std::atomic<bool> key_wanted = false;
  Transcoder transcoder;  // touched by the queue's jobs alone
};

std::shared_ptr<Rendition> Rendition::create(const Form& form, PictureWorker& worker, Io media,
                                             Deliver deliver) {
  auto work = std::make_shared<Work>(form, worker.make_queue());
  return std::shared_ptr<Rendition>(
      new Rendition(std::move(work), worker.figures(), std::move(media), std::move(deliver)));
}

Rendition::Rendition(std::shared_ptr<Work> work, PictureFigures& all, Io media, Deliver deliver)
    : work_(std::move(work)), all_(all), media_(std::move(media)), deliver_(std::move(deliver)) {}

Rendition::~Rendition() {
  work_->is_cancelled = true;
}

bool Rendition::is_late(const Unit& unit) {
  const std::size_t waiting_max = is_first_group_ ? kFirstGroupMax : kWaitingMax;
  if (waits_for_key_) {
    // Room for the group that begins here, not for its first pictures alone.
    waits_for_key_ = !unit.keyframe || waiting_ > waiting_max / 2;
  } else {
    waits_for_key_ = waiting_ >= waiting_max;
  }
  return waits_for_key_;
}

void Rendition::convert(UnitPtr unit) {
  if (is_late(*unit) || slots_.size() >= kSlotsMax) {
    ++figures_.dropped;
    ++all_.dropped;
    return;
  }
  submit([unit = std::move(unit)](Transcoder& transcoder, std::vector<UnitPtr>& out) {
    transcoder.push(*unit, out);
  });
}

void Rendition::pass(const StreamItem& item) {
  const bool is_pause = std::holds_alternative<Pause>(item);
  if (is_pause) {
    waits_for_key_ = false;
    submit([](Transcoder& transcoder, std::vector<UnitPtr>& out) { transcoder.finish(out); });
  }
  if (!is_pause && slots_.size() >= kSlotsMax) return;
  slots_.push_back({.is_done = true, .items = {item}});
  drain();
}

void Rendition::want_key_frame() {
  work_->key_wanted = true;
}

void Rendition::submit(Job job) {
  slots_.emplace_back();
  ++waiting_;
  work_->queue.post([work = work_, job = std::move(job), media = media_, weak = weak_from_this()] {
    if (work->is_cancelled) return;
    if (work->key_wanted.exchange(false)) work->transcoder.want_key_frame();
    auto made = std::make_shared<Made>();
    job(work->transcoder, made->units);
    made->figures = work->transcoder.figures();
    boost::asio::post(*media, [weak, made] {
      if (const auto self = weak.lock()) self->done(std::move(*made));
    });
  });
}

void Rendition::done(Made made) {
  // Jobs end in the order in which they were given.
  while (slots_[next_job_].is_done) ++next_job_;
  Slot& slot = slots_[next_job_];
  slot.is_done = true;
  for (UnitPtr& unit : made.units) slot.items.emplace_back(std::move(unit));
  --waiting_;
  if (waiting_ == 0) is_first_group_ = false;
  all_.made += made.figures.pictures - figures_.pictures;
  figures_.pictures = made.figures.pictures;
  figures_.damaged = made.figures.damaged;
  drain();
}

void Rendition::drain() {
  // A reader that is woken may give something in at once.
  if (std::exchange(is_draining_, true)) return;
  const auto self = shared_from_this();
  while (!slots_.empty() && slots_.front().is_done) {
    const Slot slot = std::move(slots_.front());
    slots_.pop_front();
    if (next_job_ > 0) --next_job_;
    for (const StreamItem& item : slot.items) deliver_(item);
  }
  is_draining_ = false;
}

}  // namespace geili::media::video
