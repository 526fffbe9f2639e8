#include "app/rates_file.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "identity/audit.hpp"
#include "store/await.hpp"

namespace geili::app {
namespace {

namespace fs = std::filesystem;
using boost::asio::awaitable;

// What a new file is known by.
using Stamp = std::pair<fs::file_time_type, std::uintmax_t>;

std::optional<Stamp> stamp_of(const std::string& path) {
  std::error_code failed;
  const auto time = fs::last_write_time(path, failed);
  if (failed) return std::nullopt;
  const auto size = fs::file_size(path, failed);
  if (failed) return std::nullopt;
  return Stamp(time, size);
}

void tell(const ops::Log& log, const Error& error) {
  const FieldError first = error.fields.empty() ? FieldError{} : error.fields.front();
  log.warn("rates-file-refused",
           {{"code", error.code}, {"where", first.path}, {"what", first.message}});
}

}  // namespace

Result<trade::ParsedRates> read_rates_file(const RatesFile& file, const Clock& clock) {
  std::ifstream stream(file.path, std::ios::binary);
  if (!stream || fs::is_directory(file.path)) {
    return fail(ErrorKind::not_found, "rates-file-unreadable",
                "The file of rates cannot be read: " + file.path);
  }
  std::string text(trade::kRateFileBytesMax + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return trade::parse_rate_file(text, file.source, trade::day_of(clock.now()));
}

Result<trade::Recorded> record_rates_file(store::Tx& tx, const trade::ParsedRates& parsed,
                                          const Clock& clock) {
  auto recorded = trade::record_rates(tx, parsed.batch, std::nullopt, clock);
  if (!recorded) return fail(trade::by_lines(std::move(recorded.error()), parsed));
  if (recorded->added > 0) {
    identity::note(tx, clock, std::nullopt, "rates-recorded",
                   identity::subject_of("rates", recorded->added), std::nullopt,
                   parsed.batch.source + " " + trade::to_text(parsed.batch.rates.front().as_of));
  }
  return recorded;
}

awaitable<void> keep_rates(store::Database* database, const Clock* clock, const ops::Log* log,
                           RatesFile file, std::chrono::milliseconds every) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  std::optional<Stamp> seen;
  if (!stamp_of(file.path)) log->warn("rates-file-missing", {{"path", file.path}});
  for (;;) {
    const auto stamp = stamp_of(file.path);
    if (stamp && stamp != seen) {
      seen = stamp;
      const auto parsed = read_rates_file(file, *clock);
      if (!parsed) {
        tell(*log, parsed.error());
      } else {
        auto job = [&parsed, clock](store::Tx& tx) {
          return record_rates_file(tx, *parsed, *clock);
        };
        const auto recorded = co_await store::write(*database, job);
        if (recorded) {
          log->info("rates-file-read", {{"added", recorded->added},
                                        {"corrected", recorded->corrected},
                                        {"unchanged", recorded->unchanged}});
        } else {
          tell(*log, recorded.error());
          // A busy store is asked the next time.
          if (recorded.error().kind == ErrorKind::unavailable) seen.reset();
        }
      }
    }
    timer.expires_after(every);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

}  // namespace geili::app
