#pragma once
// Reminders of shows: who asks for one, when one is due, and what it says. A device hears of a show
// shortly before it begins, when it is moved or called off, and when it is live.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "push/delivery.hpp"
#include "push/request.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::flows {

inline constexpr std::chrono::minutes kRemindBefore{15};
// Who moves a start often moves it once more: what is told is how it stands then.
inline constexpr std::chrono::seconds kMoveSettlesAfter{5};
// Who moves it to and fro does not ring at each turn.
inline constexpr std::chrono::seconds kMovesApart{60};
// That a show is live is no news after so long.
inline constexpr std::chrono::minutes kLiveNewsFor{30};
// That one is called off is of use until it would have begun, and so long at least.
inline constexpr std::chrono::minutes kCalledOffNewsFor{30};

// Of a show that is planned. Fails with show-not-found, show-status-conflict, push-not-subscribed,
// reminders-limit.
Result<void> remind_of_show(store::Tx& tx, DeviceId device, ShowId show, const Clock& clock);
// Follows the shop, too. Fails with shop-not-found, followed-limit, push-not-subscribed,
// reminders-limit.
Result<void> remind_of_shop(store::Tx& tx, DeviceId device, ShopId shop, const Clock& clock);
// Who follows a shop no more is reminded of it no more.
void unfollow_shop(store::Tx& tx, DeviceId device, ShopId shop);

// In the transaction of the deed. A move: the plan has changed, or the show was called off.
void announce_move(store::Tx& tx, const shows::Show& show, Instant now);
void announce_start(store::Tx& tx, const shows::Show& show, Instant now);

// Whether remind() has anything to do.
bool is_reminder_due(store::Tx& tx, const Clock& clock);

struct Reminder {
  push::Attempt attempt;
  push::Note note;
};
// Announces what begins soon, spreads what is announced, and takes what is to be sent now: at most
// `count`. What has lost its sense meanwhile is dropped, as that a show begins soon which was
// moved.
std::vector<Reminder> take_reminders(store::Tx& tx, std::int64_t count, const Clock& clock);

// {"title","body","url","tag","lang","at"?}: `body` has {time} where the device is to put the
// instant `at`, in its own zone; a show that was called off has no time. Pure.
std::string reminder_text(push::Kind kind, const shows::Show& show, std::string_view shop_name,
                          std::string_view language);

}  // namespace geili::flows
