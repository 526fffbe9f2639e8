#include "flows/news.hpp"

#include <string>

#include <boost/json.hpp>

namespace geili::flows {
namespace {

namespace json = boost::json;
using webhooks::Event;

template <class Tag>
json::string id_json(Id<Tag> id) {
  return json::string(std::to_string(id.value));
}

json::object money_json(std::int64_t minor, Currency currency) {
  return {{"minor", minor}, {"currency", json::string(currency.code())}};
}

json::object order_json(const orders::Order& order) {
  json::object out{{"order_id", id_json(order.id)},
                   {"number", order.number},
                   {"status", json::string(orders::to_text(order.status))},
                   {"fulfilment", json::string(orders::to_text(order.fulfilment))},
                   {"total", money_json(order.total.minor, order.total.currency)}};
  if (order.show) out["show_id"] = id_json(*order.show);
  return out;
}

// `make()` gives the data; it is not asked when nobody listens.
template <class Make>
void tell(store::Tx& tx, const Listeners& listeners, ShopId shop, Event event, Instant now,
          Make make) {
  if (!webhooks::is_heard(listeners, event)) return;
  json::object data = make();
  data["shop_id"] = id_json(shop);
  webhooks::publish(tx, shop, listeners, event, json::serialize(data), now);
}

template <class Make>
void tell(store::Tx& tx, ShopId shop, Event event, Instant now, Make make) {
  tell(tx, webhooks::listeners(tx, shop), shop, event, now, make);
}

}  // namespace

void tell_order(store::Tx& tx, Event event, const orders::Order& order, Instant now) {
  tell(tx, order.shop, event, now, [&] { return order_json(order); });
}

void tell_order(store::Tx& tx, const Listeners& listeners, Event event, const orders::Order& order,
                Instant now) {
  tell(tx, listeners, order.shop, event, now, [&] { return order_json(order); });
}

void tell_money(store::Tx& tx, Event event, const orders::Order& order,
                const payments::Payment& payment, std::int64_t amount_minor, Instant now) {
  tell(tx, order.shop, event, now, [&] {
    json::object out = order_json(order);
    out["payment_id"] = id_json(payment.id);
    out["method"] = json::string(payments::to_text(payment.method));
    out["amount"] = money_json(amount_minor, payment.amount.currency);
    out["practice"] = payment.provider == "sandbox";
    return out;
  });
}

void tell_order_status(store::Tx& tx, const orders::Order& order, Instant now) {
  switch (order.status) {
    case orders::OrderStatus::packed:
      return tell_order(tx, Event::order_packed, order, now);
    case orders::OrderStatus::handed_over:
      return tell_order(tx, Event::order_handed_over, order, now);
    case orders::OrderStatus::cancelled:
      return tell_order(tx, Event::order_cancelled, order, now);
    case orders::OrderStatus::placed:
      return;
  }
}

void tell_parcel(store::Tx& tx, Event event, const shipping::Parcel& parcel, Instant now) {
  tell(tx, parcel.shop, event, now, [&] {
    json::array orders;
    for (const shipping::ParcelOrder& one : parcel.orders) orders.push_back(id_json(one.order));
    json::object out{{"parcel_id", id_json(parcel.id)},
                     {"number", parcel.number},
                     {"state", json::string(shipping::to_text(parcel.state))},
                     {"carrier", parcel.carrier},
                     {"tracking_number", parcel.tracking_number},
                     {"order_ids", std::move(orders)}};
    if (parcel.show) out["show_id"] = id_json(*parcel.show);
    return out;
  });
}

void tell_return(store::Tx& tx, const shipping::ReturnRequest& request, const orders::Order& order,
                 Instant now) {
  tell(tx, request.shop, Event::return_asked, now, [&] {
    std::int64_t units = 0;
    for (const shipping::ReturnLine& line : request.lines) units += line.quantity;
    return json::object{{"return_id", id_json(request.id)},
                        {"order_id", id_json(request.order)},
                        {"number", order.number},
                        {"wish", json::string(shipping::to_text(request.wish))},
                        {"reason", json::string(shipping::to_text(request.reason))},
                        {"units", units}};
  });
}

void tell_sold_out(store::Tx& tx, const Listeners& listeners, ShopId shop, ProductId product,
                   Instant now) {
  tell(tx, listeners, shop, Event::product_sold_out, now,
       [&] { return json::object{{"product_id", id_json(product)}}; });
}

void tell_show(store::Tx& tx, const shows::Show& show, Instant now) {
  const bool is_live = show.status == shows::ShowStatus::live;
  tell(tx, show.shop, is_live ? Event::show_started : Event::show_ended, now, [&] {
    return json::object{{"show_id", id_json(show.id)},
                        {"status", json::string(shows::to_text(show.status))},
                        {"sold_count", show.sold_count}};
  });
}

void tell_payouts(store::Tx& tx, const ledger::PayoutBatch& before,
                  const ledger::PayoutBatch& after, Instant now) {
  for (std::size_t i = 0; i < after.lines.size() && i < before.lines.size(); ++i) {
    const ledger::PayoutLine& line = after.lines[i];
    const bool was_paid = before.lines[i].status == ledger::LineStatus::paid;
    if (was_paid || line.status != ledger::LineStatus::paid) continue;
    tell(tx, line.shop, Event::payout_paid, now, [&] {
      return json::object{{"payout_id", id_json(line.batch)},
                          {"line_id", id_json(line.id)},
                          {"reference", line.reference},
                          {"amount", money_json(line.amount.minor, line.amount.currency)}};
    });
  }
}

}  // namespace geili::flows
