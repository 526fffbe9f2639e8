#pragma once
// Live shows as they are remembered: when they are, what is in the bag, what is pinned, what was
// sold. What happens in the room is live's.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::size_t kShowTitleMax = 120;  // code points
inline constexpr std::size_t kBagMax = 200;

enum class ShowStatus : std::uint8_t { scheduled, live, ended };
std::string_view to_text(ShowStatus status);
std::optional<ShowStatus> parse_show_status(std::string_view text);

struct Show {
  ShowId id;
  ShopId shop;
  std::string title;
  ShowStatus status = ShowStatus::scheduled;
  Instant starts_at;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
  std::optional<ProductId> pinned;
  std::int64_t sold_count = 0;  // orders placed in it, cancelled ones included
  std::int64_t version = 1;     // grows with every change but sales
};

// Ended without ever having begun.
bool is_called_off(const Show& show);

struct NewShow {
  ShopId shop;
  std::string title;
  Instant starts_at;
};

// What is absent stays.
struct ShowChange {
  std::optional<std::string> title;
  std::optional<Instant> starts_at;
};

struct ShowFilter {
  std::optional<ShowStatus> status;
  std::optional<ShopId> shop;
};

// Fails with invalid-field.
Result<Show> create_show(store::Tx& tx, const NewShow& show);
// Fails with show-not-found.
Result<Show> find_show(store::Tx& tx, ShowId show);
// Fails with show-not-found, version-mismatch, invalid-field.
Result<Show> change_show(store::Tx& tx, ShowId show, const ShowChange& change,
                         std::int64_t expected_version);
// Live shows first, then the next to start, then the last ended; none that was called off. Fails
// with bad-cursor, invalid-field.
Result<Page<Show>> list_shows(store::Tx& tx, const ShowFilter& filter, const PageRequest& page);
// Planned to start after `from`, and at `to` at the latest; the next first, `count` at most.
std::vector<Show> starting_between(store::Tx& tx, Instant from, Instant to, std::int64_t count);
// That are live or have ended since, those called off included: their rooms must know.
std::vector<ShowId> live_since(store::Tx& tx, Instant since);

// scheduled → live → ended, or scheduled → ended for one that is called off. Fail with
// show-not-found, show-status-conflict; repeating the status a show has is a conflict, too.
Result<Show> start_show(store::Tx& tx, ShowId show, Instant now);
Result<Show> end_show(store::Tx& tx, ShowId show, Instant now);
// It has ended without ever having begun, and is in no list any more.
Result<Show> call_off_show(store::Tx& tx, ShowId show, Instant now);
// Says that something shown with it has changed (its cover). Fails with show-not-found.
Result<Show> touch_show(store::Tx& tx, ShowId show);

// Takes the next number of a sale: 1, 2, 3, … Fails with show-not-found when the show is not the
// shop's, and with show-status-conflict before it has started.
Result<std::int64_t> next_sold_number(store::Tx& tx, ShowId show, ShopId shop);
// The same, whosever the show is.
Result<std::int64_t> next_sold_number(store::Tx& tx, ShowId show);

// Deletes a shop's shows with all that is remembered of them and returns them: for demo data that
// goes.
std::vector<ShowId> erase_shows(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
