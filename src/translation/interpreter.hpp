#pragma once
// Has wordings translated by a server, and spares it: what was asked is remembered, what many ask
// at once is asked once, only so many calls are under way, and a server that fails is left alone
// for a time.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "base/clock.hpp"
#include "base/http_call.hpp"
#include "base/result.hpp"
#include "translation/translator.hpp"

namespace geili::translation {

struct InterpreterLimits {
  std::size_t calls_max = 8;        // under way
  std::size_t waiting_max = 64;     // wordings that wait for a call
  std::size_t askers_max = 20'000;  // of all that wait or are under way
  std::size_t kept_max = 4'096;     // translations that are remembered; the oldest use goes
  int failures_max = 3;             // in a row, and the server is left alone
  std::chrono::seconds pause{30};   // for so long, or as long as it asks for
  std::chrono::seconds pause_max{300};
  std::chrono::seconds wait_max{4};  // for a call; then it is not worth one any more
};

struct InterpreterFigures {
  std::uint64_t calls = 0;
  std::uint64_t failures = 0;  // of calls
  std::uint64_t remembered = 0;
  bool is_paused = false;
};

// Its state belongs to one executor. Destroy it when that runs no more, and before it is destroyed.
class Interpreter {
 public:
  using Done = std::function<void(Result<Translation>)>;
  // A code of Translator::read, when the server is left alone because of it. On the executor.
  using Paused = std::function<void(std::string_view code)>;

  // `clock` outlives it; `executor` runs its handlers one at a time.
  Interpreter(std::unique_ptr<Translator> translator, std::unique_ptr<Transport> transport,
              boost::asio::any_io_executor executor, const Clock& clock, Paused paused = {},
              InterpreterLimits limits = {});
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // Any thread. `done` is called once on the executor, and must not block; never when it runs no
  // more. Fails with translation-language, translation-unavailable (retry_after_s).
  void translate(Wording wording, Done done);

  InterpreterFigures figures() const;  // any thread

 private:
  struct Job {
    Wording wording;
    std::vector<Done> askers;
    Instant asked_at;
  };
  struct Kept {
    std::string key;
    Translation translation;
  };
  struct Counts {
    std::atomic<std::uint64_t> calls = 0;
    std::atomic<std::uint64_t> failures = 0;
    std::atomic<std::uint64_t> remembered = 0;
    std::atomic<std::int64_t> paused_until_us = 0;
  };

  static std::string key_of(const Wording& wording);
  void take(Wording wording, Done done);
  void answered(const std::string& key, const HttpAnswer& answer);

  std::size_t calls_allowed() const;
  std::int64_t pause_left_s() const;
  void begin(const std::string& key);
  void begin_waiting();
  void end(const std::string& key, const Result<Translation>& result);
  void note_failure(const Error& error);
  void keep(const std::string& key, const Translation& translation);
  const Translation* find_kept(const std::string& key);

  const std::unique_ptr<Translator> translator_;
  const boost::asio::any_io_executor executor_;
  const Clock& clock_;
  const Paused paused_;
  const InterpreterLimits limits_;
  std::unordered_map<std::string, Job> jobs_;
  std::deque<std::string> waiting_;  // keys of jobs without a call
  std::size_t under_way_ = 0;
  std::size_t askers_ = 0;
  std::list<Kept> kept_;  // the newest use first
  std::unordered_map<std::string_view, std::list<Kept>::iterator> by_key_;
  int failures_ = 0;  // in a row
  Counts counts_;
  const std::unique_ptr<Transport> transport_;  // its thread comes back here: it goes first
};

}  // namespace geili::translation
