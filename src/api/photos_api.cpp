// Pictures: taken in as the phone sends them, given out as we made them.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "catalog/picture.hpp"
#include "catalog/picture_await.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// What a picture is put on; the name of its path parameter and who may put it there.
enum class Target : std::uint8_t { product, shop_cover, show_cover };

Result<std::int64_t> decode_target(const Request& request, Target target) {
  switch (target) {
    case Target::product:
      return path_number(request, "product_id");
    case Target::shop_cover:
      return path_number(request, "shop_id");
    case Target::show_cover:
      return path_number(request, "show_id");
  }
  return fail(ErrorKind::not_found, "not-found", "There is nothing of this name.");
}

// Before the picture is decoded: that costs a second of work.
Result<bool> allow(store::Tx& tx, Target target, std::int64_t id, const Caller& caller) {
  auto session = caller.signed_in(tx);
  if (!session) return fail_as(session);
  ShopId shop{id};
  Action action = Action::edit_shop;
  if (target == Target::product) {
    const auto product = catalog::find_product(tx, ProductId{id});
    if (!product) return std::unexpected(product.error());
    shop = product->shop;
    action = Action::edit_products;
  } else if (target == Target::show_cover) {
    const auto show = shows::find_show(tx, ShowId{id});
    if (!show) return std::unexpected(show.error());
    shop = show->shop;
    action = Action::run_shows;
  } else {
    const auto found = catalog::find_shop(tx, shop);
    if (!found) return std::unexpected(found.error());
  }
  const auto actor = caller.authorise(tx, action, shop);
  if (!actor) return std::unexpected(actor.error());
  return true;
}

Result<ProductView> put_on_product(store::Tx& tx, std::int64_t id, const catalog::Picture& picture,
                                   const Caller& caller) {
  auto product = flows::add_product_photo(tx, ProductId{id}, picture, *caller.clock);
  if (!product) return fail_as(product);
  note_deed(tx, caller, product->shop, "photo-added", identity::subject_of("product", id));
  return product_view(tx, std::move(*product));
}

Result<catalog::Shop> put_on_shop(store::Tx& tx, std::int64_t id, const catalog::Picture& picture,
                                  const Caller& caller) {
  auto shop = catalog::set_shop_cover(tx, ShopId{id}, picture);
  if (!shop) return shop;
  note_deed(tx, caller, shop->id, "cover-changed", identity::subject_of("shop", id));
  return shop;
}

Result<ShowView> put_on_show(store::Tx& tx, std::int64_t id, const catalog::Picture& picture,
                             const Caller& caller) {
  auto show = flows::set_show_cover(tx, ShowId{id}, picture);
  if (!show) return fail_as(show);
  note_deed(tx, caller, show->shop, "cover-changed", identity::subject_of("show", id));
  return viewed_show(tx, std::move(show));
}

awaitable<Response> take(const Context* context, Target target, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto id = decode_target(request, target);
  if (!id) co_return problem(id.error());
  const auto type = request.headers.find("Content-Type");
  if (!type || !type->starts_with("image/")) {
    co_return problem(Error::make(ErrorKind::unsupported_media, "not-a-picture",
                                  "Send image/jpeg, image/png, image/webp or image/heic."));
  }
  const Caller caller = Caller::of(request, *context->clock);
  auto check = [target, id = *id, caller](store::Tx& tx) { return allow(tx, target, id, caller); };
  const auto allowed = co_await store::write(*context->database, check);
  if (!allowed) co_return problem(allowed.error());

  const ByteView view = as_bytes(request.body);
  Bytes file(view.begin(), view.end());
  auto picture = co_await catalog::process(*context->pictures, std::move(file));
  if (!picture) co_return problem(picture.error());
  auto shared = std::make_shared<const catalog::Picture>(std::move(*picture));

  if (target == Target::product) {
    auto job = [id = *id, shared, caller](store::Tx& tx) {
      return put_on_product(tx, id, *shared, caller);
    };
    auto product = co_await store::write(*context->database, job);
    if (!product) co_return problem(product.error());
    co_return versioned(to_json(*product), product->product.version, request, 201);
  }
  if (target == Target::shop_cover) {
    auto job = [id = *id, shared, caller](store::Tx& tx) {
      return put_on_shop(tx, id, *shared, caller);
    };
    auto shop = co_await store::write(*context->database, job);
    if (!shop) co_return problem(shop.error());
    co_return versioned(to_json(*shop), shop->version, request);
  }
  auto job = [id = *id, shared, caller](store::Tx& tx) {
    return put_on_show(tx, id, *shared, caller);
  };
  auto show = co_await store::write(*context->database, job);
  if (!show) co_return problem(show.error());
  auto live = co_await decorated(context, std::move(*show));
  co_return versioned(to_json(live), live.show.version, request);
}

