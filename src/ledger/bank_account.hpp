#pragma once
// Where a household's money is sent: account numbers with their check digits.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::ledger {

inline constexpr std::size_t kBeneficiaryMax = 70;  // code points, as SEPA and SPEI forms have them
inline constexpr std::size_t kBankNameMax = 70;     // code points
inline constexpr std::size_t kAccountMax = 34;      // characters, as an IBAN has them

enum class AccountScheme : std::uint8_t {
  clabe,    // Mexico: 18 digits, the last of them a check
  iban,     // ISO 13616
  account,  // anything else: 4 to 34 letters, digits and hyphens
};
std::string_view to_text(AccountScheme scheme);
std::optional<AccountScheme> parse_account_scheme(std::string_view text);
AccountScheme stored_account_scheme(std::string_view text);

// A CLABE: bank (3), place (3), account (11), and the check digit: 10 less the sum of the other
// digits' products with 3, 7, 1, 3, 7, 1, …, each modulo 10.
bool is_clabe(std::string_view text);
// An IBAN (ISO 13616-1:2020) in capitals and without spaces: two letters of a country, two check
// digits and up to 30 letters and digits of the length the country has in the registry, with
// remainder 1 modulo 97 (ISO/IEC 7064). A country outside the table is refused.
bool is_iban(std::string_view text);

struct BankDetails {
  std::string beneficiary;
  AccountScheme scheme = AccountScheme::account;
  std::string account;  // spaces and hyphens between groups are taken out of CLABE and IBAN
  std::string bank;     // its name; may be empty
  friend bool operator==(const BankDetails&, const BankDetails&) = default;
};

// As they are kept. Fails with invalid-field. A CLABE is for MXN alone.
Result<BankDetails> checked_bank_details(const BankDetails& details, Currency currency);

// One set a shop and currency. Fails with invalid-field.
Result<void> set_bank_details(store::Tx& tx, ShopId shop, Currency currency,
                              const BankDetails& details, Instant now);
std::optional<BankDetails> find_bank_details(store::Tx& tx, ShopId shop, Currency currency);
// Of all currencies, those in past payout lines included; sums and entries stay. Fails with
// payout-in-progress while a line of a draft or at the bank still needs them.
Result<void> erase_bank_details(store::Tx& tx, ShopId shop);

// For lists: an ellipsis and the last four characters.
std::string masked_account(std::string_view account);

}  // namespace geili::ledger
