#include "push/subscription.hpp"

#include "crypto/sha256.hpp"

namespace geili::push {
namespace {

// By the endpoint and not the device: what one device's row holds opens in no row of another
// endpoint.
std::string place_of(ByteView endpoint_hash) {
  return to_hex(endpoint_hash) + " push subscription";
}

Secret<std::string> text_of(const Target& target) {
  return Secret<std::string>(target.endpoint + "\n" + to_base64url(target.keys.p256dh) + "\n" +
                             to_base64url(target.keys.auth));
}

}  // namespace

Result<void> subscribe(store::Tx& tx, DeviceId device, const Target& target,
                       std::string_view language, const crypto::Sealer& sealer, Instant now) {
  const Bytes hash = crypto::sha256(as_bytes(target.endpoint));
  tx.exec("DELETE FROM push_subscription WHERE endpoint_hash = $1 AND device_id <> $2", hash,
          device);
  if (!language_of(tx, device)) {
    const auto count = tx.integer("SELECT count(*) FROM push_subscription").value_or(0);
    if (count >= kSubscriptionsMax) {
      return fail(ErrorKind::conflict, "push-subscriptions-full",
                  "No more devices can be reminded by this server.");
    }
  }
  tx.exec(
      "INSERT INTO push_subscription (device_id, endpoint_hash, sealed, language, changed_at)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device_id) DO UPDATE SET"
      " endpoint_hash = excluded.endpoint_hash, sealed = excluded.sealed,"
      " language = excluded.language, changed_at = excluded.changed_at",
      device, hash, sealer.seal(text_of(target), place_of(hash)), language, now);
  return {};
}

void unsubscribe(store::Tx& tx, DeviceId device) {
  tx.exec("DELETE FROM push_subscription WHERE device_id = $1", device);
  tx.exec("DELETE FROM show_reminder WHERE device_id = $1", device);
  tx.exec("DELETE FROM shop_reminder WHERE device_id = $1", device);
}

std::optional<std::string> language_of(store::Tx& tx, DeviceId device) {
  return tx.one([](const store::Row& row) { return row.string(0); },
                "SELECT language FROM push_subscription WHERE device_id = $1", device);
}

Result<Target> open_target(const SealedTarget& sealed, const crypto::Sealer& sealer) {
  auto text = sealer.open(sealed.sealed, place_of(sealed.endpoint_hash));
  if (!text) return fail_as(text);
  const std::string_view all = text->reveal();
  const std::size_t first = all.find('\n');
  const std::size_t second = all.find('\n', first + 1);
  auto p256dh = from_base64url(all.substr(first + 1, second - first - 1));
  auto auth = from_base64url(all.substr(second + 1));
  return Target{.endpoint = std::string(all.substr(0, first)),
                .keys = {.p256dh = *std::move(p256dh), .auth = *std::move(auth)}};
}

}  // namespace geili::push
