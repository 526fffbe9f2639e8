#pragma once
// Answers that are the same for everybody who asks alike, given again from memory until a commit
// changes what they rest on: a show page that ten thousand open at once costs a few reads.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "net/http.hpp"
#include "store/database.hpp"

namespace geili::api {

// For whom an answer is the same.
enum class SameFor : std::uint8_t {
  nobody,
  visitors,  // who bring no session
  everybody,
};

// Thread-safe: each io thread has its own, so that none waits for another.
class KeptAnswers {
 public:
  // What rests on the clock or on rooms is as old as this at most.
  static constexpr std::chrono::milliseconds kAgeMax{250};
  static constexpr std::size_t kBodyBytesMax = 128 * 1024;
  static constexpr std::size_t kAnswersMax = 2'048;  // of a thread

  // `database` outlives it.
  explicit KeptAnswers(const store::Database& database);

  using Moment = std::chrono::steady_clock::time_point;
  // None when there is none, it is too old, or what it rests on has changed.
  std::optional<net::Response> find(const std::string& name, Moment now);
  // The answer to keep is that of a read with this mark (store::Tx::read_mark); without a mark, or
  // when it is no success, it is passed through and not kept.
  net::Response keep(const std::string& name, const std::optional<store::ReadMark>& mark,
                     net::Response response, Moment now);

  struct Figures {
    std::uint64_t given_again = 0;
    std::uint64_t read = 0;
  };
  Figures figures() const { return {given_again_, read_}; }

 private:
  const store::Database& database_;
  const std::uint64_t number_;  // of this object among all there ever were
  std::atomic<std::uint64_t> given_again_ = 0;
  std::atomic<std::uint64_t> read_ = 0;
};

// What a request asks, as a name for its answer; none when that is not to be kept, or nothing is
// (`answers` is null).
std::optional<std::string> name_of(const KeptAnswers* answers, const net::Request& request,
                                   SameFor same_for);

struct KeptAnswer {
  std::optional<std::string> name;     // under which the answer is to be kept
  std::optional<net::Response> known;  // what was kept of it
};
KeptAnswer ask_kept(KeptAnswers* answers, const net::Request& request, SameFor same_for);

}  // namespace geili::api
