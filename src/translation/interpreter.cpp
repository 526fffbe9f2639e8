#include "translation/interpreter.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

namespace geili::translation {
namespace {

constexpr std::int64_t kBusyRetry_s = 2;

std::unexpected<Error> unavailable(std::int64_t retry_after_s) {
  return fail(Error::make(ErrorKind::unavailable, "translation-unavailable",
                          "Nothing is translated at the moment.")
                  .with("retry_after_s", std::max(kBusyRetry_s, retry_after_s)));
}

// How long the server asks to be left alone.
std::chrono::seconds asked_pause(const Error& error) {
  for (const auto& [name, value] : error.figures) {
    if (name == "retry_after_s") return std::chrono::seconds(value);
  }
  return std::chrono::seconds(0);
}

}  // namespace

Interpreter::Interpreter(std::unique_ptr<Translator> translator,
                         std::unique_ptr<Transport> transport,
                         boost::asio::any_io_executor executor, const Clock& clock, Paused paused,
                         InterpreterLimits limits)
    : translator_(std::move(translator)),
      executor_(std::move(executor)),
      clock_(clock),
      paused_(std::move(paused)),
      limits_(limits),
      transport_(std::move(transport)) {}

std::string Interpreter::key_of(const Wording& wording) {
  return wording.from + ' ' + wording.to + ' ' + wording.text;
}

void Interpreter::translate(Wording wording, Done done) {
  boost::asio::post(executor_,
                    [this, wording = std::move(wording), done = std::move(done)]() mutable {
                      take(std::move(wording), std::move(done));
                    });
}

void Interpreter::take(Wording wording, Done done) {
  const std::string key = key_of(wording);
  if (const Translation* known = find_kept(key)) {
    ++counts_.remembered;
    return done(*known);
  }
  const auto job = jobs_.find(key);
  const bool is_new = job == jobs_.end();
  if (pause_left_s() > 0 || askers_ >= limits_.askers_max ||
      (is_new && waiting_.size() >= limits_.waiting_max)) {
    return done(unavailable(pause_left_s()));
  }
  ++askers_;
  if (!is_new) return job->second.askers.push_back(std::move(done));
  Job made{.wording = std::move(wording), .askers = {}, .asked_at = clock_.now()};
  made.askers.push_back(std::move(done));
  jobs_.emplace(key, std::move(made));
  waiting_.push_back(key);
  begin_waiting();
}

void Interpreter::answered(const std::string& key, const HttpAnswer& answer) {
  --under_way_;
  const Result<Translation> read = translator_->read(jobs_.at(key).wording, answer);
  if (read) {
    failures_ = 0;
    keep(key, *read);
    end(key, read);
  } else if (read.error().code == "translation-language") {
    failures_ = 0;  // it answers, and knows what it can
    end(key, read);
  } else {
    note_failure(read.error());
    end(key, unavailable(pause_left_s()));
  }
  begin_waiting();
}

InterpreterFigures Interpreter::figures() const {
  return {.calls = counts_.calls,
          .failures = counts_.failures,
          .remembered = counts_.remembered,
          .is_paused = pause_left_s() > 0};
}

// After a pause one call tries whether the server is well again.
std::size_t Interpreter::calls_allowed() const {
  return failures_ >= limits_.failures_max ? 1 : limits_.calls_max;
}

std::int64_t Interpreter::pause_left_s() const {
  const auto left = Instant{counts_.paused_until_us} - clock_.now();
  return std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(left).count());
}

void Interpreter::begin(const std::string& key) {
  ++under_way_;
  ++counts_.calls;
  transport_->send(translator_->build(jobs_.at(key).wording), [this, key](HttpAnswer answer) {
    boost::asio::post(executor_,
                      [this, key, answer = std::move(answer)] { answered(key, answer); });
  });
}

void Interpreter::begin_waiting() {
  const std::int64_t pause_s = pause_left_s();
  while (!waiting_.empty()) {
    const std::string key = waiting_.front();
    const bool is_late = clock_.now() - jobs_.at(key).asked_at > limits_.wait_max;
    const bool is_given_up = pause_s > 0 || is_late;
    if (!is_given_up && under_way_ >= calls_allowed()) return;
    waiting_.pop_front();
    if (is_given_up) {
      end(key, unavailable(pause_s));
    } else {
      begin(key);
    }
  }
}

void Interpreter::end(const std::string& key, const Result<Translation>& result) {
  const auto job = jobs_.extract(key);
  askers_ -= job.mapped().askers.size();
  for (const Done& done : job.mapped().askers) done(result);
}

void Interpreter::note_failure(const Error& error) {
  ++counts_.failures;
  ++failures_;
  // A key that is wrong stays wrong, and who asks to be left alone is.
  const auto asked = asked_pause(error);
  const bool is_final = error.code == "translation-refused" || asked.count() > 0;
  if (is_final) failures_ = std::max(failures_, limits_.failures_max);
  if (failures_ < limits_.failures_max) return;
  const bool was_paused = pause_left_s() > 0;
  const Instant until = clock_.now() + std::clamp(asked, limits_.pause, limits_.pause_max);
  counts_.paused_until_us = std::max(counts_.paused_until_us.load(), until.us);
  if (!was_paused && paused_) paused_(error.code);
}

void Interpreter::keep(const std::string& key, const Translation& translation) {
  kept_.push_front({key, translation});
  by_key_[kept_.front().key] = kept_.begin();
  if (kept_.size() <= limits_.kept_max) return;
  by_key_.erase(kept_.back().key);
  kept_.pop_back();
}

const Translation* Interpreter::find_kept(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found->second);
  return &found->second->translation;
}

}  // namespace geili::translation
