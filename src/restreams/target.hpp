#pragma once
// Where a shop's shows are sent on to by RTMP: the server URL and the stream key that another
// platform gave. The key comes in and is never given out again, but to who sends. All functions run
// inside the caller's transaction.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/sealer.hpp"
#include "store/tx.hpp"

namespace geili::restreams {

using TargetId = Id<struct RestreamTag>;

inline constexpr std::size_t kTargetsPerShopMax = 5;
inline constexpr std::size_t kNameMax = 60;  // code points
inline constexpr std::size_t kKeyBytesMax = 500;
inline constexpr std::size_t kKeyEndBytes = 4;

// Which of the shop's shows go there.
enum class Scope : std::uint8_t { all, chosen };
std::string_view to_text(Scope scope);
std::optional<Scope> parse_scope(std::string_view text);

// What a shop decides of a target; all of it has been checked.
struct TargetChoice {
  std::string name;
  std::string server_url;
  bool is_enabled = true;
  Scope scope = Scope::all;
};

struct Target {
  TargetId id;
  ShopId shop;
  TargetChoice choice;
  std::string key_end;  // kKeyEndBytes of the key, by which its owner knows it; empty when it is
                        // so short that they would tell too much
  Instant created_at;
};

// Printable ASCII without spaces, as platforms give them; not empty, not longer than kKeyBytesMax.
bool is_stream_key(std::string_view key);

// By id.
std::vector<Target> list_targets(store::Tx& tx, ShopId shop);
// Fails with restream-not-found, also for another shop's.
Result<Target> find_target(store::Tx& tx, ShopId shop, TargetId target);
// Fails with restreams-full.
Result<Target> create_target(store::Tx& tx, ShopId shop, const TargetChoice& choice,
                             const Secret<std::string>& key, const crypto::Sealer& sealer,
                             Instant now);
// `key`: none leaves it as it is. Fails with restream-not-found.
Result<Target> change_target(store::Tx& tx, ShopId shop, TargetId target,
                             const TargetChoice& choice,
                             const std::optional<Secret<std::string>>& key,
                             const crypto::Sealer& sealer);
// Fails with restream-not-found.
Result<void> delete_target(store::Tx& tx, ShopId shop, TargetId target);

// A target as one show has it.
struct ShowTarget {
  Target target;
  bool is_chosen = false;  // for this show
  Bytes sealed_key;
  bool is_used() const {
    return target.choice.is_enabled && (target.choice.scope == Scope::all || is_chosen);
  }
};
// Every target of the shop, by id.
std::vector<ShowTarget> targets_of_show(store::Tx& tx, ShopId shop, ShowId show);
// Takes it for the show, or not; the show is the shop's. Fails with restream-not-found.
Result<void> choose(store::Tx& tx, ShopId shop, ShowId show, TargetId target, bool is_chosen);

// Fails with sealed-unreadable.
Result<Secret<std::string>> open_key(ByteView sealed, TargetId target,
                                     const crypto::Sealer& sealer);

// For demo data that goes.
void erase_shop_restreams(store::Tx& tx, ShopId shop);

}  // namespace geili::restreams
