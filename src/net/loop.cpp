#include "net/loop.hpp"

#include <cassert>
#include <chrono>
#include <ctime>
#include <system_error>

#include <boost/asio/post.hpp>
#include <sys/epoll.h>
#include <unistd.h>

#include "net/http_date.hpp"

namespace geili::net {
namespace {

constexpr int kEventsMax = 512;
// Ready sockets are served in a few rounds before Asio's queue gets its turn: each round saves a
// pass through Asio's own wait.
constexpr int kRoundsMax = 4;

bool control(int epoll, int what, int fd, Channel* channel) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = channel;
  return ::epoll_ctl(epoll, what, fd, &event) == 0;
}

}  // namespace

Loop::Loop() : epoll_(context_), tick_timer_(context_), stop_timer_(context_) {
  const int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  epoll_.assign(fd);
  read_clock();
}

Loop::~Loop() = default;

void Loop::run() {
  wait();
  tick_timer_.expires_after(std::chrono::milliseconds(kTimerTick_ms));
  tick();
  context_.run();
  retired_.clear();
}

void Loop::wait() {
  epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [this](const boost::system::error_code& failed) { on_wake(failed); });
}

void Loop::on_wake(const boost::system::error_code& failed) {
  if (failed) return;
  read_clock();
  for (int round = 0; round < kRoundsMax; ++round) {
    if (serve_ready() == 0) break;
  }
  wait();
}

std::size_t Loop::serve_ready() {
  std::array<epoll_event, kEventsMax> events;
  const int count = ::epoll_wait(epoll_.native_handle(), events.data(), kEventsMax, 0);
  if (count <= 0) return 0;
  is_serving_ = true;
  for (int i = 0; i < count; ++i) {
    auto* channel = static_cast<Channel*>(events[static_cast<std::size_t>(i)].data.ptr);
    channel->on_ready(events[static_cast<std::size_t>(i)].events);
  }
  is_serving_ = false;
  serve_flushes();
  retired_.clear();
  return static_cast<std::size_t>(count);
}

bool Loop::watch(std::shared_ptr<Channel> channel, int fd) {
  if (!control(epoll_.native_handle(), EPOLL_CTL_ADD, fd, channel.get())) return false;
  channel->place_ = static_cast<std::uint32_t>(channels_.size());
  channels_.push_back(std::move(channel));
  return true;
}

void Loop::forget(Channel& channel) {
  wheel_.disarm(channel);
  const std::uint32_t place = channel.place_;
  assert(place < channels_.size() && channels_[place].get() == &channel);
  retired_.push_back(std::move(channels_[place]));
  if (place + 1 != channels_.size()) {
    channels_[place] = std::move(channels_.back());
    channels_[place]->place_ = place;
  }
  channels_.pop_back();
  if (!is_serving_ && retired_.size() == 1) {
    boost::asio::post(context_, [this] { retired_.clear(); });
  }
}

void Loop::hand_over(Channel& channel, std::shared_ptr<Channel> successor, int fd) {
  forget(channel);
  const bool is_changed = control(epoll_.native_handle(), EPOLL_CTL_MOD, fd, successor.get());
  assert(is_changed);  // it is watched already: nothing new is asked of the kernel
  successor->place_ = static_cast<std::uint32_t>(channels_.size());
  channels_.push_back(std::move(successor));
}

void Loop::release(Channel& channel, int fd) {
  ::close(fd);
  forget(channel);
  leave_if_empty();
}

void Loop::flush_later(std::shared_ptr<Channel> channel) {
  to_flush_.push_back(std::move(channel));
  if (is_serving_ || is_flush_posted_) return;
  is_flush_posted_ = true;
  boost::asio::post(context_, [this] {
    is_flush_posted_ = false;
    serve_flushes();
  });
}

void Loop::serve_flushes() {
  while (!to_flush_.empty()) {
    flushing_.swap(to_flush_);
    for (const auto& channel : flushing_) channel->on_flush();
    flushing_.clear();
  }
}

void Loop::tick() {
  tick_timer_.async_wait([this](const boost::system::error_code& failed) {
    if (failed) return;
    read_clock();
    wheel_.advance([](TimerEntry& entry) { static_cast<Channel&>(entry).on_deadline(); });
    tick_timer_.expires_at(tick_timer_.expiry() + std::chrono::milliseconds(kTimerTick_ms));
    tick();
  });
}

void Loop::read_clock() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  now_ms_ = static_cast<std::uint32_t>(now.tv_sec * 1000 + now.tv_nsec / 1'000'000);
}

std::string_view Loop::http_date() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (now.tv_sec != date_s_) {
    date_s_ = now.tv_sec;
    date_ = to_http_date(now.tv_sec);
  }
  return date_;
}

void Loop::stop(unsigned grace_ms) {
  if (is_stopping_) return;
  is_stopping_ = true;
  stop_timer_.expires_after(std::chrono::milliseconds(grace_ms));
  stop_timer_.async_wait([this](const boost::system::error_code& failed) {
    if (failed) return;
    const auto all = channels_;
    for (const auto& channel : all) channel->cut();
    context_.stop();
  });
  const auto all = channels_;
  for (const auto& channel : all) channel->on_stop();
  serve_flushes();
  leave_if_empty();
}

void Loop::leave_if_empty() {
  if (!is_stopping_ || !channels_.empty()) return;
  boost::asio::post(context_, [this] { context_.stop(); });
}

}  // namespace geili::net
