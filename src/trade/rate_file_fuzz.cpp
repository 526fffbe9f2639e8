// Whatever file is taken holds rates within their limits, one a line it names, in words that are
// read back as they were.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trade/rate_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::trade;
  const void* bytes = data;
  const std::string_view text(static_cast<const char*>(bytes), size);
  const Day today = *parse_day("2026-11-29");
  const auto parsed = parse_rate_file(text, "Bank of the lake", today);
  if (!parsed) {
    if (parsed.error().fields.size() > kRateFileFaultsMax + kRateFileColumnsMax) std::abort();
    return 0;
  }
  if (parsed->batch.rates.empty() || parsed->batch.rates.size() > kRatesAtOnceMax) std::abort();
  if (parsed->lines.size() != parsed->batch.rates.size()) std::abort();
  for (const NewRate& rate : parsed->batch.rates) {
    RateFault fault{};
    if (parse_rate(to_text(rate.value), fault) != rate.value) std::abort();
    if (parse_day(to_text(rate.as_of)) != rate.as_of || rate.as_of > today + std::chrono::days(1)) {
      std::abort();
    }
    if (rate.base == rate.quote || rate.value.digits <= 0) std::abort();
  }
  return 0;
}
