#pragma once
// Many coarse deadlines for one thread: a hashed wheel of intrusive lists. Arming and disarming are
// O(1), and moving a deadline later (every request does) only writes a number: the entry is moved
// when its old slot comes round.

#include <array>
#include <cstddef>
#include <cstdint>

namespace geili::net {

struct TimerLink {
  TimerLink* before = nullptr;
  TimerLink* after = nullptr;
};

// Belongs to one wheel; disarm it before it is destroyed.
class TimerEntry : private TimerLink {
 public:
  bool is_armed() const { return deadline_tick_ != 0; }

 private:
  friend class TimerWheel;
  std::uint32_t slot_tick_ = 0;
  std::uint32_t deadline_tick_ = 0;  // 0: not armed
};

class TimerWheel {
 public:
  TimerWheel() {
    for (TimerLink& head : slots_) head.before = head.after = &head;
  }
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // Expires `ticks` from now, at least one.
  void arm(TimerEntry& entry, std::uint32_t ticks) {
    entry.deadline_tick_ = now_tick_ + (ticks == 0 ? 1 : ticks);
    const bool is_linked = entry.before != nullptr;
    if (is_linked && entry.slot_tick_ <= entry.deadline_tick_) return;
    if (is_linked) unlink(entry);
    link(entry);
  }

  void disarm(TimerEntry& entry) {
    if (entry.before != nullptr) unlink(entry);
    entry.deadline_tick_ = 0;
  }

  // One tick on. `expired(TimerEntry&)` is called for each entry that is due, already disarmed; it
  // may arm and disarm any entry.
  template <class Expired>
  void advance(Expired expired) {
    ++now_tick_;
    TimerLink& head = slots_[now_tick_ % kSlots];
    TimerLink due;
    if (head.after == &head) return;
    due.after = head.after;
    due.before = head.before;
    due.after->before = due.before->after = &due;
    head.before = head.after = &head;
    while (due.after != &due) {
      TimerEntry& entry = *static_cast<TimerEntry*>(due.after);
      unlink(entry);
      if (entry.deadline_tick_ > now_tick_) {
        link(entry);
        continue;
      }
      entry.deadline_tick_ = 0;
      expired(entry);
    }
  }

 private:
  static constexpr std::size_t kSlots = 1024;

  // A deadline beyond one turn waits in the last slot of this turn and is linked again there.
  void link(TimerEntry& entry) {
    std::uint32_t ticks = entry.deadline_tick_ - now_tick_;
    if (ticks >= kSlots) ticks = kSlots - 1;
    entry.slot_tick_ = now_tick_ + ticks;
    TimerLink& head = slots_[entry.slot_tick_ % kSlots];
    entry.before = head.before;
    entry.after = &head;
    head.before->after = &entry;
    head.before = &entry;
  }

  static void unlink(TimerEntry& entry) {
    entry.before->after = entry.after;
    entry.after->before = entry.before;
    entry.before = entry.after = nullptr;
  }

  std::uint32_t now_tick_ = 1;  // 2^32 ticks of 50 ms are 6.8 years
  std::array<TimerLink, kSlots> slots_;
};

}  // namespace geili::net
