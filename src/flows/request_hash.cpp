#include "flows/request_hash.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

#include <openssl/evp.h>

namespace geili::flows {
namespace {

// Each part with its length before it, so that no two requests write the same.
class Canon {
 public:
  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    text_.append(text);
  }
  void add(std::int64_t number) { text_.append(std::to_string(number)).push_back(';'); }
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

Bytes request_hash(const PlaceOrder& request) {
  Canon canon;
  canon.add(request.shop.value);
  canon.add(request.show.value_or(ShowId{}).value);
  canon.add(static_cast<std::int64_t>(request.lines.size()));
  for (const PlaceOrder::Line& line : request.lines) {
    canon.add(line.product.value);
    canon.add(line.quantity);
  }
  canon.add(orders::to_text(request.fulfilment));
  canon.add(request.buyer.name);
  canon.add(request.buyer.phone);
  canon.add(request.buyer.address);
  canon.add(request.buyer.country);
  canon.add(request.note);
  canon.add(request.expected_total.minor);
  canon.add(request.expected_total.currency.code());
  Bytes hash(32);
  const ByteView text = as_bytes(canon.text());
  auto* out = static_cast<unsigned char*>(static_cast<void*>(hash.data()));
  if (EVP_Digest(text.data(), text.size(), out, nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hash;
}

}  // namespace geili::flows
