#include "media/testing/webrtc_client/client_loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geili::media::testing {
namespace {

constexpr std::size_t kControlBytes = 96;
constexpr unsigned kLookEveryUs = 1'000;

struct Arrival {
  Instant at;
  std::size_t segment_bytes = 0;  // 0: one datagram
};

Arrival read_control(msghdr& message, Instant now) {
  Arrival arrival{now, 0};
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) {
      timespec time{};
      std::memcpy(&time, CMSG_DATA(part), sizeof(time));
      arrival.at = {static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1'000};
    } else if (part->cmsg_level == SOL_UDP && part->cmsg_type == UDP_GRO) {
      int bytes = 0;
      std::memcpy(&bytes, CMSG_DATA(part), sizeof(bytes));
      arrival.segment_bytes = static_cast<std::size_t>(bytes);
    }
  }
  return arrival;
}

}  // namespace

ClientLoop::ClientLoop(Wait wait) : wait_(wait), buffer_(kMessages * kMessageBytesMax) {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

ClientLoop::~ClientLoop() {
  ::close(epoll_);
}

void ClientLoop::add(Member& member) {
  members_.push_back(&member);
}

void ClientLoop::remove(Member& member) {
  std::ranges::replace(members_, &member, nullptr);
  has_holes_ = true;
}

void ClientLoop::watch(int fd, Member& member) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &member;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0)
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void ClientLoop::unwatch(int fd) {
  (void)epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
}

void ClientLoop::turn() {
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms());
  const Instant woken = now();
  for (int i = 0; i < count; ++i) {
    auto* const member = static_cast<Member*>(events[static_cast<std::size_t>(i)].data.ptr);
    // One that was removed by another of this turn has closed its socket, but its event may be
    // here.
    if (!has_holes_ || std::ranges::find(members_, member) != members_.end()) {
      member->on_ready(woken);
    }
  }
  if (woken >= next_timers_) turn_timers(woken);
  // Less than all that may be taken at once: there is nothing more.
  if (wait_ == Wait::looking && count < static_cast<int>(events.size())) ::usleep(kLookEveryUs);
}

int ClientLoop::wait_ms() const {
  if (wait_ == Wait::looking) return 0;
  const std::int64_t wait_us = std::max<std::int64_t>(0, next_timers_.us - now().us);
  return static_cast<int>((wait_us + 999) / 1'000);
}

void ClientLoop::turn_timers(Instant now) {
  next_timers_ = now + kTick;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    Member* const member = members_[i];
    if (member != nullptr && member->timer_at_ <= now) member->on_timer(now);
  }
  if (has_holes_) std::erase(members_, nullptr);
  has_holes_ = false;
}

void ClientLoop::run_for(std::chrono::milliseconds time) {
  const Instant end = now() + time;
  while (now() < end) turn();
}

void ClientLoop::receive(int fd, Instant now, const Each& each) {
  std::array<mmsghdr, kMessages> messages{};
  std::array<iovec, kMessages> vectors;
  std::array<sockaddr_storage, kMessages> from;
  alignas(cmsghdr) std::array<std::array<char, kControlBytes>, kMessages> control;
  for (std::size_t i = 0; i < kMessages; ++i) {
    vectors[i] = {&buffer_[i * kMessageBytesMax], kMessageBytesMax};
    msghdr& header = messages[i].msg_hdr;
    header.msg_iov = &vectors[i];
    header.msg_iovlen = 1;
    header.msg_name = &from[i];
    header.msg_namelen = sizeof(from[i]);
    header.msg_control = control[i].data();
    header.msg_controllen = kControlBytes;
  }
  const int count = recvmmsg(fd, messages.data(), kMessages, MSG_DONTWAIT, nullptr);
  for (int i = 0; i < count; ++i) {
    mmsghdr& message = messages[static_cast<std::size_t>(i)];
    const Arrival arrival = read_control(message.msg_hdr, now);
    std::span<std::byte> rest(&buffer_[static_cast<std::size_t>(i) * kMessageBytesMax],
                              message.msg_len);
    const std::size_t step = arrival.segment_bytes == 0 ? rest.size() : arrival.segment_bytes;
    while (!rest.empty()) {
      const auto datagram = rest.first(std::min(step, rest.size()));
      rest = rest.subspan(datagram.size());
      each(datagram, message.msg_hdr.msg_name, arrival.at);
    }
  }
}

}  // namespace geili::media::testing
