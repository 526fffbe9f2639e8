#pragma once
// A return as its buyer and its shop both see it.

#include <boost/json/value.hpp>

#include "shipping/return_request.hpp"

namespace geili::api {

boost::json::value to_json(const shipping::ReturnRequest& request);

}  // namespace geili::api
