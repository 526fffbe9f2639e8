#pragma once
// What is shown while people wait for a show: a clip of another one that the shop has recorded.

#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/result.hpp"
#include "shows/show.hpp"
#include "store/tx.hpp"

namespace geili::shows {

inline constexpr std::size_t kClipNameMax = 60;

struct Trailer {
  ShowId recorded;   // the show it is a clip of
  std::string clip;  // its name, as media::Recordings knows it
};

// None where there is none, and once its recording is gone.
std::optional<Trailer> trailer_of(store::Tx& tx, ShowId show);
// Fails with show-not-found, show-status-conflict unless the show is scheduled, and
// recording-not-found where no recording is kept of a show of the same shop. That the clip is there
// is looked at by who calls.
Result<Show> set_trailer(store::Tx& tx, ShowId show, const Trailer& trailer);
// Where there is none, too. Fails with show-not-found.
Result<Show> remove_trailer(store::Tx& tx, ShowId show);

}  // namespace geili::shows