// DELETE /products/{product_id}/photos/{photo_id}

struct Remove {
  ProductId product;
  PhotoId photo;
};

Result<Remove> decode_remove(const Request& request) {
  const auto named = path_ids<ProductTag, PhotoTag>(request, "product_id", "photo_id");
  if (!named) return std::unexpected(named.error());
  return Remove{.product = named->owner, .photo = named->id};
}

Result<ProductView> run_remove(store::Tx& tx, const Remove& remove, const Caller& caller) {
  const auto allowed = allow(tx, Target::product, remove.product.value, caller);
  if (!allowed) return std::unexpected(allowed.error());
  auto product = flows::remove_product_photo(tx, remove.product, remove.photo, *caller.clock);
  if (!product) return fail_as(product);
  note_deed(tx, caller, product->shop, "photo-removed",
            identity::subject_of("product", remove.product.value));
  return product_view(tx, std::move(*product));
}

Response encode_product(const ProductView& view, const Request& request) {
  return versioned(to_json(view), view.product.version, request);
}

// GET /photos/{photo_id}/{file}

struct Address {
  PhotoId photo;
  catalog::PhotoSize size;
};

Result<Address> decode_address(const Request& request) {
  const auto photo = path_id<PhotoTag>(request, "photo_id");
  if (!photo) return std::unexpected(photo.error());
  std::string_view file = request.path_parameter("file");
  constexpr std::string_view kEnding = ".webp";
  const auto size = file.ends_with(kEnding)
                        ? catalog::parse_photo_size(file.substr(0, file.size() - kEnding.size()))
                        : std::nullopt;
  if (!size) return fail(ErrorKind::not_found, "photo-not-found", "There is no such picture.");
  return Address{.photo = *photo, .size = *size};
}

Result<Bytes> run_address(store::Tx& tx, const Address& address, const Caller&) {
  return catalog::photo_bytes(tx, address.photo, address.size);
}

Response encode_photo(const Bytes& bytes, const Request&) {
  Response response;
  response.headers.set("Content-Type", "image/webp");
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  response.body = std::string(as_text(bytes));
  return response;
}

net::Route upload(const Context& context, Method method, std::string pattern, std::string operation,
                  Target target) {
  return {method, std::move(pattern), std::move(operation),
          [context = &context, target](Request request) {
            return take(context, target, std::move(request));
          },
          context.upload_bytes_max};
}

}  // namespace

void add_photo_routes(net::Router& router, const Context& context) {
  router.add(upload(context, Method::post, "/api/v1/products/{product_id}/photos", "addPhoto",
                    Target::product));
  router.add(upload(context, Method::put, "/api/v1/shops/{shop_id}/cover", "setShopCover",
                    Target::shop_cover));
  router.add(upload(context, Method::put, "/api/v1/shows/{show_id}/cover", "setShowCover",
                    Target::show_cover));
  router.add({Method::del, "/api/v1/products/{product_id}/photos/{photo_id}", "removePhoto",
              handler(context, Endpoint<Remove, ProductView>{Job::write, decode_remove, run_remove,
                                                             encode_product})});
  router.add({Method::get, "/photos/{photo_id}/{file}", "",
              handler(context, Endpoint<Address, Bytes>{Job::read, decode_address, run_address,
                                                        encode_photo})});
}

}  // namespace geili::api
