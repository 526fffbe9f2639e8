// A buyer's device: /device.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "identity/devices.hpp"

namespace geili::api {
namespace {

using net::Method;
using net::Request;
using net::Response;

struct Nothing {};
Result<Nothing> decode_nothing(const Request&) {
  return Nothing{};
}

struct DeviceView {
  std::string name;
  std::string new_token;  // of a device that was registered just now
};

Response encode_device(const DeviceView& view, const Request& request) {
  Response response = json_response({{"name", view.name}}, view.new_token.empty() ? 200 : 201);
  if (!view.new_token.empty()) set_device_cookie(response, request, view.new_token);
  return response;
}

Result<DeviceView> run_get(store::Tx& tx, const Nothing&, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  return DeviceView{.name = device->display_name.value_or("")};
}

using Name = std::optional<std::string>;

Result<Name> decode_register(const Request& request) {
  Name name;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    name = body.optional_text("name", {.min_length = 1, .max_length = 40});
  });
  if (!read) return fail_as(read);
  return name;
}

Result<DeviceView> run_register(store::Tx& tx, const Name& name, const Caller& caller) {
  DeviceView view;
  auto known = caller.device(tx);
  DeviceId id;
  if (known) {
    id = known->id;
    view.name = known->display_name.value_or("");
  } else {
    auto added = identity::add_device(tx, *caller.clock);
    id = added.id;
    view.new_token = std::move(added.token);
  }
  if (name) {
    auto kept = identity::set_display_name(tx, *caller.clock, id, *name);
    if (!kept) return fail_as(kept);
    view.name = std::move(*kept);
  }
  return view;
}

}  // namespace

void add_device_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/device", "getDevice",
              handler(context, Endpoint<Nothing, DeviceView>{Job::read, decode_nothing, run_get,
                                                             encode_device})});
  router.add({Method::post, "/api/v1/device", "registerDevice",
              handler(context, Endpoint<Name, DeviceView>{Job::write, decode_register, run_register,
                                                          encode_device})});
}

}  // namespace geili::api
