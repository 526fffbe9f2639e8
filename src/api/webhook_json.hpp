#pragma once
// Endpoints and deliveries as JSON.

#include <boost/json/value.hpp>

#include "webhooks/delivery.hpp"
#include "webhooks/endpoint.hpp"

namespace geili::api {

boost::json::object to_json(const webhooks::Endpoint& endpoint);
// With the secret, which is shown this once.
boost::json::object to_json(const webhooks::WithSecret& made);
boost::json::object to_json(const webhooks::Delivery& delivery);

}  // namespace geili::api
