#pragma once
// Sales and what goes back of them. All functions run inside the caller's transaction; an error
// leaves nothing changed once that is undone. Each is idempotent by its source: a second call
// returns the first entry with is_new false, and fails with ledger-source-reused when it asks for
// something else. Only real sales belong here: practice and demonstrations never reach the books.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "ledger/entry.hpp"
#include "ledger/split.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

inline constexpr std::int64_t kUnitsMax = 1'000'000;

struct Sale {
  Source source;  // ("order", "12")
  ShopId shop;
  std::optional<ShowId> show;
  Currency currency;
  SaleSplit split;
  std::int64_t units = 0;  // counted by earnings()
  std::string reference;   // the number that buyer and seller call it by
  std::string memo;
  Instant occurred_at;
};

// Paid through a provider, which holds the money until it settles. Fails with invalid-field,
// ledger-nothing-to-post (a sale for nothing), ledger-source-reused, ledger-account-full.
Result<Posted> record_sale(store::Tx& tx, const Sale& sale, std::string_view provider, Instant now);

// Paid in cash to the household, at the door or the gate: it keeps the cash, and owes the
// co-operative commission and whatever shipping and tax are the co-operative's. `provider_fee`
// must be 0. Fails like record_sale.
Result<Posted> cash_received(store::Tx& tx, const Sale& sale, Instant now);

struct Refund {
  Source source;                        // ("refund", "7")
  Source sale;                          // of the sale
  std::int64_t goods_minor = 0;         // prices as they were shown; their tax goes back with them
  std::int64_t shipping_minor = 0;      // likewise
  Party fee_from = Party::seller;       // who bears the fee on what goes back
  std::int64_t fee_returned_minor = 0;  // what the provider gives back of its fee
  std::string memo;
  Instant occurred_at;
};

// Gives money back to the buyer the way it came: through the provider, or out of the household's
// cash. Commission goes back in proportion. The balance of a seller who has been paid out turns
// negative, and the next payout nets it. Fails with invalid-field, ledger-sale-not-found,
// refund-exceeds-sale, fee-return-exceeds-fee, ledger-nothing-to-post, ledger-source-reused.
Result<Posted> record_refund(store::Tx& tx, const Refund& refund, Instant now);

struct Clawback {
  Source source;  // ("chargeback", "dp_1")
  Source sale;
  std::int64_t amount_minor = 0;  // what the provider has taken back; split over what is left
  Party fee_from = Party::seller;
  std::optional<Source> dispute;  // the dispute that this ends as lost
  std::string memo;
  Instant occurred_at;
};

// Takes back what a provider took back from the co-operative: from the provider's clearing, or out
// of what it held for a dispute, whose amount it must be. Fails like record_refund, and with
// clawback-of-cash, dispute-not-found, dispute-closed, dispute-amount.
Result<Posted> record_clawback(store::Tx& tx, const Clawback& clawback, Instant now);

struct Dispute {
  Source source;  // ("dispute", "dp_1")
  Source sale;
  std::int64_t amount_minor = 0;  // kept back by the provider; at most what is left of the sale
  std::int64_t fee_minor = 0;     // charged for the dispute
  Party fee_from = Party::seller;
  std::string memo;
  Instant occurred_at;
};

// The provider keeps money back until the dispute is decided; the seller's balance feels it only
// when it is lost. Fails like record_clawback.
Result<Posted> record_dispute(store::Tx& tx, const Dispute& dispute, Instant now);

struct DisputeWon {
  Source source;
  Source dispute;
  std::string memo;
  Instant occurred_at;
};
// The provider gives back what it kept. Fails with dispute-not-found, dispute-closed.
Result<Posted> record_dispute_won(store::Tx& tx, const DisputeWon& won, Instant now);

// How a sale stands.
struct SaleState {
  EntryNumber number;
  ShopId shop;
  std::optional<ShowId> show;
  Currency currency;
  std::int64_t units = 0;
  std::string provider;  // empty: cash that the household took
  Party shipping_to = Party::seller;
  Party tax_to = Party::cooperative;
  Party fee_from = Party::seller;
  TaxIs tax_is = TaxIs::included;
  SaleParts sold;
  SaleParts back;  // its fee: what the provider has returned
  std::string reference;
};
// Fails with ledger-sale-not-found.
Result<SaleState> find_sale(store::Tx& tx, const Source& sale);

}  // namespace geili::ledger
