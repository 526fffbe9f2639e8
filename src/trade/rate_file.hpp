#pragma once
// Exchange rates from a file, in either of two shapes that its first line tells apart:
//
//   date,base,quote,rate            ours: one rate a line
//   2026-11-27,EUR,MXN,21.3458
//
//   Date, USD, JPY, MXN,            as the European Central Bank publishes them, unpacked: one euro
//   27 November 2026, 1.1593, …     in each currency, a day a line (2026-11-27 in its histories)

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "trade/rate.hpp"

namespace geili::trade {

inline constexpr std::size_t kRateFileBytesMax = 1024 * 1024;
inline constexpr std::size_t kRateFileColumnsMax = 100;
inline constexpr std::size_t kRateFileFaultsMax = 20;  // told at once

struct ParsedRates {
  RateBatch batch;
  std::vector<std::size_t> lines;    // of each rate, counted from 1
  std::vector<std::string> unknown;  // codes of the bank's file that base/money does not know
};

// `source` may be empty for the bank's file, which is "ECB" then. The bank's "N/A" is no rate.
// Either line ending, and a byte order mark before the first line, are taken; empty lines are
// passed over. Fails with rates-file-too-large, rates-too-many, rates-source-missing, and
// rates-file-invalid, whose fields name the lines ("line 3").
Result<ParsedRates> parse_rate_file(std::string_view text, std::string_view source, Day today);

// A failure of record_rates() with the lines of the file in place of places in the batch.
Error by_lines(Error error, const ParsedRates& parsed);

}  // namespace geili::trade
