#pragma once
// RFC 9457: how a refusal looks on the wire. The one table from error to status is here.

#include "base/error.hpp"
#include "net/http.hpp"

namespace geili::api {

unsigned status_of(ErrorKind kind);

// application/problem+json of the error; retry_after_s becomes Retry-After as well.
net::Response problem(const Error& error);
// The same with a status that HTTP gave already (404, 405, 413, 431, 500): see
// net::ServerHooks::refuse.
net::Response problem(const Error& error, unsigned status);

}  // namespace geili::api
