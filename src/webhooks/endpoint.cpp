#include "webhooks/endpoint.hpp"

#include <array>

#include "base/base64.hpp"
#include "base/random.hpp"
#include "store/names.hpp"

namespace geili::webhooks {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::array<std::string_view, 4> kDisabledNames{"no", "by_hand", "gone", "failing"};

#define GEILI_ENDPOINT_COLUMNS                                                            \
  "id, shop_id, url, description, events, disabled_why, failing_since, old_secret_until," \
  " created_at"

Endpoint read(const store::Row& row) {
  return {.id = row.id<EndpointId>(0),
          .shop = row.id<ShopId>(1),
          .choice = {.url = row.string(2),
                     .description = row.string(3),
                     .events = events_of(row.text(4))},
          .disabled = store::stored<Disabled>(kDisabledNames, row.text(5)),
          .failing_since = row.optional_instant(6),
          .old_secret_until = row.optional_instant(7),
          .created_at = row.instant(8)};
}

std::unexpected<Error> not_found() {
  return fail(ErrorKind::not_found, "webhook-endpoint-not-found", "The shop has no such endpoint.");
}

std::string place_of(EndpointId endpoint) {
  return std::to_string(endpoint.value) + " webhook secret";
}

struct NewSecret {
  Secret<std::string> shown;
  Bytes sealed;
};

NewSecret new_secret(EndpointId endpoint, const crypto::Sealer& sealer) {
  const Bytes key = random_bytes(kSecretBytes);
  return {
      .shown = Secret<std::string>("whsec_" + to_base64(key)),
      .sealed = sealer.seal(Secret<std::string>(std::string(as_text(key))), place_of(endpoint))};
}

void give_up_waiting(store::Tx& tx, EndpointId endpoint) {
  tx.exec(
      "UPDATE webhook_delivery SET state = 'dead', due_at = NULL,"
      " last_error = 'endpoint_disabled' WHERE endpoint_id = $1 AND due_at IS NOT NULL",
      endpoint);
}

}  // namespace

std::string_view to_text(Disabled disabled) {
  return store::name_of(kDisabledNames, disabled);
}

std::vector<Endpoint> list_endpoints(store::Tx& tx, ShopId shop) {
  std::vector<Endpoint> all;
  tx.each([&](const store::Row& row) { all.push_back(read(row)); },
          "SELECT " GEILI_ENDPOINT_COLUMNS " FROM webhook_endpoint WHERE shop_id = $1 ORDER BY id",
          shop);
  return all;
}

Result<Endpoint> find_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint) {
  auto found = tx.one(read,
                      "SELECT " GEILI_ENDPOINT_COLUMNS
                      " FROM webhook_endpoint WHERE id = $1 AND shop_id = $2",
                      endpoint, shop);
  if (!found) return not_found();
  return *std::move(found);
}

Result<WithSecret> create_endpoint(store::Tx& tx, ShopId shop, const EndpointChoice& choice,
                                   const crypto::Sealer& sealer, Instant now) {
  const auto count =
      tx.integer("SELECT count(*) FROM webhook_endpoint WHERE shop_id = $1", shop).value_or(0);
  if (count >= static_cast<std::int64_t>(kEndpointsPerShopMax)) {
    return fail(ErrorKind::conflict, "webhook-endpoints-full",
                "A shop has five endpoints at most.");
  }
  auto made =
      *tx.one(read,
              "INSERT INTO webhook_endpoint (shop_id, url, description, events,"
              " disabled_why, leased_until, created_at) VALUES ($1, $2, $3, $4, 'no', 0, $5)"
              " RETURNING " GEILI_ENDPOINT_COLUMNS,
              shop, choice.url, choice.description, words_of(choice.events), now);
  NewSecret secret = new_secret(made.id, sealer);
  tx.exec("UPDATE webhook_endpoint SET secret = $2 WHERE id = $1", made.id, secret.sealed);
  return WithSecret{std::move(made), std::move(secret.shown)};
}

Result<Endpoint> change_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint,
                                 const EndpointChoice& choice, std::optional<bool> is_disabled,
                                 Instant now) {
  auto before = find_endpoint(tx, shop, endpoint);
  if (!before) return before;
  tx.exec("UPDATE webhook_endpoint SET url = $2, description = $3, events = $4 WHERE id = $1",
          endpoint, choice.url, choice.description, words_of(choice.events));
  const bool was_disabled = before->disabled != Disabled::no;
  const bool disables = is_disabled.value_or(was_disabled);
  if (disables && !was_disabled) {
    disable(tx, endpoint, Disabled::by_hand, now);
  }
  if (!disables && was_disabled) {
    tx.exec(
        "UPDATE webhook_endpoint SET disabled_why = 'no', disabled_at = NULL,"
        " failing_since = NULL WHERE id = $1",
        endpoint);
  }
  return find_endpoint(tx, shop, endpoint);
}

Result<void> delete_endpoint(store::Tx& tx, ShopId shop, EndpointId endpoint) {
  const auto deleted =
      tx.exec("DELETE FROM webhook_endpoint WHERE id = $1 AND shop_id = $2", endpoint, shop);
  if (deleted == 0) return not_found();
  tx.exec("DELETE FROM webhook_delivery WHERE endpoint_id = $1", endpoint);
  return {};
}

Result<WithSecret> rotate_secret(store::Tx& tx, ShopId shop, EndpointId endpoint,
                                 const crypto::Sealer& sealer, Instant now) {
  NewSecret secret = new_secret(endpoint, sealer);
  auto changed = tx.one(read,
                        "UPDATE webhook_endpoint SET old_secret = secret, old_secret_until = $4,"
                        " secret = $3 WHERE id = $1 AND shop_id = $2"
                        " RETURNING " GEILI_ENDPOINT_COLUMNS,
                        endpoint, shop, secret.sealed, now + kOldSecretSignsFor);
  if (!changed) return not_found();
  return WithSecret{*std::move(changed), std::move(secret.shown)};
}

void disable(store::Tx& tx, EndpointId endpoint, Disabled why, Instant now) {
  tx.exec("UPDATE webhook_endpoint SET disabled_why = $2, disabled_at = $3 WHERE id = $1", endpoint,
          to_text(why), now);
  give_up_waiting(tx, endpoint);
}

Result<std::vector<Secret<std::string>>> open_secrets(const SealedSecrets& sealed,
                                                      EndpointId endpoint,
                                                      const crypto::Sealer& sealer) {
  std::vector<Secret<std::string>> keys;
  for (const Bytes* one : {&sealed.current, &sealed.old}) {
    if (one->empty()) continue;
    auto key = sealer.open(*one, place_of(endpoint));
    if (!key) return fail_as(key);
    keys.push_back(*std::move(key));
  }
  return keys;
}

void erase_shop_webhooks(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM webhook_delivery WHERE message_id IN"
      " (SELECT id FROM webhook_message WHERE shop_id = $1)",
      shop);
  tx.exec("DELETE FROM webhook_message WHERE shop_id = $1", shop);
  tx.exec("DELETE FROM webhook_endpoint WHERE shop_id = $1", shop);
}

}  // namespace geili::webhooks
