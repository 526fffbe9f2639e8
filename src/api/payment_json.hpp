#pragma once
// Payments as the contract shows them.

#include <boost/json/object.hpp>

#include "flows/pay.hpp"

namespace geili::api {

boost::json::object buyer_payment_json(const flows::OrderPayment& payment);
// With what a person of the shop has to look at.
boost::json::object seller_payment_json(const flows::OrderPayment& payment);

}  // namespace geili::api
