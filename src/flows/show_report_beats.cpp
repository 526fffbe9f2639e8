#include "flows/show_report_beats.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "catalog/product.hpp"
#include "orders/show_sales.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kSecond_us = 1'000'000;

using ByBeat = std::map<shows::BeatId, ReportBeat>;

void add_lengths(const std::vector<shows::BeatRun>& runs, Instant end, ByBeat& beats) {
  std::map<shows::BeatId, std::int64_t> lengths_us;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Instant to = i + 1 < runs.size() ? runs[i + 1].begun_at : end;
    lengths_us[runs[i].beat] += std::max<std::int64_t>(to.us - runs[i].begun_at.us, 0);
    ++beats[runs[i].beat].times;
  }
  for (const auto& [id, length_us] : lengths_us) {
    beats[id].length = std::chrono::seconds(length_us / kSecond_us);
  }
}

void add_sales(store::Tx& tx, const ShowReport& report, const std::vector<shows::BeatRun>& runs,
               ByBeat& beats) {
  auto next = runs.begin();  // the first that begins after the order
  orders::each_sale(tx, report.shop, report.show, [&](const orders::OrderSales& sale) {
    while (next != runs.end() && next->begun_at <= sale.placed_at) ++next;
    if (next == runs.begin()) return;
    ReportBeat& beat = beats[std::prev(next)->beat];
    ++beat.orders;
    beat.units += sale.units;
    beat.takings_minor += sale.takings_minor;
  });
}

}  // namespace

std::optional<std::int64_t> ReportBeat::takings_per_minute_minor() const {
  const std::int64_t length_s = length.count();
  if (length_s == 0) return std::nullopt;
  // First whole minutes' worth, so that no sum of a show is too large to be multiplied.
  const std::int64_t whole = takings_minor / length_s, rest = takings_minor % length_s;
  return whole * 60 + (rest * 60 + length_s / 2) / length_s;
}

std::vector<ReportBeat> report_beats(store::Tx& tx, const ShowReport& report) {
  const auto runs = shows::beat_runs_of(tx, report.show);
  if (runs.empty()) return {};
  ByBeat beats;
  add_lengths(runs, report.to, beats);
  add_sales(tx, report, runs, beats);
  std::vector<ReportBeat> rows;
  for (shows::Beat& beat : shows::beats_of(tx, report.show)) {
    const auto found = beats.find(beat.id);
    if (found == beats.end()) continue;
    ReportBeat& row = found->second;
    row.beat = beat.id;
    row.kind = beat.kind;
    row.product = beat.product;
    row.text = std::move(beat.text);
    if (beat.product) {
      if (const auto offer = catalog::find_offer(tx, *beat.product)) row.title = offer->title;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace geili::flows
