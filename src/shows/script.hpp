#pragma once
// The script of a show: beats in order, and when each was begun. A beat lasts until another is
// begun, or until the show ends.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::size_t kScriptBeatsMax = 100;
inline constexpr std::size_t kBeatTextMax = 1'000;   // code points
inline constexpr std::int64_t kBeatRunsMax = 1'000;  // of one show

using BeatId = Id<struct BeatTag>;

enum class BeatKind : std::uint8_t { opening, story, price, urgency, close };
std::string_view to_text(BeatKind kind);
std::optional<BeatKind> parse_beat_kind(std::string_view text);

struct Beat {
  BeatId id;
  BeatKind kind = BeatKind::opening;
  std::optional<ProductId> product;
  std::string text;
};
// In order.
std::vector<Beat> script_of(store::Tx& tx, ShowId show);
// Likewise, then those that were begun and taken out of the script later, oldest first.
std::vector<Beat> beats_of(store::Tx& tx, ShowId show);

// A beat as it is to be; without an id it is a new one.
struct WantedBeat {
  std::optional<BeatId> id;
  BeatKind kind = BeatKind::opening;
  std::optional<ProductId> product;
  std::string text;
};
// Puts `beats` in the place of the script. What was begun is remembered, whether its beat stays or
// not. Fails with show-not-found, show-ended, and invalid-field at /beats: more than
// kScriptBeatsMax; at /beats/<n>/id: no beat of the script, or there twice; /beats/<n>/text;
// /beats/<n>/product_id: neither in the bag nor the beat's already.
Result<void> set_script(store::Tx& tx, ShowId show, std::span<const WantedBeat> beats);

struct BeatRun {
  BeatId beat;
  Instant begun_at;
};
// Oldest first.
std::vector<BeatRun> beat_runs_of(store::Tx& tx, ShowId show);

// Whether it was not under way already. Fails with show-not-found, show-not-live, beat-not-found,
// beats-limit.
Result<bool> begin_beat(store::Tx& tx, ShowId show, BeatId beat, Instant now);

// All scripts of the shop's shows: for demo data that goes.
void erase_scripts_of(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
