// Whatever is typed as an account is refused or kept in a form that is kept again as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "ledger/bank_account.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using ledger::AccountScheme;
  const std::string text(as_text(std::as_bytes(std::span(data, size))));
  const auto mxn = *Currency::parse("MXN");
  for (const auto scheme : {AccountScheme::clabe, AccountScheme::iban, AccountScheme::account}) {
    const auto kept = ledger::checked_bank_details({"Rosa", scheme, text, ""}, mxn);
    if (!kept) continue;
    if (kept->account.size() > ledger::kAccountMax) std::abort();
    if (ledger::checked_bank_details(*kept, mxn) != *kept) std::abort();
    (void)ledger::masked_account(kept->account);
  }
  return 0;
}
