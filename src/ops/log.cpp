#include "ops/log.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "ops/json_text.hpp"

namespace geili::ops {
namespace {

constexpr std::size_t kTextBytesMax = 1'000;
constexpr std::array<std::string_view, 5> kLevelWords{"trace", "debug", "info", "warn", "error"};

std::string_view word(LogLevel level) {
  return kLevelWords[std::to_underlying(level)];
}

std::string_view cut(std::string_view text) {
  return utf8_prefix(text, kTextBytesMax);
}

void append_value(std::string& out, const LogField& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    out += json_quoted(cut(*text));
  } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    out += fmt::format("{}", *number);
  } else if (const auto* truth = std::get_if<bool>(&field.value)) {
    out += *truth ? "true" : "false";
  } else {
    const double real = std::get<double>(field.value);
    out += real - real == 0 ? fmt::format("{:.6g}", real) : "null";
  }
}

using HashKey = std::array<unsigned char, 32>;

HashKey random_key() {
  HashKey key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("the system has no randomness");
  }
  return key;
}

}  // namespace

struct Log::Sink {
  explicit Sink(const LogSettings& settings)
      : pool(std::make_shared<spdlog::details::thread_pool>(settings.queue_records_max, 1)) {
    spdlog::sink_ptr target;
    if (settings.file.empty()) {
      target = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
      target = std::make_shared<spdlog::sinks::basic_file_sink_mt>(settings.file);
    }
    logger = std::make_shared<spdlog::async_logger>("geili", std::move(target), pool,
                                                    spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern("%v");
    logger->set_level(spdlog::level::trace);
    logger->flush_on(spdlog::level::warn);
  }
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

Log::Log(LogSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock), sink_(std::make_unique<Sink>(settings_)) {}

Log::~Log() {
  sink_->logger->flush();
}

void Log::write(LogLevel level, std::string_view event, LogFields fields) const {
  if (level < settings_.level) return;
  const auto line = format_record(settings_.format, clock_.now(), level, event, fields);
  const auto importance = level >= LogLevel::warn ? spdlog::level::warn : spdlog::level::info;
  sink_->logger->log(importance, spdlog::string_view_t(line.data(), line.size()));
}

std::uint64_t Log::dropped_count() const {
  return sink_->pool->overrun_counter();
}

LogLevel log_level(std::string_view text) {
  for (std::size_t i = 0; i < kLevelWords.size(); ++i) {
    if (kLevelWords[i] == text) return static_cast<LogLevel>(i);
  }
  return LogLevel::info;
}

LogFormat log_format(std::string_view text) {
  if (text == "text" || (text == "auto" && isatty(STDERR_FILENO) == 1)) return LogFormat::text;
  return LogFormat::json;
}

std::string format_record(LogFormat format, Instant at, LogLevel level, std::string_view event,
                          LogFields fields) {
  const auto time = to_rfc3339(at);
  std::string line;
  if (format == LogFormat::json) {
    line = fmt::format(R"({{"time":"{}","level":"{}","event":)", time, word(level));
    line += json_quoted(cut(event));
    for (const auto& field : fields) {
      line += ',';
      line += json_quoted(cut(field.name));
      line += ':';
      append_value(line, field);
    }
    line += '}';
    return line;
  }
  line = fmt::format("{} {:<5} ", std::string_view(time).substr(11, 12), word(level));
  append_json_escaped(line, cut(event));
  for (const auto& field : fields) {
    line += ' ';
    append_json_escaped(line, cut(field.name));
    line += '=';
    append_value(line, field);
  }
  return line;
}

std::string address_tag(std::string_view address) {
  static const HashKey key = random_key();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const auto bytes = as_bytes(address);
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       static_cast<const unsigned char*>(static_cast<const void*>(bytes.data())), bytes.size(),
       digest.data(), &size);
  return to_hex(std::as_bytes(std::span(digest).first(5)));
}

}  // namespace geili::ops
