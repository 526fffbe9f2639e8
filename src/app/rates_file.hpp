#pragma once
// Exchange rates from a file of the host's: `geili rates import`, and the file that a running
// server looks at.

#include <chrono>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "ops/log.hpp"
#include "store/database.hpp"
#include "trade/rate_file.hpp"

namespace geili::app {

struct RatesFile {
  std::string path;
  std::string source;  // may be empty for a file of the European Central Bank's
};

// Fails with rates-file-unreadable and what trade::parse_rate_file() fails with.
Result<trade::ParsedRates> read_rates_file(const RatesFile& file, const Clock& clock);

// All of it or nothing, with a deed of the program in the audit unless nothing was new. Fails as
// trade::record_rates(), by lines of the file.
Result<trade::Recorded> record_rates_file(store::Tx& tx, const trade::ParsedRates& parsed,
                                          const Clock& clock);

// How late a new file is noticed.
inline constexpr std::chrono::seconds kRatesFileEvery{30};

// Reads the file at once and whenever it has changed; a fault is logged once, and what was recorded
// before stays. Runs until its executor does; what it refers to outlives that.
boost::asio::awaitable<void> keep_rates(store::Database* database, const Clock* clock,
                                        const ops::Log* log, RatesFile file,
                                        std::chrono::milliseconds every);

}  // namespace geili::app
