#include "shows/trailer.hpp"

#include "shows/show_row.hpp"

namespace geili::shows {

std::optional<Trailer> trailer_of(store::Tx& tx, ShowId show) {
  return tx.one(
      [](const store::Row& row) {
        return Trailer{.recorded = row.id<ShowId>(0), .clip = row.string(1)};
      },
      "SELECT s.trailer_show_id, s.trailer_clip FROM show s JOIN recording r"
      " ON r.show_id = s.trailer_show_id AND r.state = 'kept' WHERE s.id = $1",
      show);
}

Result<Show> set_trailer(store::Tx& tx, ShowId show, const Trailer& trailer) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status != ShowStatus::scheduled) {
    return fail(ErrorKind::conflict, "show-status-conflict",
                "Only a scheduled show has a trailer.");
  }
  const auto kept = tx.integer(
      "SELECT 1 FROM recording r JOIN show s ON s.id = r.show_id"
      " WHERE r.show_id = $1 AND r.state = 'kept' AND s.shop_id = $2",
      trailer.recorded, found->shop);
  if (!kept) {
    return fail(ErrorKind::not_found, "recording-not-found", "The shop keeps no such recording.");
  }
  tx.exec("UPDATE show SET trailer_show_id = $2, trailer_clip = $3 WHERE id = $1", show,
          trailer.recorded, trailer.clip);
  return touch_show(tx, show);
}

Result<Show> remove_trailer(store::Tx& tx, ShowId show) {
  tx.exec("UPDATE show SET trailer_show_id = NULL, trailer_clip = NULL WHERE id = $1", show);
  return touch_show(tx, show);
}

}  // namespace geili::shows
