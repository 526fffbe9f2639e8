#pragma once
// A value that must not be shown: a password, a token, a stream key. It has no stream operator and
// no formatter, so that writing it into a log or a message does not compile.

#include <utility>

namespace geili {

template <class T>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}

  // For the one place that needs the value itself: the comparison, the hash, the header.
  const T& reveal() const& { return value_; }
  T reveal() && { return std::move(value_); }

 private:
  T value_{};
};

}  // namespace geili
