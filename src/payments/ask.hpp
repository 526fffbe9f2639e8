#pragma once
// What passes between the rules and a provider, as plain values: an Ask is what to ask it, an
// Answer or an Event what it says, Evidence what that says of the money.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "base/secret.hpp"
#include "payments/method.hpp"
#include "payments/payment.hpp"

namespace geili::payments {

using RefundId = Id<struct RefundTag>;

enum class AskKind : std::uint8_t {
  create,
  resume,   // the buyer's next step of what was created, once more
  look_up,  // what has come in
  cancel,
  refund,
};
std::string_view to_text(AskKind kind);
std::optional<AskKind> parse_ask_kind(std::string_view text);

// Lengths in bytes.
inline constexpr std::size_t kDescriptionMax = 200;
inline constexpr std::size_t kBuyerFieldMax = 200;
inline constexpr std::size_t kUrlMax = 500;

// What a provider shows to the buyer. The same for every `begin` of one payment: a provider refuses
// a key that comes again with other words.
struct Purchase {
  std::string description;
  std::string buyer_name;
  std::string buyer_email;  // empty when it is not known
  std::string return_url;   // where the provider's page sends the buyer afterwards
};

struct Ask {
  AskKind kind = AskKind::create;
  PaymentId payment;  // 0 when an event has only named the provider's own number
  std::string provider;
  Method method = Method::card;
  std::optional<Money> amount;  // of create and refund
  std::string reference;        // our name for the payment, which the provider hands back
  // The same Ask has the same key, for good: the provider does it once, however often it is asked.
  std::string idempotency_key;
  std::string provider_reference;
  std::string customer_reference;
  std::string money_reference;
  std::optional<Instant> pay_until;
  // When the payment was created, of create: a repeated request is the same to the byte. Else when
  // it was asked.
  Instant made_at;
  Purchase purchase;
};

enum class EvidenceKind : std::uint8_t {
  pending,         // the provider knows of it; the buyer has to act or to wait
  authorised,      // the money is reserved
  attempt_failed,  // one try was declined; the buyer may try again
  paid,            // the money is there
  failed,          // it will never come
  cancelled,       // called off at the provider
  refunded,        // so much of what was paid has been given back
  disputed,        // the buyer's bank wants it back
};
std::string_view to_text(EvidenceKind kind);

struct Evidence {
  EvidenceKind kind = EvidenceKind::pending;
  std::string provider_reference;   // what was asked: kept when the payment has none yet
  std::string money_reference;      // one payment by the buyer; a second one has another
  std::optional<Money> amount;      // the whole sum, as the provider says it
  std::int64_t refunded_minor = 0;  // of refunded: the sum of all refunds so far
  std::string reason;               // the provider's code, for a person
  std::optional<Money> fee;         // of paid: what the provider keeps of it
  bool look_up_tells_fee = false;   // of paid: this does not, and a look-up will
};

enum class RefundState : std::uint8_t { created, pending, done, failed };
std::string_view to_text(RefundState state);
std::optional<RefundState> parse_refund_state(std::string_view text);

struct RefundNews {
  RefundState state = RefundState::pending;
  std::string idempotency_key;  // of the Ask; empty when the provider did not hand it back
  std::string provider_reference;
};

// What the buyer's page needs to go on. It is handed on and not kept: a look-up brings it again.
struct BuyerStep {
  Secret<std::string> client_secret;  // of hosted fields
  std::string redirect_url;
  std::string voucher_number;
  std::string voucher_url;
  std::string bank_name;
  std::string account;  // a CLABE or another account number
  std::string account_holder;
  std::string transfer_reference;  // what the buyer writes beside the sum
};

struct Answer {
  std::string reference;  // our name, when the provider handed it back
  std::string provider_reference;
  std::string customer_reference;
  bool ask_again = false;  // a first step is done (a customer was made); ask to create once more
  std::vector<Evidence> evidence;
  std::optional<RefundNews> refund;
  BuyerStep buyer;
};

inline constexpr std::size_t kEventIdMax = 200;  // bytes

struct Event {
  std::string id;    // the provider's; an event that is sent again has the same
  std::string kind;  // the provider's word for it
  std::string reference;
  std::string provider_reference;
  std::optional<Evidence> evidence;
  std::optional<RefundNews> refund;
  std::string
      look_up;  // the money_reference that is to be looked up; the event itself says no more
};

}  // namespace geili::payments
