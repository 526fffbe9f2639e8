#pragma once
// Photos of products and covers of shops and shows: three WebP pictures each, kept in the database
// so that a backup is one file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::catalog {

inline constexpr std::int64_t kProductPhotosMax = 12;

enum class PhotoSize : std::uint8_t { small, medium, large };  // 240, 720, at most 1600 px wide
std::string_view to_text(PhotoSize size);
std::optional<PhotoSize> parse_photo_size(std::string_view text);

// A picture that was decoded and encoded by us (see picture.hpp); width and height of the large
// one.
struct Picture {
  int width = 0;
  int height = 0;
  Bytes small, medium, large;  // WebP
};

struct Photo {
  PhotoId id;
  int width = 0;  // of the large picture
  int height = 0;
};

// Where the server offers a picture: "/photos/12/small.webp". It never changes its content.
std::string photo_address(PhotoId photo, PhotoSize size);

// The bytes behind an address; fails with photo-not-found.
Result<Bytes> photo_bytes(store::Tx& tx, PhotoId photo, PhotoSize size);

// What a photo belongs to.
struct PhotoOwner {
  enum class Kind : std::uint8_t { product, shop, show };
  Kind kind;
  std::int64_t id;
  static PhotoOwner of(ProductId id) { return {Kind::product, id.value}; }
  static PhotoOwner of(ShopId id) { return {Kind::shop, id.value}; }
  static PhotoOwner of(ShowId id) { return {Kind::show, id.value}; }
};

// In order of position. Nobody checks here that the owner exists.
std::vector<Photo> photos_of(store::Tx& tx, PhotoOwner owner);
std::optional<Photo> first_photo(store::Tx& tx, PhotoOwner owner);
// Fails with photos-limit at `count_max`.
Result<Photo> add_photo(store::Tx& tx, PhotoOwner owner, const Picture& picture,
                        std::int64_t count_max);
// Fails with photo-not-found when the photo is not the owner's.
Result<void> remove_photo(store::Tx& tx, PhotoOwner owner, PhotoId photo);
void remove_photos(store::Tx& tx, PhotoOwner owner);
// Gives `to` what `from` has, beside its own.
void copy_photos(store::Tx& tx, PhotoOwner from, PhotoOwner to);
// Puts the picture in the place of all the owner has.
Photo replace_photo(store::Tx& tx, PhotoOwner owner, const Picture& picture);

}  // namespace geili::catalog
