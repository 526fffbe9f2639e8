#include "api/encode.hpp"

#include <boost/json.hpp>

#include "api/live_address.hpp"
#include "api/payment_json.hpp"
#include "api/return_json.hpp"
#include "catalog/photo.hpp"
#include "net/etag.hpp"

namespace geili::api {

namespace json = boost::json;

namespace {

json::string text_json(std::string_view text) {
  return json::string(text.data(), text.size());
}

const char* video_text(VideoState state) {
  switch (state) {
    case VideoState::none:
      return "none";
    case VideoState::live:
      return "live";
    case VideoState::away:
      return "away";
  }
  return "none";
}

json::value video_json(const ShowView& view) {
  json::object video{{"state", video_text(view.video)},
                     {"hls", live_address(view.show.id) + "/index.m3u8"}};
  if (view.video != VideoState::none) {
    video["poster"] = live_address(view.show.id) + "/cover.jpg";
  }
  return video;
}

json::array lines_json(const orders::Order& order) {
  json::array lines;
  for (const orders::OrderLine& line : order.lines) {
    json::object out{{"product_id", id_json(line.product)},
                     {"title", line.title},
                     {"quantity", line.quantity},
                     {"unit_price", to_json(line.unit_price)}};
    if (line.photo) {
      out["photo"] = catalog::photo_address(*line.photo, catalog::PhotoSize::small);
    }
    lines.push_back(std::move(out));
  }
  return lines;
}

// What buyer and seller both see of an order.
json::object order_json(const orders::Order& order) {
  json::object buyer{{"name", order.buyer.name}, {"phone", order.buyer.phone}};
  if (!order.buyer.address.empty()) buyer["address"] = order.buyer.address;
  if (!order.buyer.country.empty()) buyer["country"] = order.buyer.country;
  json::array history;
  for (const orders::StatusChange& change : order.history) {
    history.push_back(
        {{"status", text_json(to_text(change.status))}, {"at", instant_json(change.at)}});
  }
  json::object out{{"number", order.number},
                   {"status", text_json(to_text(order.status))},
                   {"shop_id", id_json(order.shop)},
                   {"lines", lines_json(order)},
                   {"total", to_json(order.total)},
                   {"shipping", to_json(Money{order.shipping_minor, order.total.currency})},
                   {"discount", to_json(Money{order.discount.minor, order.total.currency})},
                   {"fulfilment", text_json(to_text(order.fulfilment))},
                   {"buyer", std::move(buyer)},
                   {"note", order.note},
                   {"placed_at", instant_json(order.placed_at)},
                   {"history", std::move(history)}};
  if (order.show) out["show_id"] = id_json(*order.show);
  if (!order.discount.title.empty()) out["coupon"] = order.discount.title;
  return out;
}

json::object order_parcel_json(const OrderParcel& one) {
  const shipping::Parcel& parcel = one.parcel;
  json::object out{{"number", parcel.number}, {"state", text_json(to_text(parcel.state))}};
  if (!parcel.carrier.empty()) out["carrier"] = parcel.carrier;
  if (!parcel.tracking_number.empty()) out["tracking_number"] = parcel.tracking_number;
  if (one.tracking_url) out["tracking_url"] = *one.tracking_url;
  json::array history;
  for (const shipping::ParcelChange& change : parcel.history) {
    history.push_back(
        {{"state", text_json(to_text(change.state))}, {"at", instant_json(change.at)}});
  }
  out["history"] = std::move(history);
  return out;
}

json::array variants_json(const ProductView& view) {
  json::array variants;
  for (const VariantView& one : view.variants) {
    const catalog::Product& variant = one.product;
    json::array photos;
    for (const catalog::Photo& photo : variant.photos) photos.push_back(to_json(photo));
    variants.push_back({{"id", id_json(variant.id)},
                        {"name", variant.variant_name},
                        {"price", to_json(variant.price)},
                        {"stock", one.available},
                        {"weight_g", variant.weight_g},
                        {"photos", std::move(photos)},
                        {"version", variant.version}});
  }
  return variants;
}

json::array parts_json(const ProductView& view) {
  json::array parts;
  for (const PartView& part : view.parts) {
    json::object out{{"product_id", id_json(part.product)},
                     {"title", part.offer.title},
                     {"quantity", part.quantity},
                     {"stock", part.available}};
    if (part.offer.photo) {
      out["photo"] = catalog::photo_address(*part.offer.photo, catalog::PhotoSize::small);
    }
    parts.push_back(std::move(out));
  }
  return parts;
}

}  // namespace

json::string instant_json(Instant instant) {
  return json::string(to_rfc3339(instant));
}

json::value to_json(const Money& money) {
  return {{"minor", money.minor}, {"currency", text_json(money.currency.code())}};
}

json::value to_json(const catalog::Photo& photo) {
  using catalog::PhotoSize;
  return {{"id", id_json(photo.id)},
          {"width", photo.width},
          {"height", photo.height},
          {"small", catalog::photo_address(photo.id, PhotoSize::small)},
          {"medium", catalog::photo_address(photo.id, PhotoSize::medium)},
          {"large", catalog::photo_address(photo.id, PhotoSize::large)}};
}

json::value to_json(const catalog::Shop& shop) {
  json::object out{{"id", id_json(shop.id)},  {"name", shop.name},
                   {"village", shop.village}, {"description", shop.description},
                   {"pickup", shop.pickup},   {"currency", text_json(shop.currency.code())},
                   {"demo", shop.demo},       {"version", shop.version}};
  if (shop.cover) out["cover"] = to_json(*shop.cover);
  return out;
}

json::value to_json(const ProductView& view) {
  const catalog::Product& product = view.product;
  json::array photos;
  for (const catalog::Photo& photo : product.photos) photos.push_back(to_json(photo));
  json::object out{{"id", id_json(product.id)},
                   {"shop_id", id_json(product.shop)},
                   {"kind", text_json(to_text(product.kind))},
                   {"title", product.title},
                   {"description", product.description},
                   {"price", to_json(product.price)},
                   {"stock", view.available},
                   {"hidden", product.hidden},
                   {"removed", product.removed},
                   {"weight_g", product.weight_g},
                   {"photos", std::move(photos)},
                   {"version", product.version}};
  if (view.number) out["number"] = *view.number;
  if (product.parent) {
    out["parent_id"] = id_json(*product.parent);
    out["variant_name"] = product.variant_name;
  }
  if (product.kind == catalog::ProductKind::parent) {
    out["price_max"] = to_json(Money{product.price_max_minor, product.price.currency});
    out["variants"] = variants_json(view);
  }
  if (product.kind == catalog::ProductKind::bundle) out["parts"] = parts_json(view);
  return out;
}

json::value to_json(const shows::Repeat& repeat) {
  json::array weekdays;
  for (const shows::Weekday day : repeat.weekdays) weekdays.push_back(text_json(to_text(day)));
  json::object out{{"weekdays", std::move(weekdays)}, {"time_zone", repeat.time_zone}};
  if (repeat.until) out["until"] = instant_json(*repeat.until);
  if (repeat.left) out["times"] = *repeat.left;
  return out;
}

json::value to_json(const ShowView& view) {
  const shows::Show& show = view.show;
  json::array products;
  for (const ProductView& product : view.products) products.push_back(to_json(product));
  json::object out{{"id", id_json(show.id)},
                   {"shop", to_json(view.shop)},
                   {"title", show.title},
                   {"status", text_json(to_text(show.status))},
                   {"starts_at", instant_json(show.starts_at)},
                   {"products", std::move(products)},
                   {"sold_count", show.sold_count},
                   {"viewer_count", view.viewers},
                   {"video", video_json(view)},
                   {"version", show.version}};
  if (show.started_at) out["started_at"] = instant_json(*show.started_at);
  if (show.ended_at) out["ended_at"] = instant_json(*show.ended_at);
  if (show.pinned) out["pinned_product_id"] = id_json(*show.pinned);
  if (view.cover) out["cover"] = to_json(*view.cover);
  if (view.trailer) {
    out["trailer"] = live_address(view.trailer->recorded) + "/clips/" + view.trailer->clip;
  }
  if (view.series) out["repeat"] = to_json(view.series->repeat);
  if (view.guests.empty()) return out;
  json::array guests;
  for (const catalog::Shop& guest : view.guests) guests.push_back(to_json(guest));
  out["guest_shops"] = std::move(guests);
  return out;
}

json::value buyer_order_json(const OrderView& view) {
  json::object out = order_json(view.order);
  out["token"] = view.order.token;
  out["shop_name"] = view.shop_name;
  out["pickup"] = view.order.pickup_place.empty() ? view.pickup : view.order.pickup_place;
  json::array parcels;
  for (const OrderParcel& one : view.parcels) parcels.push_back(order_parcel_json(one));
  out["parcels"] = std::move(parcels);
  json::array returns;
  for (const auto& one : view.returns) returns.push_back(to_json(one));
  out["returns"] = std::move(returns);
  out["payment"] = buyer_payment_json(view.payment);
  return out;
}

json::value seller_order_json(const OrderView& view) {
  json::object out = order_json(view.order);
  out["id"] = id_json(view.order.id);
  if (!view.order.pickup_place.empty()) out["pickup"] = view.order.pickup_place;
  out["payment"] = seller_payment_json(view.payment);
  return out;
}

net::Response json_response(const json::value& value, unsigned status) {
  net::Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.headers.set("Cache-Control", "no-store");
  response.body = json::serialize(value);
  return response;
}

net::Response no_content() {
  net::Response response;
  response.status = 204;
  return response;
}

net::Response file_download(std::string content, std::string_view content_type,
                            std::string_view name) {
  net::Response response;
  response.headers.set("Content-Type", std::string(content_type));
  response.headers.set("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
  response.headers.set("Cache-Control", "private, no-store");
  response.body = std::move(content);
  return response;
}

net::Response encode_done(const Done& /*done*/, const net::Request& /*request*/) {
  return no_content();
}

net::Response versioned(const json::value& value, std::int64_t version, const net::Request& request,
                        unsigned status) {
  net::Response response = json_response(value, status);
  const std::string& body = std::get<std::string>(response.body);
  const std::string tag = net::strong_etag(std::to_string(version) + '-' +
                                           std::to_string(std::hash<std::string>{}(body)));
  response.headers.set("ETag", tag);
  response.headers.set("Cache-Control", "private, no-cache");
  if (request.method == net::Method::get && net::is_not_modified(request.headers, tag)) {
    response.status = 304;
    response.body = std::string();
  }
  return response;
}

net::Response page_response(json::array items, const std::string& next_cursor,
                            const net::Request& request) {
  json::object page{{"items", std::move(items)}};
  if (!next_cursor.empty()) page["next_cursor"] = next_cursor;
  net::Response response = json_response(page);
  if (next_cursor.empty()) return response;
  // The same query with the cursor in the place of the old one.
  std::string query;
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const std::size_t end = rest.find('&');
    const std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!pair.starts_with("cursor=")) query.append(pair).append("&");
  }
  response.headers.set(
      "Link", "<" + request.path + "?" + query + "cursor=" + next_cursor + ">; rel=\"next\"");
  return response;
}

}  // namespace geili::api
