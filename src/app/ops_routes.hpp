#pragma once
// /healthz, /readyz and /metrics, and the headers that every response carries.

#include "net/router.hpp"
#include "net/server.hpp"
#include "ops/health.hpp"
#include "ops/metrics.hpp"

namespace geili::app {

// `health` and `metrics` outlive the server.
void add_ops_routes(net::Router& router, const ops::Health& health, const ops::Metrics& metrics);

// Content-Security-Policy and its kin (OWASP ASVS 5.0 chapter V3).
void add_security_headers(const net::Asked& asked, net::Response& response);

}  // namespace geili::app
