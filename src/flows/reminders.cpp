#include "flows/reminders.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <boost/json.hpp>

#include "catalog/follow.hpp"
#include "catalog/shop.hpp"
#include "flows/reminder_words.hpp"
#include "push/reminder.hpp"

namespace geili::flows {
namespace {

namespace json = boost::json;
using push::Kind;

constexpr std::int64_t kShowsAtOnce = 500;
constexpr int kSpreadsAtOnce = 4;

std::vector<shows::Show> unannounced(store::Tx& tx, Instant now) {
  std::vector<shows::Show> begin;
  for (shows::Show& show : shows::starting_between(tx, now, now + kRemindBefore, kShowsAtOnce)) {
    if (!push::was_announced(tx, show.id, Kind::soon)) begin.push_back(std::move(show));
  }
  return begin;
}

// Until when this makes sense, as the show is now; none: no more.
std::optional<Instant> sense_until(Kind kind, const shows::Show& show, Instant now) {
  std::optional<Instant> until;
  if (shows::is_called_off(show)) {
    if (kind == Kind::moved) until = std::max(show.starts_at, *show.ended_at + kCalledOffNewsFor);
  } else if (kind == Kind::live) {
    if (show.status == shows::ShowStatus::live) until = *show.started_at + kLiveNewsFor;
  } else if (show.status == shows::ShowStatus::scheduled) {
    const bool is_far = show.starts_at > now + kRemindBefore;
    if (kind == Kind::moved || !is_far) until = show.starts_at;
  }
  return until && *until > now ? until : std::nullopt;
}

struct Subject {
  shows::Show show;
  std::string shop_name;
};

std::optional<Subject> subject_of(store::Tx& tx, ShowId id) {
  auto show = shows::find_show(tx, id);
  if (!show) return std::nullopt;
  const auto shop = catalog::find_shop(tx, show->shop);
  if (!shop) return std::nullopt;
  return Subject{*std::move(show), shop->name};
}

}  // namespace

Result<void> remind_of_show(store::Tx& tx, DeviceId device, ShowId show, const Clock& clock) {
  const auto found = shows::find_show(tx, show);
  if (!found) return std::unexpected(found.error());
  if (found->status != shows::ShowStatus::scheduled) {
    return fail(ErrorKind::conflict, "show-status-conflict", "The show is not to come.");
  }
  return push::remind_of(tx, device, show, clock.now());
}

Result<void> remind_of_shop(store::Tx& tx, DeviceId device, ShopId shop, const Clock& clock) {
  const auto found = catalog::find_shop_terms(tx, shop);
  if (!found) return std::unexpected(found.error());
  if (auto asked = push::remind_of(tx, device, shop, clock.now()); !asked) return asked;
  return catalog::follow(tx, shop, device, clock.now());
}

void unfollow_shop(store::Tx& tx, DeviceId device, ShopId shop) {
  catalog::unfollow(tx, shop, device);
  push::forget(tx, device, shop);
}

// Of a show of the shop that nobody was told of yet, only those hear who asked for it itself.
void announce_move(store::Tx& tx, const shows::Show& show, Instant now) {
  if (show.status != shows::ShowStatus::scheduled && !shows::is_called_off(show)) return;
  const bool was_soon = push::was_announced(tx, show.id, Kind::soon);
  push::Message moved{.show = show.id,
                      .shop = show.shop,
                      .kind = Kind::moved,
                      .with_shop = was_soon,
                      .due_at = now + kMoveSettlesAfter};
  if (const auto before = push::find_message(tx, show.id, Kind::moved)) {
    // One that waits tells of this move, too: it says how the show stands when it is sent.
    if (before->due_at > now) return;
    moved.with_shop = was_soon || before->with_shop;
    moved.due_at = std::max(moved.due_at, before->due_at + kMovesApart);
    push::retract(tx, show.id, Kind::moved);
  }
  const bool is_soon_no_more = was_soon && show.starts_at > now + kRemindBefore;
  if (is_soon_no_more) push::retract(tx, show.id, Kind::soon);
  push::announce(tx, moved, now);
}

void announce_start(store::Tx& tx, const shows::Show& show, Instant now) {
  push::announce(
      tx,
      {.show = show.id, .shop = show.shop, .kind = Kind::live, .with_shop = true, .due_at = now},
      now);
}

bool is_reminder_due(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  return push::is_any_due(tx, now) || !unannounced(tx, now).empty();
}

std::vector<Reminder> take_reminders(store::Tx& tx, std::int64_t count, const Clock& clock) {
  const Instant now = clock.now();
  for (const shows::Show& show : unannounced(tx, now)) {
    push::announce(
        tx,
        {.show = show.id, .shop = show.shop, .kind = Kind::soon, .with_shop = true, .due_at = now},
        now);
  }
  // What is left is due the next time.
  for (int i = 0; i < kSpreadsAtOnce && push::spread(tx, now); ++i) {
  }
  std::map<ShowId, std::optional<Subject>> subjects;
  std::vector<Reminder> reminders;
  for (push::Attempt& attempt : push::take(tx, count, now)) {
    const auto [at, is_new] = subjects.try_emplace(attempt.show);
    if (is_new) at->second = subject_of(tx, attempt.show);
    const auto& subject = at->second;
    const auto until = subject ? sense_until(attempt.kind, subject->show, now) : std::nullopt;
    if (!until) {
      push::drop(tx, attempt);
      continue;
    }
    // There is nothing more to be reminded of.
    if (shows::is_called_off(subject->show)) push::forget(tx, attempt.device, attempt.show);
    push::Note note{
        .text = reminder_text(attempt.kind, subject->show, subject->shop_name, attempt.language),
        .good_for = std::chrono::ceil<std::chrono::seconds>(*until - now),
        .urgency = attempt.kind == Kind::moved ? push::Urgency::normal : push::Urgency::high,
        .topic = "show-" + std::to_string(attempt.show.value)};
    reminders.push_back({std::move(attempt), std::move(note)});
  }
  return reminders;
}

std::string reminder_text(Kind kind, const shows::Show& show, std::string_view shop_name,
                          std::string_view language) {
  const std::string id = std::to_string(show.id.value);
  const bool is_off = shows::is_called_off(show);
  json::object text{{"title", json::string(shop_name)},
                    {"body", is_off ? called_off_words(show.title, language)
                                    : reminder_words(kind, show.title, language)},
                    {"url", "/shows/" + id},
                    {"tag", "show-" + id},
                    {"lang", json::string(language)}};
  if (kind != Kind::live && !is_off) text["at"] = to_rfc3339(show.starts_at);
  return json::serialize(text);
}

}  // namespace geili::flows
