#pragma once
// What was taken in a show and given back, in order: append-only, each entry with a hash of itself
// and the one before, so that whoever has read the log once sees any later change of it.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::stock {

enum class LoggedKind : std::uint8_t { held, claimed, confirmed, released, expired };
std::string_view to_text(LoggedKind kind);

struct Logged {
  std::int64_t position = 0;  // 1, 2, 3, …
  LoggedKind what = LoggedKind::claimed;
  std::string mark;  // the claim's, for all that happens to it
  ProductId product;
  std::int64_t quantity = 0;
  Instant at;
  Bytes hash;  // SHA-256; see hash_of()
};

// The public name of a claim: 32 hexadecimal digits of the SHA-256 of its token.
std::string claim_mark(std::string_view token);

// Over the hash before (empty for the first), the show and the entry's fields, each text as its
// length, ';' and itself, each number in decimals with ';' behind it.
Bytes hash_of(ByteView before, ShowId show, const Logged& entry);

// Adds the entry behind the last one, with its position and hash, before the transaction commits.
void log(store::Tx& tx, ShowId show, Logged entry);

// What was claimed of a product up to a place in the log.
struct LoggedSoFar {
  std::int64_t claims = 0;
  Instant last_at;
};
std::map<ProductId, LoggedSoFar> logged_so_far(store::Tx& tx, ShowId show, std::int64_t position);

// How many claims of a product came to what, as the log tells it; each counts whatever its
// quantity.
struct Fates {
  std::int64_t held = 0;       // holds that were begun
  std::int64_t confirmed = 0;  // of them, those that became orders
  std::int64_t claimed = 0;    // orders without a hold before
  std::int64_t released = 0;   // given back: left holds and cancelled orders
  std::int64_t expired = 0;    // holds whose time was over
  std::int64_t open = 0;       // holds that wait for their buyer now
};
// A bundle and its parts are told each by itself. What is set apart for an auction or a draw is no
// buyer's and counts nowhere.
std::map<ProductId, Fates> fates_of(store::Tx& tx, ShowId show);

inline constexpr std::size_t kLogPageMax = 500;
// Up to kLogPageMax entries behind `after`, in order.
std::vector<Logged> read_log(store::Tx& tx, ShowId show, std::int64_t after);

// The position of the first entry that does not continue the chain; none when all do. `before` is
// the hash of what precedes `entries`.
std::optional<std::int64_t> broken_at(ByteView before, ShowId show,
                                      const std::vector<Logged>& entries);

}  // namespace geili::stock
