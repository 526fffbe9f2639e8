#pragma once
// A show to watch again, and when each product was held up in it.

#include <cstdint>
#include <map>
#include <vector>

#include "api/views.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "media/recordings.hpp"
#include "shows/pins.hpp"
#include "shows/recording.hpp"
#include "store/tx.hpp"

namespace geili::api {

inline constexpr std::int64_t kUsPerMs = 1'000;

// What the store knows of a recording.
struct Kept {
  shows::Show show;
  shows::Recording recording;
  std::vector<shows::Pin> pins;
  std::map<ProductId, ProductView> products;  // those of the pins that can still be bought
  bool is_own = false;                        // the caller runs the show
};
// Fails with show-not-found, recording-not-found. Nobody's own.
Result<Kept> find_kept(store::Tx& tx, ShowId id);

struct Chapter {
  ProductId product;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

// Begin and end of each pin, one after the other: what media::Recordings::view() is to place.
std::vector<Instant> moments_of(const Kept& kept);
// `view` is of these moments.
std::vector<Chapter> chapters_of(const Kept& kept, const media::RecordingView& view);

bool is_ready(const Kept& kept, const media::RecordingView& view);
std::string replay_address(ShowId show);

}  // namespace geili::api
