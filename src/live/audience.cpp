#include "live/audience.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <boost/asio/post.hpp>

namespace geili::live {

Audience::~Audience() {
  for (const auto& sink : viewers_) {
    sink->audience_ = nullptr;
    sink->stage_ = ViewerSink::Stage::left;
  }
}

void Audience::add(Item item) {
  items_.push_back(std::move(item));
  if (!std::exchange(is_running_, true)) run();
}

void Audience::run() {
  std::size_t budget = settings_.offers_per_turn;
  while (!items_.empty() && budget > 0) {
    Item& item = items_.front();
    const bool done = std::visit([&](auto& work_item) { return work(work_item, budget); }, item);
    if (done) items_.pop_front();
  }
  leaving_.clear();
  is_running_ = !items_.empty();
  if (is_running_) {
    boost::asio::post(settings_.executor, [self = shared_from_this()] { self->run(); });
  }
}

bool Audience::work(Tell& tell, std::size_t& budget) {
  std::uint64_t taken = 0;
  while (told_ < viewers_.size() && budget > 0) {
    --budget;
    ViewerSink* const sink = viewers_[told_].get();
    const bool is_taken = sink->offer(tell.frame);
    taken += is_taken ? 1 : 0;
    if (sink->stage_ == ViewerSink::Stage::left) continue;  // it left inside offer()
    if (is_taken) {
      ++told_;
    } else {
      cast_out(told_, CloseReason::too_slow);
    }
  }
  settings_.counters->deliveries.fetch_add(taken, std::memory_order_relaxed);
  if (told_ < viewers_.size()) return false;
  told_ = 0;
  settings_.unfinished->fetch_sub(1, std::memory_order_release);
  return true;
}

bool Audience::work(Admit& admit, std::size_t& budget) {
  ViewerSink& sink = *admit.sink;
  if (sink.stage_ == ViewerSink::Stage::left) {
    settings_.on_left();
    return true;
  }
  assert(sink.stage_ == ViewerSink::Stage::joining);
  sink.stage_ = ViewerSink::Stage::watching;
  sink.audience_ = this;
  sink.slot_ = static_cast<std::uint32_t>(viewers_.size());
  viewers_.push_back(std::move(admit.sink));
  settings_.counters->viewers.fetch_add(1, std::memory_order_relaxed);
  for (const Frame& frame : admit.first) {
    budget -= std::min<std::size_t>(budget, 1);
    const bool is_taken = sink.offer(frame);
    if (sink.stage_ == ViewerSink::Stage::left) return true;
    if (!is_taken) {
      cast_out(sink.slot_, CloseReason::too_slow);
      return true;
    }
    settings_.counters->deliveries.fetch_add(1, std::memory_order_relaxed);
  }
  return true;
}

bool Audience::work(CloseAll& close_all, std::size_t& budget) {
  while (!viewers_.empty() && budget > 0) {
    --budget;
    cast_out(viewers_.size() - 1, close_all.reason);
  }
  return viewers_.empty();
}

void Audience::leave(ViewerSink& sink) {
  assert(sink.audience_ == this && viewers_[sink.slot_].get() == &sink);
  auto kept = take_out(sink.slot_);
  if (is_running_) leaving_.push_back(std::move(kept));
}

void Audience::cast_out(std::size_t slot, CloseReason reason) {
  const auto sink = take_out(slot);
  if (reason == CloseReason::too_slow) {
    settings_.counters->too_slow.fetch_add(1, std::memory_order_relaxed);
  }
  sink->close(reason);
}

// Fills the gap so that those who were told stay in front of those who were not.
std::shared_ptr<ViewerSink> Audience::take_out(std::size_t slot) {
  auto taken = std::move(viewers_[slot]);
  const auto fill = [&](std::size_t from) {
    if (from == slot) return;
    viewers_[slot] = std::move(viewers_[from]);
    viewers_[slot]->slot_ = static_cast<std::uint32_t>(slot);
    slot = from;
  };
  if (slot < told_) fill(--told_);
  fill(viewers_.size() - 1);
  viewers_.pop_back();
  taken->audience_ = nullptr;
  taken->stage_ = ViewerSink::Stage::left;
  settings_.counters->viewers.fetch_sub(1, std::memory_order_relaxed);
  settings_.on_left();
  return taken;
}

}  // namespace geili::live
