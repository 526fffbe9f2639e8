// The first line is an x-signature, the second a data.id, the rest a body. Nobody without the
// secret is believed, and what is signed is read or refused: as a notification and as an answer.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "payments/mercado_pago/mercado_pago_stub_testing.hpp"

namespace {

std::string take_line(std::string& text) {
  const std::size_t line = text.find('\n');
  std::string first = text.substr(0, line);
  text = line == std::string::npos ? "" : text.substr(line + 1);
  return first;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::payments;
  static const MercadoPagoProvider kProvider = mercado_pago_provider();
  const ManualClock clock;
  std::string body(as_text(std::as_bytes(std::span(data, size))));
  const std::string header = take_line(body);
  const std::string id = take_line(body);

  const Webhook raw{body, {{"x-signature", header}}, {{"data.id", id}}};
  assert(!kProvider.read_webhook(raw, clock));

  const auto events = kProvider.read_webhook(signed_by_mercado_pago(id, body, clock.now()), clock);
  if (events) {
    for (const Event& event : *events) {
      assert(!event.id.empty() && event.id.size() <= kEventIdMax);
      assert(is_payment_number(event.look_up));
    }
  }
  for (const AskKind kind : {AskKind::create, AskKind::look_up, AskKind::refund}) {
    for (const char* number : {"", "1"}) {
      const Ask ask{.kind = kind, .reference = "r", .money_reference = number};
      const auto answer = kProvider.read(ask, {.status = 200, .body = body});
      if (!answer) continue;
      for (const Evidence& evidence : answer->evidence) assert(evidence.refunded_minor >= 0);
    }
  }
  return 0;
}
