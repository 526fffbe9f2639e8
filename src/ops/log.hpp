#pragma once
// A structured log: an event named in plain words and fields with names. JSON, one object a line,
// or a readable form on a terminal. Records pass through a bounded queue to one writing thread;
// when the disk cannot keep up the oldest are dropped and counted, and no caller ever waits.
//
// Nothing personal belongs in a field: no name, phone number, address, chat text or token. An
// address of a connection is logged by address_tag(). Secret<T> is not a field.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"

namespace geili::ops {

enum class LogLevel : std::uint8_t { trace, debug, info, warn, error };
enum class LogFormat : std::uint8_t { json, text };

// Lives only for the call that it is an argument of.
class LogField {
 public:
  LogField(std::string_view name, std::string_view text) : name(name), value(text) {}
  LogField(std::string_view name, const char* text) : name(name), value(std::string_view(text)) {}
  LogField(std::string_view name, const std::string& text)
      : name(name), value(std::string_view(text)) {}
  LogField(std::string_view name, std::same_as<bool> auto truth) : name(name), value(truth) {}
  LogField(std::string_view name, std::integral auto number)
    requires(!std::same_as<decltype(number), bool>)
      : name(name), value(static_cast<std::int64_t>(number)) {}
  LogField(std::string_view name, double number) : name(name), value(number) {}

  std::string_view name;
  std::variant<std::string_view, std::int64_t, bool, double> value;
};

using LogFields = std::initializer_list<LogField>;

struct LogSettings {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::json;
  std::size_t queue_records_max = 8'192;
  std::string file;  // empty: standard error
};

// Thread-safe; no call blocks or throws. The destructor writes what is queued.
class Log {
 public:
  Log(LogSettings settings, const Clock& clock);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void trace(std::string_view event, LogFields fields = {}) const {
    write(LogLevel::trace, event, fields);
  }
  void debug(std::string_view event, LogFields fields = {}) const {
    write(LogLevel::debug, event, fields);
  }
  void info(std::string_view event, LogFields fields = {}) const {
    write(LogLevel::info, event, fields);
  }
  void warn(std::string_view event, LogFields fields = {}) const {
    write(LogLevel::warn, event, fields);
  }
  void error(std::string_view event, LogFields fields = {}) const {
    write(LogLevel::error, event, fields);
  }

  void write(LogLevel level, std::string_view event, LogFields fields) const;

  // Records that were dropped because the queue was full; a figure of /metrics.
  std::uint64_t dropped_count() const;

 private:
  struct Sink;
  LogSettings settings_;
  const Clock& clock_;
  std::unique_ptr<Sink> sink_;
};

// The words of log.level and log.format as load_config let them through; "auto" is text when
// standard error is a terminal.
LogLevel log_level(std::string_view word);
LogFormat log_format(std::string_view word);

// One line without its end. Texts are cut at 1,000 bytes; what is not UTF-8 or would break the line
// is escaped.
std::string format_record(LogFormat format, Instant at, LogLevel level, std::string_view event,
                          LogFields fields);

// A short name for a network address that tells two visitors apart until the program ends, and
// cannot be turned back: a keyed hash whose key is made at the start and never stored.
std::string address_tag(std::string_view address);

}  // namespace geili::ops
