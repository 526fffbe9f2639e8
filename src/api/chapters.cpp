#include "api/chapters.hpp"

#include <algorithm>

#include "api/live_address.hpp"

namespace geili::api {
namespace {

constexpr std::int64_t kChapterMsMin = 1'000;

}  // namespace

Result<Kept> find_kept(store::Tx& tx, ShowId id) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  auto recording = shows::find_recording(tx, id);
  if (!recording) return fail_as(recording);
  Kept kept{.show = *std::move(show), .recording = *recording, .pins = shows::pins_of(tx, id)};
  std::vector<ProductId> ids;
  for (const shows::Pin& pin : kept.pins) {
    if (std::ranges::find(ids, pin.product) == ids.end()) ids.push_back(pin.product);
  }
  for (catalog::Product& product : catalog::find_products(tx, ids)) {
    const ProductId product_id = product.id;
    if (!product.removed) kept.products.emplace(product_id, product_view(tx, std::move(product)));
  }
  return kept;
}

std::vector<Instant> moments_of(const Kept& kept) {
  constexpr Instant kEver{INT64_MAX / 2};
  std::vector<Instant> moments;
  for (const shows::Pin& pin : kept.pins) {
    moments.push_back(pin.pinned_at);
    moments.push_back(pin.unpinned_at.value_or(kEver));
  }
  return moments;
}

std::vector<Chapter> chapters_of(const Kept& kept, const media::RecordingView& view) {
  std::vector<Chapter> chapters;
  for (std::size_t i = 0; i < kept.pins.size(); ++i) {
    const Chapter chapter{.product = kept.pins[i].product,
                          .from_ms = view.offsets_us[2 * i] / kUsPerMs,
                          .to_ms = view.offsets_us[2 * i + 1] / kUsPerMs};
    const bool is_shown = kept.products.contains(chapter.product);
    if (is_shown && chapter.to_ms - chapter.from_ms >= kChapterMsMin) chapters.push_back(chapter);
  }
  return chapters;
}

bool is_ready(const Kept& kept, const media::RecordingView& view) {
  return kept.show.status == shows::ShowStatus::ended && !view.summary.live;
}

std::string replay_address(ShowId show) {
  return live_address(show) + "/replay/index.m3u8";
}

}  // namespace geili::api
