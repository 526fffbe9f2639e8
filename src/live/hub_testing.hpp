#pragma once
// For tests of the Hub: threads that a test turns by hand, and a viewer that checks what it is
// sent.

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "live/hub.hpp"

namespace geili::live {

// Stands for `count` io threads. All run on the caller's thread, one handler at a time, in an order
// drawn from a seed: what real threads could do, repeatable.
class Loops {
 public:
  Loops(std::size_t count, unsigned seed) : random_(seed) {
    for (std::size_t i = 0; i < count; ++i) {
      contexts_.push_back(std::make_unique<boost::asio::io_context>(1));
    }
  }
  std::vector<boost::asio::any_io_executor> executors() {
    std::vector<boost::asio::any_io_executor> executors;
    for (const auto& context : contexts_) executors.push_back(context->get_executor());
    return executors;
  }
  // Runs one handler somewhere; false when none is ready.
  bool turn() {
    const std::size_t first = random_() % contexts_.size();
    for (std::size_t i = 0; i < contexts_.size(); ++i) {
      boost::asio::io_context& context = *contexts_[(first + i) % contexts_.size()];
      context.restart();
      if (context.poll_one() > 0) return true;
    }
    return false;
  }
  void settle() {
    while (turn()) {
    }
  }

 private:
  std::mt19937 random_;
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
};

// What a page knows of the room, kept over reconnections.
struct Page {
  std::string epoch;
  std::optional<std::int64_t> seq;       // the newest event it has
  std::vector<std::int64_t> event_seqs;  // in the order told
  std::vector<std::string> event_types;
  std::optional<std::int64_t> viewers, hearts, sold;
  std::vector<std::pair<std::string, std::int64_t>> stock;
  int snapshots = 0;
  std::uint64_t frames = 0;
};

// A connection of a page: takes frames into a bounded queue and reads them when told to.
class PageSink final : public ViewerSink {
 public:
  PageSink(std::shared_ptr<Page> page, std::size_t queue_frames_max)
      : page_(std::move(page)), queue_frames_max_(queue_frames_max) {}

  bool offer(const Frame& frame) override {
    EXPECT_FALSE(closed) << "offered after close";
    if (queue_.size() >= queue_frames_max_) return false;
    queue_.push_back(frame);
    return true;
  }
  void close(CloseReason reason) override {
    EXPECT_FALSE(closed) << "closed twice";
    closed = reason;
  }
  // Reads up to `count` frames into the page.
  void read(std::size_t count = SIZE_MAX) {
    for (; count > 0 && !queue_.empty(); --count) {
      take(boost::json::parse(*queue_.front()).as_object());
      queue_.pop_front();
    }
  }
  std::size_t queued() const { return queue_.size(); }

  std::optional<CloseReason> closed;
  std::deque<Frame> queue_;

 private:
  void take(const boost::json::object& frame) {
    ++page_->frames;
    if (const auto* snapshot = frame.if_contains("snapshot")) {
      ++page_->snapshots;
      page_->epoch = snapshot->at("epoch").as_string().c_str();
      page_->seq = snapshot->at("seq").as_int64();
      page_->stock.clear();
    } else {
      EXPECT_TRUE(page_->seq) << "the first frame of a new page is a snapshot";
    }
    if (const auto* events = frame.if_contains("events")) {
      for (const auto& event : events->as_array()) {
        const std::int64_t seq = event.at("seq").as_int64();
        EXPECT_EQ(seq, *page_->seq + 1) << "a gap or a duplicate";
        page_->seq = seq;
        page_->event_seqs.push_back(seq);
        page_->event_types.emplace_back(event.at("type").as_string().c_str());
      }
    }
    if (const auto* state = frame.if_contains("state")) take_state(state->as_object());
  }
  void take_state(const boost::json::object& state) {
    if (const auto* value = state.if_contains("viewers")) page_->viewers = value->as_int64();
    if (const auto* value = state.if_contains("hearts")) page_->hearts = value->as_int64();
    if (const auto* value = state.if_contains("sold")) page_->sold = value->as_int64();
    if (const auto* levels = state.if_contains("stock")) {
      for (const auto& level : levels->as_array()) {
        const std::string id = level.at("product_id").as_string().c_str();
        std::erase_if(page_->stock, [&](const auto& known) { return known.first == id; });
        page_->stock.emplace_back(id, level.at("available").as_int64());
      }
    }
  }

  std::shared_ptr<Page> page_;
  std::size_t queue_frames_max_;
};

}  // namespace geili::live
