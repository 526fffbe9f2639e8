#include "catalog/photo.hpp"

#include <array>
#include <cassert>

namespace geili::catalog {
namespace {

constexpr std::array<std::string_view, 3> kSizes{"small", "medium", "large"};

std::string_view kind_of(const PhotoOwner& owner) {
  static constexpr std::array<std::string_view, 3> kKinds{"product", "shop", "show"};
  return kKinds[static_cast<std::size_t>(owner.kind)];
}

Photo read_photo(const store::Row& row) {
  return {row.id<PhotoId>(0), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
}

void add_variant(store::Tx& tx, PhotoId photo, PhotoSize size, const Bytes& webp) {
  assert(!webp.empty());
  tx.exec("INSERT INTO photo_variant (photo_id, size, webp) VALUES ($1, $2, $3)", photo,
          to_text(size), webp);
}

Photo insert_photo(store::Tx& tx, PhotoOwner owner, const Picture& picture, std::int64_t position) {
  const PhotoId id{
      *tx.integer("INSERT INTO photo (owner_kind, owner_id, width, height, position)"
                  " VALUES ($1, $2, $3, $4, $5) RETURNING id",
                  kind_of(owner), owner.id, picture.width, picture.height, position)};
  add_variant(tx, id, PhotoSize::small, picture.small);
  add_variant(tx, id, PhotoSize::medium, picture.medium);
  add_variant(tx, id, PhotoSize::large, picture.large);
  return {id, picture.width, picture.height};
}

void delete_photo(store::Tx& tx, PhotoId photo) {
  tx.exec("DELETE FROM photo_variant WHERE photo_id = $1", photo);
  tx.exec("DELETE FROM photo WHERE id = $1", photo);
}

std::unexpected<Error> no_photo() {
  return fail(ErrorKind::not_found, "photo-not-found", "There is no such photo.");
}

}  // namespace

std::string_view to_text(PhotoSize size) {
  return kSizes[static_cast<std::size_t>(size)];
}

std::optional<PhotoSize> parse_photo_size(std::string_view text) {
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    if (kSizes[i] == text) return static_cast<PhotoSize>(i);
  }
  return std::nullopt;
}

std::string photo_address(PhotoId photo, PhotoSize size) {
  std::string address = "/photos/" + std::to_string(photo.value) + "/";
  return address.append(to_text(size)).append(".webp");
}

Result<Bytes> photo_bytes(store::Tx& tx, PhotoId photo, PhotoSize size) {
  auto found = tx.one(
      [](const store::Row& row) {
        const ByteView webp = row.bytes(0);
        return Bytes(webp.begin(), webp.end());
      },
      "SELECT webp FROM photo_variant WHERE photo_id = $1 AND size = $2", photo, to_text(size));
  if (!found) return no_photo();
  return *std::move(found);
}

std::vector<Photo> photos_of(store::Tx& tx, PhotoOwner owner) {
  std::vector<Photo> photos;
  tx.each([&](const store::Row& row) { photos.push_back(read_photo(row)); },
          "SELECT id, width, height FROM photo WHERE owner_kind = $1 AND owner_id = $2"
          " ORDER BY position, id",
          kind_of(owner), owner.id);
  return photos;
}

std::optional<Photo> first_photo(store::Tx& tx, PhotoOwner owner) {
  return tx.one(read_photo,
                "SELECT id, width, height FROM photo WHERE owner_kind = $1 AND owner_id = $2"
                " ORDER BY position, id LIMIT 1",
                kind_of(owner), owner.id);
}

Result<Photo> add_photo(store::Tx& tx, PhotoOwner owner, const Picture& picture,
                        std::int64_t count_max) {
  struct Present {
    std::int64_t count;
    std::int64_t next_position;
  };
  const auto present =
      tx.one([](const store::Row& row) { return Present{row.integer(0), row.integer(1)}; },
             "SELECT COUNT(*), COALESCE(MAX(position), -1) + 1 FROM photo"
             " WHERE owner_kind = $1 AND owner_id = $2",
             kind_of(owner), owner.id);
  if (present->count >= count_max) {
    return fail(
        Error::make(ErrorKind::conflict, "photos-limit", "There are as many photos as may be.")
            .with("photos_max", count_max));
  }
  return insert_photo(tx, owner, picture, present->next_position);
}

Result<void> remove_photo(store::Tx& tx, PhotoOwner owner, PhotoId photo) {
  const auto found =
      tx.integer("SELECT 1 FROM photo WHERE id = $1 AND owner_kind = $2 AND owner_id = $3", photo,
                 kind_of(owner), owner.id);
  if (!found) return no_photo();
  delete_photo(tx, photo);
  return {};
}

void remove_photos(store::Tx& tx, PhotoOwner owner) {
  for (const Photo& photo : photos_of(tx, owner)) delete_photo(tx, photo.id);
}

void copy_photos(store::Tx& tx, PhotoOwner from, PhotoOwner to) {
  for (const Photo& photo : photos_of(tx, from)) {
    const auto copy = tx.integer(
        "INSERT INTO photo (owner_kind, owner_id, width, height, position)"
        " SELECT $2, $3, width, height, position FROM photo WHERE id = $1 RETURNING id",
        photo.id, kind_of(to), to.id);
    tx.exec(
        "INSERT INTO photo_variant (photo_id, size, webp)"
        " SELECT $2, size, webp FROM photo_variant WHERE photo_id = $1",
        photo.id, *copy);
  }
}

Photo replace_photo(store::Tx& tx, PhotoOwner owner, const Picture& picture) {
  remove_photos(tx, owner);
  return insert_photo(tx, owner, picture, 0);
}

}  // namespace geili::catalog
