#include "ledger/settlement.hpp"

#include <utility>
#include <vector>

#include "ledger/sale_row.hpp"
#include "store/canon.hpp"

namespace geili::ledger {
namespace {

struct Words {
  const Source& source;
  const std::string& reference;
  const std::string& memo;
};

void check_words(FieldErrors& errors, const Words& words, std::size_t memo_least = 0) {
  check_source(errors, words.source, "/source");
  errors.text(words.reference, {.max_length = kReferenceMax}, "/reference");
  errors.text(words.memo, {.min_length = memo_least, .max_length = kMemoMax}, "/memo");
}

void check_shop(FieldErrors& errors, ShopId shop) {
  if (shop.value < 1) errors.add("/shop_id", "is not a shop");
}

// The source's entry when there is one, else a new one.
Result<Posted> post_once(store::Tx& tx, const NewEntry& entry, Instant now) {
  lock_books(tx);
  auto before = find_posted(tx, entry.source, entry.request_hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  return post(tx, entry, now);
}

NewEntry new_entry(EntryKind kind, const Words& words, Bytes request_hash, Currency currency,
                   Instant occurred_at, std::vector<Move> moves) {
  return {.kind = kind,
          .source = words.source,
          .request_hash = std::move(request_hash),
          .settles = std::nullopt,
          .show = std::nullopt,
          .currency = currency,
          .reference = words.reference,
          .memo = words.memo,
          .occurred_at = occurred_at,
          .moves = std::move(moves)};
}

}  // namespace

Result<Posted> record_provider_settlement(store::Tx& tx, const Settlement& settlement,
                                          Instant now) {
  const Words words{settlement.source, settlement.reference, settlement.memo};
  FieldErrors errors;
  check_words(errors, words);
  check_provider(errors, settlement.provider, "/provider");
  check_amount(errors, settlement.amount.minor, 1, "/amount");
  check_amount(errors, settlement.fee_minor, 0, "/fee_minor");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const Currency currency = settlement.amount.currency;
  const AccountKey clearing =
      provider_account(AccountKind::provider_clearing, settlement.provider, currency);
  return post_once(
      tx,
      new_entry(EntryKind::settlement, words,
                store::Canon{}
                    .add("settlement")
                    .add(settlement.provider)
                    .add(currency.code())
                    .add(settlement.amount.minor)
                    .add(settlement.fee_minor)
                    .sha256(),
                currency, settlement.occurred_at,
                {{Purpose::settlement, cooperative_account(AccountKind::bank, currency), clearing,
                  settlement.amount.minor},
                 {Purpose::provider_fee,
                  provider_account(AccountKind::fee_expense, settlement.provider, currency),
                  clearing, settlement.fee_minor}}),
      now);
}

Result<Posted> record_fee(store::Tx& tx, const Fee& fee, Instant now) {
  const Words words{fee.source, fee.reference, fee.memo};
  FieldErrors errors;
  check_words(errors, words);
  check_provider(errors, fee.provider, "/provider");
  check_amount(errors, fee.amount.minor, 1, "/amount");
  if (fee.shop) check_shop(errors, *fee.shop);
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const Currency currency = fee.amount.currency;
  const ShopId shop = fee.shop.value_or(ShopId{});
  NewEntry entry = new_entry(
      EntryKind::fee, words,
      store::Canon{}
          .add("fee")
          .add(fee.provider)
          .add(shop.value)
          .add(fee.show.value_or(ShowId{}).value)
          .add(currency.code())
          .add(fee.amount.minor)
          .sha256(),
      currency, fee.occurred_at,
      {{Purpose::provider_fee,
        fee_account(fee.shop ? Party::seller : Party::cooperative, shop, fee.provider, currency),
        provider_account(AccountKind::provider_clearing, fee.provider, currency),
        fee.amount.minor}});
  entry.show = fee.show;
  return post_once(tx, std::move(entry), now);
}

Result<Posted> record_seller_payment(store::Tx& tx, const SellerPayment& payment, Instant now) {
  const Words words{payment.source, payment.reference, payment.memo};
  FieldErrors errors;
  check_words(errors, words);
  check_shop(errors, payment.shop);
  check_amount(errors, payment.amount.minor, 1, "/amount");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const Currency currency = payment.amount.currency;
  const AccountKind into = payment.into == PaidInto::bank ? AccountKind::bank : AccountKind::cash;
  return post_once(tx,
                   new_entry(EntryKind::payment, words,
                             store::Canon{}
                                 .add("payment")
                                 .add(payment.shop.value)
                                 .add(currency.code())
                                 .add(payment.amount.minor)
                                 .add(to_text(into))
                                 .sha256(),
                             currency, payment.occurred_at,
                             {{Purpose::payment, cooperative_account(into, currency),
                               payable_account(payment.shop, currency), payment.amount.minor}}),
                   now);
}

Result<Posted> record_adjustment(store::Tx& tx, const Adjustment& adjustment, Instant now) {
  const Words words{adjustment.source, adjustment.reference, adjustment.memo};
  const std::int64_t minor = adjustment.amount.minor;
  FieldErrors errors;
  check_words(errors, words, 1);
  check_shop(errors, adjustment.shop);
  if (minor == 0 || minor < -kMoneyMinorMax || minor > kMoneyMinorMax) {
    errors.add("/amount", "is 0, or more than " + std::to_string(kMoneyMinorMax) + " either way");
  }
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const Currency currency = adjustment.amount.currency;
  AccountKey debit = cooperative_account(AccountKind::adjustments, currency);
  AccountKey credit = payable_account(adjustment.shop, currency);
  if (minor < 0) std::swap(debit, credit);
  return post_once(tx,
                   new_entry(EntryKind::adjustment, words,
                             store::Canon{}
                                 .add("adjustment")
                                 .add(adjustment.shop.value)
                                 .add(currency.code())
                                 .add(minor)
                                 .sha256(),
                             currency, adjustment.occurred_at,
                             {{Purpose::adjustment, debit, credit, minor < 0 ? -minor : minor}}),
                   now);
}

Result<Posted> reverse_entry(store::Tx& tx, EntryNumber number, std::string_view memo,
                             Instant now) {
  auto memo_text = checked_text(memo, {.min_length = 1, .max_length = kMemoMax}, "/memo");
  if (!memo_text) return fail_as(memo_text);
  lock_books(tx);
  auto wrong = find_entry(tx, number);
  if (!wrong) return fail_as(wrong);
  const bool reversible = wrong->kind == EntryKind::settlement || wrong->kind == EntryKind::fee ||
                          wrong->kind == EntryKind::payment || wrong->kind == EntryKind::adjustment;
  if (!reversible) {
    return fail(ErrorKind::conflict, "ledger-entry-not-reversible",
                "Only settlements, fees, payments and adjustments are reversed.");
  }
  std::vector<Move> moves;
  for (const Posting& posting : wrong->postings) {
    moves.push_back({posting.purpose, posting.credit, posting.debit, posting.amount_minor});
  }
  return post_once(tx,
                   {.kind = EntryKind::reversal,
                    .source = Source::of("reversal", number),
                    .request_hash = store::Canon{}.add("reversal").add(number.value).sha256(),
                    .settles = number,
                    .show = std::nullopt,
                    .currency = wrong->currency,
                    .reference = wrong->reference,
                    .memo = *std::move(memo_text),
                    .occurred_at = now,
                    .moves = std::move(moves)},
                   now);
}

}  // namespace geili::ledger
