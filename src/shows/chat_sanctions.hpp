#pragma once
// Whom a shop keeps quiet in the chat of all its shows: a device, for a time or until it is lifted.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::shows {

using SanctionId = Id<struct ChatSanctionTag>;

inline constexpr std::int64_t kTimeoutMin_s = 10;
inline constexpr std::int64_t kTimeoutMax_s = 86'400;
inline constexpr std::int64_t kSanctionsMax = 1'000;  // of a shop, in force

// timeout: not for a time; ban: no more, and nothing said is shown; shadow: heard by nobody but
// themselves.
enum class SanctionKind : std::uint8_t { timeout, ban, shadow };
std::string_view to_text(SanctionKind kind);
std::optional<SanctionKind> parse_sanction_kind(std::string_view text);

struct Sanction {
  SanctionId id;
  ShopId shop;
  DeviceId device;
  SanctionKind kind = SanctionKind::timeout;
  std::optional<Instant> until;  // of a timeout
  ShowId show;                   // the message it was given for
  std::int64_t seq = 0;
  std::string author_name;
  std::string text;
  Instant made_at;
  PersonId made_by;
};

// Puts it in the place of what the shop has set for the device before; `id` is filled. Fails with
// chat-sanctions-limit.
Result<Sanction> put_sanction(store::Tx& tx, Sanction sanction);
// Fail with sanction-not-found: lifted, over, or another shop's.
Result<Sanction> find_sanction(store::Tx& tx, ShopId shop, SanctionId sanction, Instant now);
Result<Sanction> lift_sanction(store::Tx& tx, ShopId shop, SanctionId sanction, Instant now);

// What holds now, newest first. Fails with bad-cursor, invalid-field.
Result<Page<Sanction>> list_sanctions(store::Tx& tx, ShopId shop, const PageRequest& page,
                                      Instant now);
// All that holds now.
std::vector<Sanction> sanctions_in_force(store::Tx& tx, ShopId shop, Instant now);

// Deletes what is over.
void sweep_sanctions(store::Tx& tx, Instant now);
// Deletes a shop's rules and sanctions: for demo data that goes.
void erase_chat_of(store::Tx& tx, ShopId shop);

}  // namespace geili::shows
