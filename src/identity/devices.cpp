#include "identity/devices.hpp"

#include "base/text.hpp"
#include "identity/token.hpp"

namespace geili::identity {
namespace {

constexpr std::size_t kDisplayNameLengthMax = 40;

}  // namespace

NewDevice add_device(store::Tx& tx, const Clock& clock) {
  NewToken token = new_token();
  const auto id = tx.integer(
      "INSERT INTO device (token_hash, created_at, last_seen_at) VALUES ($1, $2, $2) RETURNING id",
      token.hash, clock.now());
  return {DeviceId{*id}, std::move(token.token)};
}

std::optional<Device> find_device(store::Tx& tx, std::string_view token) {
  return tx.one(
      [](const store::Row& row) { return Device{row.id<DeviceId>(0), row.optional_string(1)}; },
      "SELECT id, display_name FROM device WHERE token_hash = $1", hash_token(token));
}

Result<std::string> set_display_name(store::Tx& tx, const Clock& clock, DeviceId id,
                                     std::string_view name) {
  auto checked =
      checked_text(name, {.min_length = 1, .max_length = kDisplayNameLengthMax}, "/name");
  if (!checked) return checked;
  if (tx.exec("UPDATE device SET display_name = $2, last_seen_at = $3 WHERE id = $1", id, *checked,
              clock.now()) == 0) {
    return fail(ErrorKind::not_found, "device-unknown", "There is no such device.");
  }
  return checked;
}

}  // namespace geili::identity
