#include "shows/stream_key.hpp"

#include "base/random.hpp"
#include "shows/show_row.hpp"

namespace geili::shows {
namespace {

std::string text_of(const store::Row& row) {
  return row.string(0);
}

}  // namespace

Result<std::string> stream_key(store::Tx& tx, ShowId show) {
  auto key = tx.one(text_of, "SELECT stream_key FROM show WHERE id = $1", show);
  if (!key) return no_show();
  return *std::move(key);
}

Result<std::string> renew_stream_key(store::Tx& tx, ShowId show) {
  auto key = tx.one(text_of, "UPDATE show SET stream_key = $2 WHERE id = $1 RETURNING stream_key",
                    show, random_token());
  if (!key) return no_show();
  return *std::move(key);
}

Result<ShowId> find_by_stream_key(store::Tx& tx, std::string_view key) {
  const auto show =
      tx.integer("SELECT id FROM show WHERE stream_key = $1 AND status <> 'ended'", key);
  if (!show) {
    return fail(ErrorKind::not_found, "stream-key-unknown", "No show takes this stream key.");
  }
  return ShowId{*show};
}

}  // namespace geili::shows
