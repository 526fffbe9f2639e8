#include "media/testing/impairment/link.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace geili::media::testing {

// The two directions lose by numbers of their own.
Link::Link(boost::asio::io_context& io, std::uint64_t seed, const LinkSettings& settings)
    : up_(io, seed * 2, settings.up), down_(io, seed * 2 + 1, settings.down) {
  set(settings);
}

void Link::set(const LinkSettings& settings) {
  up_.line.set(settings.up);
  down_.line.set(settings.down);
  cut_ = settings.cut;
  for (Way* each : {&up_, &down_}) each->line.cut_datagrams(is_cut(Transport::udp));
  resume_all();
}

LinkSettings Link::settings() const {
  return {up_.line.settings(), down_.line.settings(), cut_};
}

bool Link::is_cut(Transport transport) const {
  return cut_ == Cut::all || cut_ == (transport == Transport::udp ? Cut::udp : Cut::tcp);
}

std::chrono::microseconds Link::round_trip() const {
  return std::chrono::milliseconds(up_.line.settings().delay_ms + down_.line.settings().delay_ms);
}

std::uint64_t Link::join(Flow& flow) {
  flows_.emplace(next_number_, &flow);
  return next_number_++;
}

void Link::send(Direction direction, Parcel datagram) {
  way(direction).line.send(std::move(datagram), now());
  arm(direction);
}

void Link::send_stream(Direction direction, Parcel segment, Line::StreamPlace& place) {
  way(direction).line.send_stream(std::move(segment), place, round_trip(), now());
  arm(direction);
}

void Link::arm(Direction direction) {
  Way& to = way(direction);
  const auto due = to.line.next();
  if (!due || to.armed_for == due) return;
  to.armed_for = due;
  to.timer.expires_after(std::max(std::chrono::microseconds(0), *due - now()));
  to.timer.async_wait([this, direction](boost::system::error_code failed) {
    if (!failed) deliver(direction);
  });
}

void Link::deliver(Direction direction) {
  Way& from = way(direction);
  from.armed_for.reset();
  while (auto parcel = from.line.pop(now())) {
    const auto flow = flows_.find(parcel->flow);
    if (flow != flows_.end()) flow->second->deliver(direction, std::move(*parcel));
  }
  arm(direction);
  resume_all();
}

void Link::resume_all() {
  // One that resumes may find its peer gone, and leave.
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, flow] : flows_) numbers.push_back(number);
  for (const std::uint64_t number : numbers) {
    const auto flow = flows_.find(number);
    if (flow != flows_.end()) flow->second->resume();
  }
}

}  // namespace geili::media::testing
