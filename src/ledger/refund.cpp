// What goes back of a sale: refunds, clawbacks and disputes.
#include <algorithm>
#include <array>
#include <utility>

#include "ledger/sale_row.hpp"
#include "store/canon.hpp"

namespace geili::ledger {
namespace {

// What is common to a refund and a clawback, once it is known what goes back.
struct GiveBack {
  EntryKind kind;
  Source source;
  Bytes request_hash;
  std::optional<EntryNumber> settles;
  AccountKey money;  // that the buyer's money comes out of
  Party fee_from;
  std::int64_t fee_returned_minor = 0;
  std::string memo;
  Instant occurred_at;
};

SaleParts going_back(const SaleState& sale, const Paid& part, std::int64_t fee_returned_minor) {
  const Paid after = sale.back.paid + part;
  return {.paid = part,
          .commission_minor =
              share_of(sale.sold.commission_minor, after.goods_minor, sale.sold.paid.goods_minor) -
              sale.back.commission_minor,
          .fee_minor = fee_returned_minor};
}

// The share of the sale's fee that falls on `part`.
std::int64_t fee_share(const SaleState& sale, const Paid& part) {
  const auto share = [&](std::int64_t back_minor) {
    return share_of(sale.sold.fee_minor, back_minor, sale.sold.paid.total_minor());
  };
  const std::int64_t before_minor = sale.back.paid.total_minor();
  return share(before_minor + part.total_minor()) - share(before_minor);
}

std::vector<Move> back_moves(const SaleState& sale, const GiveBack& give, const SaleParts& back) {
  const Currency currency = sale.currency;
  const AccountKey payable = payable_account(sale.shop, currency);
  std::vector<Move> moves{
      {Purpose::goods, payable, give.money, back.paid.goods_minor},
      {Purpose::shipping,
       party_account(sale.shipping_to, AccountKind::shipping_income, sale.shop, currency),
       give.money, back.paid.shipping_minor},
      {Purpose::tax, party_account(sale.tax_to, AccountKind::tax_payable, sale.shop, currency),
       give.money, back.paid.tax_minor()},
      {Purpose::commission, cooperative_account(AccountKind::commission_income, currency), payable,
       back.commission_minor}};
  if (sale.provider.empty()) {
    moves.push_back({Purpose::cash_kept, give.money, payable, back.paid.total_minor()});
    return moves;
  }
  const AccountKey bore = fee_account(sale.fee_from, sale.shop, sale.provider, currency);
  const AccountKey clearing =
      provider_account(AccountKind::provider_clearing, sale.provider, currency);
  moves.push_back({Purpose::provider_fee, clearing, bore, back.fee_minor});
  if (give.fee_from != sale.fee_from) {
    const std::int64_t lost_minor = fee_share(sale, back.paid) - back.fee_minor;
    moves.push_back({Purpose::provider_fee,
                     fee_account(give.fee_from, sale.shop, sale.provider, currency), bore,
                     std::max<std::int64_t>(lost_minor, 0)});
  }
  return moves;
}

Result<Posted> give_back(store::Tx& tx, const SaleState& sale, const Paid& part, GiveBack give,
                         Instant now) {
  if (give.fee_returned_minor > sale.sold.fee_minor - sale.back.fee_minor) {
    return fail(Error::make(ErrorKind::conflict, "fee-return-exceeds-fee",
                            "The provider would return more than its fee.")
                    .with("fee_left", sale.sold.fee_minor - sale.back.fee_minor));
  }
  const SaleParts back = going_back(sale, part, give.fee_returned_minor);
  auto posted = post(tx,
                     {.kind = give.kind,
                      .source = std::move(give.source),
                      .request_hash = std::move(give.request_hash),
                      .settles = give.settles,
                      .show = sale.show,
                      .currency = sale.currency,
                      .reference = sale.reference,
                      .memo = std::move(give.memo),
                      .occurred_at = give.occurred_at,
                      .moves = back_moves(sale, give, back)},
                     now);
  if (!posted) return posted;
  insert_refund(tx, posted->number, sale, back);
  return posted;
}

void check_common(FieldErrors& errors, const Source& source, const Source& of,
                  const std::string& memo, std::string_view of_path = "/sale") {
  check_source(errors, source, "/source");
  check_source(errors, of, of_path);
  errors.text(memo, {.max_length = kMemoMax}, "/memo");
}

// A dispute that is still open. Fails with dispute-not-found, dispute-closed.
Result<Entry> open_dispute(store::Tx& tx, const Source& source) {
  auto dispute = find_entry(tx, source);
  if (!dispute || dispute->kind != EntryKind::dispute) {
    return fail(ErrorKind::not_found, "dispute-not-found", "The books have no such dispute.");
  }
  if (const auto by = find_settling(tx, dispute->number)) {
    return fail(Error::make(ErrorKind::conflict, "dispute-closed", "The dispute was decided.")
                    .with("entry_number", by->value));
  }
  return dispute;
}

// The money that an open dispute keeps back.
const Posting& kept_back(const Entry& dispute) {
  return *std::ranges::find(dispute.postings, Purpose::dispute, &Posting::purpose);
}

std::unexpected<Error> exceeds_sale(const SaleState& sale) {
  return fail(Error::make(ErrorKind::conflict, "refund-exceeds-sale",
                          "More would go back than is left of the sale.")
                  .with("left", (sale.sold.paid - sale.back.paid).total_minor()));
}

// `amount_minor` over what is left of the sale, in proportion.
Paid part_of_rest(const SaleState& sale, std::int64_t amount_minor) {
  const Paid left = sale.sold.paid - sale.back.paid;
  const std::array weights{left.goods_minor, left.goods_tax_minor, left.shipping_minor,
                           left.shipping_tax_minor};
  const auto parts = allot(amount_minor, weights);
  return {parts[0], parts[1], parts[2], parts[3]};
}

// A sale through a provider of which `amount_minor` is left.
Result<SaleState> find_charged(store::Tx& tx, const Source& source, std::int64_t amount_minor) {
  auto sale = find_sale(tx, source);
  if (!sale) return sale;
  if (sale->provider.empty()) {
    return fail(ErrorKind::conflict, "clawback-of-cash", "No provider was paid for this sale.");
  }
  if (amount_minor > (sale->sold.paid - sale->back.paid).total_minor()) return exceeds_sale(*sale);
  return sale;
}

}  // namespace

Result<Posted> record_refund(store::Tx& tx, const Refund& refund, Instant now) {
  FieldErrors errors;
  check_common(errors, refund.source, refund.sale, refund.memo);
  check_amount(errors, refund.goods_minor, 0, "/goods_minor");
  check_amount(errors, refund.shipping_minor, 0, "/shipping_minor");
  check_amount(errors, refund.fee_returned_minor, 0, "/fee_returned_minor");
  if (refund.goods_minor == 0 && refund.shipping_minor == 0) errors.add("/goods_minor", "is 0");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  Bytes hash = store::Canon{}
                   .add("refund")
                   .add(refund.sale.kind)
                   .add(refund.sale.id)
                   .add(refund.goods_minor)
                   .add(refund.shipping_minor)
                   .add(to_text(refund.fee_from))
                   .add(refund.fee_returned_minor)
                   .sha256();
  lock_books(tx);
  auto before = find_posted(tx, refund.source, hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  auto sale = find_sale(tx, refund.sale);
  if (!sale) return fail_as(sale);
  auto part = part_of_prices(sale->sold.paid, sale->back.paid, sale->tax_is, refund.goods_minor,
                             refund.shipping_minor);
  if (!part) return fail_as(part);
  return give_back(tx, *sale, *part,
                   {.kind = EntryKind::refund,
                    .source = refund.source,
                    .request_hash = std::move(hash),
                    .money = money_account(sale->shop, sale->provider, sale->currency),
                    .fee_from = refund.fee_from,
                    .fee_returned_minor = refund.fee_returned_minor,
                    .memo = refund.memo,
                    .occurred_at = refund.occurred_at},
                   now);
}

Result<Posted> record_clawback(store::Tx& tx, const Clawback& clawback, Instant now) {
  FieldErrors errors;
  check_common(errors, clawback.source, clawback.sale, clawback.memo);
  check_amount(errors, clawback.amount_minor, 1, "/amount_minor");
  if (clawback.dispute) check_source(errors, *clawback.dispute, "/dispute");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  const Source dispute_source = clawback.dispute.value_or(Source{});
  Bytes hash = store::Canon{}
                   .add("clawback")
                   .add(clawback.sale.kind)
                   .add(clawback.sale.id)
                   .add(clawback.amount_minor)
                   .add(to_text(clawback.fee_from))
                   .add(dispute_source.kind)
                   .add(dispute_source.id)
                   .sha256();
  lock_books(tx);
  auto before = find_posted(tx, clawback.source, hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  auto sale = find_charged(tx, clawback.sale, clawback.amount_minor);
  if (!sale) return fail_as(sale);
  GiveBack give{.kind = EntryKind::clawback,
                .source = clawback.source,
                .request_hash = std::move(hash),
                .settles = std::nullopt,
                .money = money_account(sale->shop, sale->provider, sale->currency),
                .fee_from = clawback.fee_from,
                .memo = clawback.memo,
                .occurred_at = clawback.occurred_at};
  if (clawback.dispute) {
    auto dispute = open_dispute(tx, *clawback.dispute);
    if (!dispute) return fail_as(dispute);
    const Posting& kept = kept_back(*dispute);
    if (sale_of_dispute(tx, dispute->number) != sale->number ||
        kept.amount_minor != clawback.amount_minor) {
      return fail(Error::make(ErrorKind::conflict, "dispute-amount",
                              "The dispute keeps back another amount, or is of another sale.")
                      .with("kept", kept.amount_minor));
    }
    give.settles = dispute->number;
    give.money = kept.debit;
  }
  return give_back(tx, *sale, part_of_rest(*sale, clawback.amount_minor), std::move(give), now);
}

Result<Posted> record_dispute(store::Tx& tx, const Dispute& dispute, Instant now) {
  FieldErrors errors;
  check_common(errors, dispute.source, dispute.sale, dispute.memo);
  check_amount(errors, dispute.amount_minor, 1, "/amount_minor");
  check_amount(errors, dispute.fee_minor, 0, "/fee_minor");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  Bytes hash = store::Canon{}
                   .add("dispute")
                   .add(dispute.sale.kind)
                   .add(dispute.sale.id)
                   .add(dispute.amount_minor)
                   .add(dispute.fee_minor)
                   .add(to_text(dispute.fee_from))
                   .sha256();
  lock_books(tx);
  auto before = find_posted(tx, dispute.source, hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  auto sale = find_charged(tx, dispute.sale, dispute.amount_minor);
  if (!sale) return fail_as(sale);
  const AccountKey clearing =
      provider_account(AccountKind::provider_clearing, sale->provider, sale->currency);
  auto posted = post(
      tx,
      {.kind = EntryKind::dispute,
       .source = dispute.source,
       .request_hash = std::move(hash),
       .show = sale->show,
       .currency = sale->currency,
       .reference = sale->reference,
       .memo = dispute.memo,
       .occurred_at = dispute.occurred_at,
       .moves = {{Purpose::dispute,
                  provider_account(AccountKind::provider_disputes, sale->provider, sale->currency),
                  clearing, dispute.amount_minor},
                 {Purpose::provider_fee,
                  fee_account(dispute.fee_from, sale->shop, sale->provider, sale->currency),
                  clearing, dispute.fee_minor}}},
      now);
  if (posted) insert_dispute(tx, posted->number, sale->number);
  return posted;
}

Result<Posted> record_dispute_won(store::Tx& tx, const DisputeWon& won, Instant now) {
  FieldErrors errors;
  check_common(errors, won.source, won.dispute, won.memo, "/dispute");
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  Bytes hash = store::Canon{}.add("dispute_won").add(won.dispute.kind).add(won.dispute.id).sha256();
  lock_books(tx);
  auto before = find_posted(tx, won.source, hash);
  if (!before) return fail_as(before);
  if (*before) return **before;
  auto dispute = open_dispute(tx, won.dispute);
  if (!dispute) return fail_as(dispute);
  const Posting& kept = kept_back(*dispute);
  return post(tx,
              {.kind = EntryKind::dispute_won,
               .source = won.source,
               .request_hash = std::move(hash),
               .settles = dispute->number,
               .show = dispute->show,
               .currency = dispute->currency,
               .reference = dispute->reference,
               .memo = won.memo,
               .occurred_at = won.occurred_at,
               .moves = {{Purpose::dispute, kept.credit, kept.debit, kept.amount_minor}}},
              now);
}

}  // namespace geili::ledger
