#include "api/problem.hpp"

#include <string>

#include <boost/json.hpp>

namespace geili::api {
namespace {

namespace json = boost::json;

// The reason phrases of RFC 9110 section 15, for the titles of problems.
const char* title_of(unsigned status) {
  switch (status) {
    case 400:
      return "Bad request";
    case 401:
      return "Not signed in";
    case 403:
      return "Not allowed";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 408:
      return "Request timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Changed meanwhile";
    case 413:
      return "Too large";
    case 415:
      return "Unsupported media type";
    case 422:
      return "Does not fit";
    case 426:
      return "Upgrade required";
    case 428:
      return "If-Match needed";
    case 429:
      return "Too many requests";
    case 431:
      return "Header too large";
    case 503:
      return "Not available now";
    default:
      return status >= 500 ? "Our fault" : "Refused";
  }
}

}  // namespace

unsigned status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return 400;
    case ErrorKind::unauthenticated:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::gone:
      return 410;
    case ErrorKind::precondition:
      return 412;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::unsupported_media:
      return 415;
    case ErrorKind::unprocessable:
      return 422;
    case ErrorKind::precondition_required:
      return 428;
    case ErrorKind::rate_limited:
      return 429;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

net::Response problem(const Error& error) {
  return problem(error, status_of(error.kind));
}

net::Response problem(const Error& error, unsigned status) {
  json::object body;
  body["type"] = "/problems/" + error.code;
  body["title"] = title_of(status);
  body["status"] = status;
  if (!error.detail.empty()) body["detail"] = error.detail;
  if (!error.fields.empty()) {
    json::array errors;
    for (const FieldError& field : error.fields) {
      errors.push_back({{"path", field.path}, {"message", field.message}});
    }
    body["errors"] = std::move(errors);
  }
  net::Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/problem+json");
  response.headers.set("Cache-Control", "no-store");
  for (const auto& [name, value] : error.figures) {
    body[name] = value;
    if (name == "retry_after_s") response.headers.set("Retry-After", std::to_string(value));
  }
  response.body = json::serialize(body);
  return response;
}

}  // namespace geili::api
