#include "net/request_parser.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include "net/request_target.hpp"

namespace geili::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using beast::error_code;

std::string_view std_view(beast::string_view text) {
  return {text.data(), text.size()};
}

ErrorKind kind_of(unsigned status) {
  switch (status) {
    case 404:
    case 405:
      return ErrorKind::not_found;
    case 413:
    case 431:
      return ErrorKind::too_large;
    case 500:
    case 503:
      return ErrorKind::unavailable;
    default:
      return ErrorKind::invalid;
  }
}

Refusal refusal_of(const error_code& code) {
  if (code == http::error::header_limit) {
    return refusal(431, "header-too-large", "The request header is longer than the limit.");
  }
  if (code == http::error::bad_version) {
    return refusal(505, "http-version", "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
  }
  return refusal(400, "bad-request",
                 "The request is not well-formed HTTP: " + code.message() + ".");
}

// Beast calls everything that is wrong behind the version a bad version.
bool is_line_of_http_1(std::string_view input) {
  const std::string_view line = input.substr(0, input.find('\n'));
  return line.find(" HTTP/1.1") != std::string_view::npos ||
         line.find(" HTTP/1.0") != std::string_view::npos;
}

}  // namespace

Refusal refusal(unsigned status, std::string_view code, std::string_view detail) {
  return {status, Error::make(kind_of(status), code, detail)};
}

struct RequestParser::State final : http::basic_parser<true> {
  explicit State(const Limits& given) : limits(given) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
    body_limit(boost::none);  // the route's limit is known after the header: see append()
  }

  void refuse(Refusal why, error_code& ec) {
    fault = std::move(why);
    ec = http::error::bad_value;
  }
  void on_request_impl(http::verb, beast::string_view name, beast::string_view target, int version,
                       error_code& ec) override {
    is_http_1_1 = version == 11;
    const auto method = net::parse_method(std_view(name));
    if (!method) return refuse(refusal(501, "unknown-method", "The method is not known."), ec);
    request.method = *method;
    auto parsed = parse_request_target(std_view(target));
    if (!parsed) return refuse({400, std::move(parsed.error())}, ec);
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
  }
  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  std::size_t append(beast::string_view body, error_code& ec) {
    if (body.size() > body_bytes_max - request.body.size()) {
      refuse(refusal(413, "body-too-large", "The request body is longer than the limit."), ec);
      return 0;
    }
    request.body.append(body.data(), body.size());
    return body.size();
  }
  std::size_t on_body_impl(beast::string_view body, error_code& ec) override {
    return append(body, ec);
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, error_code& ec) override {
    return append(body, ec);
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  Limits limits;
  Request request;
  std::optional<Refusal> fault;
  std::size_t body_bytes_max = 0;
  bool is_http_1_1 = false;
  bool is_header_read = false;
  bool is_header_told = false;
  bool has_transfer_encoding = false;
  bool expects_continue = false;
};

void RequestParser::State::on_field_impl(http::field field, beast::string_view name,
                                         beast::string_view value, error_code& ec) {
  if (is_header_read) return;  // trailers are read and dropped
  if (request.headers.all().size() >= limits.header_fields_max) {
    return refuse(refusal(431, "header-too-large", "The request has too many header fields."), ec);
  }
  switch (field) {
    case http::field::content_length:
      if (has_transfer_encoding || request.headers.find("content-length") ||
          value.find(',') != beast::string_view::npos) {
        return refuse(refusal(400, "bad-length", "The length of the body is told more than once."),
                      ec);
      }
      break;
    case http::field::transfer_encoding:
      if (has_transfer_encoding || !is_http_1_1 || request.headers.find("content-length")) {
        return refuse(refusal(400, "bad-length", "The length of the body is told more than once."),
                      ec);
      }
      if (!beast::iequals(value, "chunked")) {
        return refuse(refusal(501, "transfer-coding", "Only the chunked transfer coding is known."),
                      ec);
      }
      has_transfer_encoding = true;
      break;
    case http::field::expect:
      if (!beast::iequals(value, "100-continue")) {
        return refuse(refusal(417, "expectation", "Only 100-continue can be expected."), ec);
      }
      expects_continue = is_http_1_1;
      break;
    default:
      break;
  }
  request.headers.add(std_view(name), std_view(value));
}

void RequestParser::State::on_header_impl(error_code& ec) {
  is_header_read = true;
  const std::size_t hosts = request.headers.count("host");
  if (hosts > 1 || (hosts == 0 && is_http_1_1)) {
    return refuse(refusal(400, "bad-host", "A request has exactly one Host."), ec);
  }
}

RequestParser::RequestParser(const Limits& limits) : state_(std::make_unique<State>(limits)) {}
RequestParser::RequestParser(RequestParser&&) noexcept = default;
RequestParser& RequestParser::operator=(RequestParser&&) noexcept = default;
RequestParser::~RequestParser() = default;

std::expected<RequestParser::Progress, Refusal> RequestParser::feed(std::string_view& input) {
  while (true) {
    if (state_->is_header_read && !state_->is_header_told) {
      state_->is_header_told = true;
      return Progress::header;
    }
    if (state_->is_done()) return Progress::done;
    if (input.empty()) return Progress::need_more;
    error_code ec;
    const std::size_t taken =
        state_->put(boost::asio::const_buffer(input.data(), input.size()), ec);
    input.remove_prefix(taken);
    if (ec == http::error::need_more) {
      if (input.size() > state_->limits.header_bytes_max) {
        return std::unexpected(refusal_of(http::error::header_limit));
      }
      return Progress::need_more;
    }
    if (state_->fault) return std::unexpected(std::move(*state_->fault));
    if (ec == http::error::bad_version && is_line_of_http_1(input)) {
      return std::unexpected(refusal_of(http::error::bad_line_ending));
    }
    if (ec) return std::unexpected(refusal_of(ec));
  }
}

void RequestParser::set_body_bytes_max(std::size_t bytes_max) {
  state_->body_bytes_max = bytes_max;
}

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = state_->content_length();
  return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool RequestParser::has_body() const {
  return state_->chunked() || (state_->content_length() && *state_->content_length() > 0);
}

bool RequestParser::keep_alive() const {
  return state_->keep_alive();
}
bool RequestParser::expects_continue() const {
  return state_->expects_continue;
}
Request& RequestParser::request() {
  return state_->request;
}

}  // namespace geili::net
