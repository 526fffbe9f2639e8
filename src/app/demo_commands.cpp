// `geili demo seed` and `geili demo remove`.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <boost/json.hpp>

#include "api/live_address.hpp"
#include "app/commands.hpp"
#include "app/open_store.hpp"
#include "base/clock.hpp"
#include "catalog/demo_rows.hpp"
#include "catalog/picture.hpp"
#include "flows/demo.hpp"
#include "identity/demo_people.hpp"
#include "identity/entry_links.hpp"
#include "identity/people.hpp"
#include "shows/stream_key.hpp"

namespace geili::app {
namespace {

namespace json = boost::json;

// Found from the working folder; ./dev runs the program at the top of the checkout.
constexpr const char* kAssets = "assets/demo";

std::map<std::string, catalog::Picture, std::less<>> load_photos() {
  std::map<std::string, catalog::Picture, std::less<>> photos;
  for (const std::string_view name : flows::demo_photo_names()) {
    std::ifstream file(std::string(kAssets) + "/photos/" + std::string(name) + ".jpg",
                       std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.empty()) continue;
    auto picture = catalog::process_picture(as_bytes(text));
    if (picture) photos.emplace(name, std::move(*picture));
  }
  return photos;
}

struct Seeded {
  flows::DemoVillage village;
  std::string pearl_key;
  std::string stone_key;
  std::string sign_in_token;
};

Result<Seeded> seed(store::Tx& tx, const flows::DemoPhotos& photos, const Clock& clock) {
  auto village = flows::seed_demo(tx, photos, clock);
  if (!village) return fail_as(village);
  const auto lin = identity::demo_seller(tx, clock, "demo-lin", "Lin",
                                         {village->pearls.shop, village->stone.shop});
  if (!lin) return std::unexpected(lin.error());
  auto link = identity::make_sign_in_link(tx, clock, std::nullopt, *lin);
  if (!link) return fail_as(link);
  auto pearl_key = shows::stream_key(tx, village->pearls.show);
  if (!pearl_key) return fail_as(pearl_key);
  auto stone_key = shows::stream_key(tx, village->stone.show);
  if (!stone_key) return fail_as(stone_key);
  return Seeded{*village, *pearl_key, *stone_key, link->token};
}

json::array broadcasts(const Seeded& seeded) {
  json::array out;
  const auto add = [&](const char* clip, const std::string& key) {
    const std::string path = std::string(kAssets) + "/" + clip;
    if (std::filesystem::exists(path))
      out.push_back({{"clip", path}, {"app", "live"}, {"key", key}});
  };
  add("pearl-village.mp4", seeded.pearl_key);
  return out;
}

}  // namespace

int run_demo_seed(const ops::Config& config) {
  const auto photos = load_photos();
  const SystemClock clock;
  const auto database = open_store(config).database;
  const flows::DemoPhotos photo = [&](std::string_view name) -> std::optional<catalog::Picture> {
    const auto found = photos.find(name);
    return found == photos.end() ? std::nullopt : std::optional(found->second);
  };
  auto job = [&](store::Tx& tx) { return seed(tx, photo, clock); };
  auto seeded = store::write_and_wait(*database, job);
  if (!seeded) {
    std::fprintf(stderr, "geili: the demo could not be seeded: %s\n",
                 seeded.error().detail.c_str());
    return 1;
  }
  const std::string show = std::to_string(seeded->village.pearls.show.value);
  const json::object out{
      {"show_path", "/shows/" + show},
      {"studio_path", "/signin/link?next=/studio/shows/" + show + "#" + seeded->sign_in_token},
      {"hls_path", api::live_address(seeded->village.pearls.show) + "/index.m3u8"},
      {"necklace_id", std::to_string(seeded->village.necklace.value)},
      {"broadcasts", broadcasts(*seeded)}};
  std::printf("%s\n", json::serialize(out).c_str());
  return 0;
}

int take_demo_out(store::Tx& tx) {
  for (const ShopId shop : catalog::demo_shops(tx)) identity::leave_demo_shop(tx, shop);
  identity::remove_demo_people(tx);
  return flows::remove_demo(tx);
}

int run_demo_remove(const ops::Config& config) {
  const auto database = open_store(config).database;
  auto job = [](store::Tx& tx) -> Result<int> { return take_demo_out(tx); };
  auto removed = store::write_and_wait(*database, job);
  if (!removed) return 1;
  std::printf("Removed %d demo shops with all that belongs to them.\n", *removed);
  return 0;
}

}  // namespace geili::app
