#pragma once
// The report of a show to take along: as a sheet of paper, and as tables for a spreadsheet.

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "flows/show_report.hpp"
#include "paper/document.hpp"
#include "paper/language.hpp"

namespace geili::flows {

struct ShowReportPaper {
  std::string shop;  // its name
  paper::Language language = paper::Language::en;
  paper::PageSize size = paper::PageSize::a4;
  std::chrono::minutes utc_offset{0};  // of the place, for the times that are printed
  std::optional<Instant> created_at;   // none: the file tells no time
};

// Fails like paper::to_pdf; a pure function, thread-safe.
Result<Bytes> show_report_pdf(const ShowReport& report, const ShowReportPaper& paper);

// A row a minute.
std::string show_report_minutes_csv(const ShowReport& report);
// A row a product.
std::string show_report_products_csv(const ShowReport& report);
// A row a beat of the script.
std::string show_report_beats_csv(const ShowReport& report);

}  // namespace geili::flows
