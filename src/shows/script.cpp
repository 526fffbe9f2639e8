#include "shows/script.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/field_errors.hpp"
#include "shows/bag.hpp"
#include "shows/show.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"opening", "story", "price", "urgency", "close"};
constexpr TextRule kText{.min_length = 1, .max_length = kBeatTextMax, .lines = Lines::multiple};

#define GEILI_BEATS "SELECT id, kind, product_id, text FROM show_beat WHERE show_id = $1"

Beat read_beat(const store::Row& row) {
  return {.id = row.id<BeatId>(0),
          .kind = store::stored<BeatKind>(kKinds, row.text(1)),
          .product = row.optional_id<ProductId>(2),
          .text = row.string(3)};
}

std::string at(std::size_t index, std::string_view member) {
  return "/beats/" + std::to_string(index) + "/" + std::string(member);
}

// The wanted beats with their texts trimmed.
Result<std::vector<WantedBeat>> checked(store::Tx& tx, ShowId show,
                                        std::span<const WantedBeat> beats) {
  if (beats.size() > kScriptBeatsMax) {
    return fail(Error::invalid_field("/beats", "has more than 100 beats"));
  }
  std::map<BeatId, Beat> before;
  for (Beat& beat : script_of(tx, show)) before[beat.id] = std::move(beat);
  std::set<ProductId> bag;
  for (const ProductId product : bag_of(tx, show)) bag.insert(product);
  std::set<BeatId> seen;
  std::vector<WantedBeat> kept(beats.begin(), beats.end());
  FieldErrors faults;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    WantedBeat& beat = kept[i];
    const auto known = beat.id ? before.find(*beat.id) : before.end();
    if (beat.id && (known == before.end() || !seen.insert(*beat.id).second)) {
      return fail(Error::invalid_field(at(i, "id"), "is no beat of the script, or there twice"));
    }
    const bool was_its = known != before.end() && known->second.product == beat.product;
    if (beat.product && !was_its && !bag.contains(*beat.product)) {
      return fail(Error::invalid_field(at(i, "product_id"), "is not in the bag"));
    }
    beat.text = faults.text(beat.text, kText, at(i, "text"));
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  return kept;
}

std::optional<BeatId> beat_under_way(store::Tx& tx, ShowId show) {
  return tx.one([](const store::Row& row) { return row.id<BeatId>(0); },
                "SELECT beat_id FROM show_beat_run WHERE show_id = $1 ORDER BY id DESC LIMIT 1",
                show);
}

}  // namespace

std::string_view to_text(BeatKind kind) {
  return store::name_of(kKinds, kind);
}
std::optional<BeatKind> parse_beat_kind(std::string_view text) {
  return store::parse_name<BeatKind>(kKinds, text);
}

std::vector<Beat> script_of(store::Tx& tx, ShowId show) {
  std::vector<Beat> beats;
  tx.each([&](const store::Row& row) { beats.push_back(read_beat(row)); },
          GEILI_BEATS " AND position IS NOT NULL ORDER BY position", show);
  return beats;
}

std::vector<Beat> beats_of(store::Tx& tx, ShowId show) {
  std::vector<Beat> beats = script_of(tx, show);
  tx.each([&](const store::Row& row) { beats.push_back(read_beat(row)); },
          GEILI_BEATS " AND position IS NULL ORDER BY id", show);
  return beats;
}

Result<void> set_script(store::Tx& tx, ShowId id, std::span<const WantedBeat> beats) {
  const auto show = find_show(tx, id);
  if (!show) return std::unexpected(show.error());
  if (show->status == ShowStatus::ended) {
    return fail(ErrorKind::conflict, "show-ended", "The show has ended.");
  }
  const auto kept = checked(tx, id, beats);
  if (!kept) return std::unexpected(kept.error());
  tx.exec("UPDATE show_beat SET position = NULL WHERE show_id = $1", id);
  std::int64_t position = 0;
  for (const WantedBeat& beat : *kept) {
    if (beat.id) {
      tx.exec(
          "UPDATE show_beat SET position = $2, kind = $3, product_id = $4, text = $5"
          " WHERE id = $1",
          *beat.id, position, to_text(beat.kind), beat.product, beat.text);
    } else {
      tx.exec(
          "INSERT INTO show_beat (show_id, position, kind, product_id, text)"
          " VALUES ($1, $2, $3, $4, $5)",
          id, position, to_text(beat.kind), beat.product, beat.text);
    }
    ++position;
  }
  tx.exec(
      "DELETE FROM show_beat WHERE show_id = $1 AND position IS NULL"
      " AND id NOT IN (SELECT beat_id FROM show_beat_run WHERE show_id = $1)",
      id);
  return {};
}

std::vector<BeatRun> beat_runs_of(store::Tx& tx, ShowId show) {
  std::vector<BeatRun> runs;
  tx.each(
      [&](const store::Row& row) {
        runs.push_back({.beat = row.id<BeatId>(0), .begun_at = row.instant(1)});
      },
      "SELECT beat_id, begun_at FROM show_beat_run WHERE show_id = $1 ORDER BY id", show);
  return runs;
}

Result<bool> begin_beat(store::Tx& tx, ShowId id, BeatId beat, Instant now) {
  const auto show = find_show(tx, id);
  if (!show) return std::unexpected(show.error());
  if (!tx.integer("SELECT id FROM show_beat WHERE id = $1 AND show_id = $2"
                  " AND position IS NOT NULL",
                  beat, id)) {
    return fail(ErrorKind::not_found, "beat-not-found", "The script has no such beat.");
  }
  if (show->status != ShowStatus::live) {
    return fail(ErrorKind::conflict, "show-not-live", "The show is not live.");
  }
  if (beat_under_way(tx, id) == beat) return false;
  if (*tx.integer("SELECT COUNT(*) FROM show_beat_run WHERE show_id = $1", id) >= kBeatRunsMax) {
    return fail(ErrorKind::conflict, "beats-limit", "A show has at most 1,000 beats begun.");
  }
  tx.exec("INSERT INTO show_beat_run (show_id, beat_id, begun_at) VALUES ($1, $2, $3)", id, beat,
          now);
  return true;
}

void erase_scripts_of(store::Tx& tx, ShopId shop) {
  tx.exec("DELETE FROM show_beat_run WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)",
          shop);
  tx.exec("DELETE FROM show_beat WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
}

}  // namespace geili::shows
