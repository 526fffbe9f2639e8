#pragma once
// How a store tells the operator that it broke, where whoever asked is told only to try again.

#include <cstddef>
#include <exception>
#include <functional>
#include <string_view>

namespace geili::store {

// A transaction that was lost with all of its jobs, for a fault of the disk, of the server or of
// the store itself; a job that fails alone is none.
struct LostTransaction {
  std::string_view fault;  // a sentence for the operator; lives as long as the call
  std::size_t jobs = 0;
};

// Called on the writer's thread before the jobs are answered; it neither blocks nor throws.
using OnLost = std::function<void(const LostTransaction&)>;

inline void tell_lost(const OnLost& on_lost, const std::exception_ptr& fault, std::size_t jobs) {
  if (!on_lost) return;
  try {
    std::rethrow_exception(fault);
  } catch (const std::exception& known) {
    on_lost({.fault = known.what(), .jobs = jobs});
  } catch (...) {
    on_lost({.fault = "an unknown fault", .jobs = jobs});
  }
}

}  // namespace geili::store
