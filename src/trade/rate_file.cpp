#include "trade/rate_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace geili::trade {
namespace {

constexpr std::string_view kOurHead = "date,base,quote,rate";
constexpr std::string_view kBankHead = "Date";
constexpr std::string_view kBank = "ECB";

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Neither shape has a cell with a comma or a quotation mark in it.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t from = 0; from <= line.size() && cells.size() <= kRateFileColumnsMax + 1;) {
    const std::size_t end = std::min(line.find(',', from), line.size());
    cells.push_back(trimmed(line.substr(from, end - from)));
    from = end + 1;
  }
  return cells;
}

bool looks_like_code(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Reader {
 public:
  Reader(std::string_view text, std::string_view source, Day today) : text_(text), today_(today) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
    parsed_.batch.source = source;
  }

  Result<ParsedRates> read() {
    const std::string_view head = next();
    if (head == kOurHead) {
      if (parsed_.batch.source.empty()) {
        return fail(ErrorKind::invalid, "rates-source-missing",
                    "The file does not say whose rates these are: name the source.");
      }
      read_rows([this](std::string_view line) { read_ours(line); });
    } else if (cells_of(head).front() == kBankHead) {
      if (parsed_.batch.source.empty()) parsed_.batch.source = kBank;
      read_columns(head);
      if (error_.fields.empty()) read_rows([this](std::string_view line) { read_banks(line); });
    } else {
      refuse("is neither \"date,base,quote,rate\" nor a line of the European Central Bank's");
    }
    if (is_full_) {
      return fail(Error::make(ErrorKind::too_large, "rates-too-many", "Import fewer rates at once.")
                      .with("rates_max", kRatesAtOnceMax));
    }
    if (error_.fields.empty() && parsed_.batch.rates.empty())
      refuse("is the end: there is no rate");
    if (!error_.fields.empty()) return fail(std::move(error_));
    return std::move(parsed_);
  }

 private:
  // The next line that is not empty; empty at the end.
  std::string_view next() {
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      const std::string_view line = trimmed(text_.substr(at_, end - at_));
      at_ = end + 1;
      ++line_;
      if (!line.empty()) return line;
    }
    return {};
  }

  template <class Read>
  void read_rows(Read read) {
    for (std::string_view line = next(); !line.empty() && !is_full_; line = next()) {
      if (error_.fields.size() >= kRateFileFaultsMax) return;
      read(line);
    }
  }

  void refuse(std::string_view what) {
    error_.fields.push_back({"line " + std::to_string(line_), std::string(what)});
  }

  std::optional<Currency> currency(std::string_view code, std::string_view name) {
    auto found = Currency::parse(code);
    if (!found) refuse(std::string(name) + " is not a currency we know (ISO 4217)");
    return found;
  }

  std::optional<Day> date(std::string_view text, bool may_be_written) {
    auto day = parse_day(text);
    if (!day && may_be_written) day = parse_written_day(text);
    if (!day) {
      refuse("date is not a day such as 2026-11-27");
    } else if (*day > today_ + std::chrono::days(1)) {
      refuse("date is not yet");
      day.reset();
    }
    return day;
  }

  void add(std::optional<Currency> base, std::optional<Currency> quote, std::optional<Day> day,
           std::string_view text) {
    RateFault fault{};
    const auto value = parse_rate(text, fault);
    if (!value) refuse("rate " + std::string(to_text(fault)));
    if (!base || !quote || !day || !value) return;
    if (parsed_.batch.rates.size() == kRatesAtOnceMax) {
      is_full_ = true;
      return;
    }
    parsed_.batch.rates.push_back({*base, *quote, *value, *day});
    parsed_.lines.push_back(line_);
  }

  void read_ours(std::string_view line) {
    constexpr std::size_t kCells = 4;
    const auto cells = cells_of(line);
    if (cells.size() != kCells) return refuse("has not four cells: date, base, quote, rate");
    const auto day = date(cells[0], false);
    const auto base = currency(cells[1], "base");
    const auto quote = currency(cells[2], "quote");
    if (base && base == quote) return refuse("quote is the currency itself");
    add(base, quote, day, cells[3]);
  }

  // "Date, USD, JPY, …," ends with a comma.
  static std::vector<std::string_view> banks_cells(std::string_view line) {
    auto cells = cells_of(line);
    if (cells.back().empty()) cells.pop_back();
    return cells;
  }

  void read_columns(std::string_view head) {
    const auto cells = banks_cells(head);
    if (cells.size() > kRateFileColumnsMax) return refuse("has more than 100 columns");
    std::set<std::string_view> seen{kEuro};
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (!looks_like_code(cells[i])) return refuse("names a column that is no currency");
      if (!seen.insert(cells[i]).second) return refuse("names a currency twice, or the euro");
      columns_.push_back(Currency::parse(cells[i]));
      if (!columns_.back()) parsed_.unknown.emplace_back(cells[i]);
    }
  }

  void read_banks(std::string_view line) {
    constexpr std::string_view kNone = "N/A";
    const auto cells = banks_cells(line);
    if (cells.size() != columns_.size() + 1)
      return refuse("has not as many cells as the first line");
    const auto day = date(cells[0], true);
    for (std::size_t i = 0; i < columns_.size() && day; ++i) {
      if (columns_[i] && cells[i + 1] != kNone) {
        add(Currency::parse(kEuro), columns_[i], day, cells[i + 1]);
      }
    }
  }

  static constexpr std::string_view kEuro = "EUR";

  std::string_view text_;
  Day today_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  bool is_full_ = false;
  std::vector<std::optional<Currency>> columns_;
  ParsedRates parsed_;
  Error error_ = Error::make(ErrorKind::invalid, "rates-file-invalid",
                             "The file of rates does not fit; nothing was recorded.");
};

}  // namespace

Result<ParsedRates> parse_rate_file(std::string_view text, std::string_view source, Day today) {
  if (text.size() > kRateFileBytesMax) {
    return fail(Error::make(ErrorKind::too_large, "rates-file-too-large",
                            "A file of rates has at most one mebibyte.")
                    .with("bytes_max", kRateFileBytesMax));
  }
  return Reader(text, source, today).read();
}

Error by_lines(Error error, const ParsedRates& parsed) {
  constexpr std::string_view kRates = "/rates/";
  for (FieldError& field : error.fields) {
    const std::size_t end = field.path.rfind('/');
    if (!field.path.starts_with(kRates) || end < kRates.size()) continue;
    std::size_t index = parsed.lines.size();
    std::from_chars(field.path.data() + kRates.size(), field.path.data() + end, index);
    if (index >= parsed.lines.size()) continue;
    field.path = "line " + std::to_string(parsed.lines[index]) + ": " + field.path.substr(end + 1);
  }
  return error;
}

}  // namespace geili::trade
