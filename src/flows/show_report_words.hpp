#pragma once
// The words of a printed report of a show, in the languages of the product.

#include <array>
#include <string_view>

#include "paper/language.hpp"

namespace geili::flows {

struct ShowReportWords {
  std::string_view title;
  std::string_view still_live;
  std::string_view takings;
  std::string_view coupons;
  std::string_view orders_and_buyers;  // "{}" stands for the orders, then for the buyers
  std::string_view units;
  std::string_view viewers_peak;
  std::string_view viewers_mean;
  std::string_view watched_minutes;
  std::string_view hearts;
  std::string_view messages;
  std::string_view not_paid;  // "{}" stands for the orders, then for their worth
  std::string_view products;
  std::string_view product;
  std::string_view shown;
  std::string_view viewers;
  std::string_view buyers;
  std::string_view conversion;
  std::string_view holds_lost;
  std::string_view over_time;
  std::string_view time;
  std::string_view orders;
  std::string_view drop;  // "{}" stands for the time, then for how many left
  std::string_view minutes_unit;
  std::string_view questions;
  std::string_view questions_answered;
  std::string_view script;
  std::string_view beat;
  std::string_view takings_per_minute;
  std::array<std::string_view, 5> beat_kinds;  // in the order of shows::BeatKind
};
const ShowReportWords& show_report_words(paper::Language language);

}  // namespace geili::flows
