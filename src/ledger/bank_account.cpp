#include "ledger/bank_account.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "store/names.hpp"

namespace geili::ledger {
namespace {

using store::name_of;
using store::stored;

constexpr std::array<std::string_view, 3> kSchemes{"clabe", "iban", "account"};

struct IbanCountry {
  std::string_view code;
  std::size_t length;
};
// Lengths of the IBAN registry.
constexpr std::array kIbanCountries{
    IbanCountry{"AD", 24}, IbanCountry{"AE", 23}, IbanCountry{"AL", 28}, IbanCountry{"AT", 20},
    IbanCountry{"AZ", 28}, IbanCountry{"BA", 20}, IbanCountry{"BE", 16}, IbanCountry{"BG", 22},
    IbanCountry{"BH", 22}, IbanCountry{"BR", 29}, IbanCountry{"CH", 21}, IbanCountry{"CR", 22},
    IbanCountry{"CY", 28}, IbanCountry{"CZ", 24}, IbanCountry{"DE", 22}, IbanCountry{"DK", 18},
    IbanCountry{"DO", 28}, IbanCountry{"EE", 20}, IbanCountry{"EG", 29}, IbanCountry{"ES", 24},
    IbanCountry{"FI", 18}, IbanCountry{"FO", 18}, IbanCountry{"FR", 27}, IbanCountry{"GB", 22},
    IbanCountry{"GE", 22}, IbanCountry{"GI", 23}, IbanCountry{"GL", 18}, IbanCountry{"GR", 27},
    IbanCountry{"GT", 28}, IbanCountry{"HR", 21}, IbanCountry{"HU", 28}, IbanCountry{"IE", 22},
    IbanCountry{"IL", 23}, IbanCountry{"IS", 26}, IbanCountry{"IT", 27}, IbanCountry{"JO", 30},
    IbanCountry{"KW", 30}, IbanCountry{"KZ", 20}, IbanCountry{"LB", 28}, IbanCountry{"LI", 21},
    IbanCountry{"LT", 20}, IbanCountry{"LU", 20}, IbanCountry{"LV", 21}, IbanCountry{"MC", 27},
    IbanCountry{"MD", 24}, IbanCountry{"ME", 22}, IbanCountry{"MK", 19}, IbanCountry{"MR", 27},
    IbanCountry{"MT", 31}, IbanCountry{"MU", 30}, IbanCountry{"NL", 18}, IbanCountry{"NO", 15},
    IbanCountry{"PK", 24}, IbanCountry{"PL", 28}, IbanCountry{"PS", 29}, IbanCountry{"PT", 25},
    IbanCountry{"QA", 29}, IbanCountry{"RO", 24}, IbanCountry{"RS", 22}, IbanCountry{"SA", 24},
    IbanCountry{"SE", 24}, IbanCountry{"SI", 19}, IbanCountry{"SK", 24}, IbanCountry{"SM", 27},
    IbanCountry{"SV", 28}, IbanCountry{"TN", 24}, IbanCountry{"TR", 26}, IbanCountry{"UA", 29},
    IbanCountry{"VA", 22}, IbanCountry{"XK", 20},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string without_separators(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    kept.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return kept;
}

bool is_plain_account(std::string_view text) {
  return text.size() >= 4 && text.size() <= kAccountMax && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '-';
         });
}

}  // namespace

std::string_view to_text(AccountScheme scheme) {
  return name_of(kSchemes, scheme);
}

std::optional<AccountScheme> parse_account_scheme(std::string_view text) {
  return store::parse_name<AccountScheme>(kSchemes, text);
}

AccountScheme stored_account_scheme(std::string_view text) {
  return stored<AccountScheme>(kSchemes, text);
}

bool is_clabe(std::string_view text) {
  constexpr std::array kWeights{3, 7, 1};
  if (text.size() != 18 || !std::ranges::all_of(text, is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (text[i] - '0') * kWeights[i % 3] % 10;
  return (10 - sum % 10) % 10 == text[17] - '0';
}

bool is_iban(std::string_view text) {
  if (text.size() < 5 || !is_digit(text[2]) || !is_digit(text[3])) return false;
  const auto* country = std::ranges::find(kIbanCountries, text.substr(0, 2), &IbanCountry::code);
  if (country == kIbanCountries.end() || text.size() != country->length) return false;
  int rest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[(i + 4) % text.size()];
    if (is_digit(c)) {
      rest = (rest * 10 + (c - '0')) % 97;
    } else if (is_capital(c)) {
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    } else {
      return false;
    }
  }
  // Check digits 00, 01 and 99 would fit other numbers a second time.
  const int check = (text[2] - '0') * 10 + (text[3] - '0');
  return rest == 1 && check >= 2 && check <= 98;
}

Result<BankDetails> checked_bank_details(const BankDetails& details, Currency currency) {
  FieldErrors errors;
  BankDetails kept{
      .beneficiary = errors.text(details.beneficiary,
                                 {.min_length = 1, .max_length = kBeneficiaryMax}, "/beneficiary"),
      .scheme = details.scheme,
      .account = details.account,
      .bank = errors.text(details.bank, {.max_length = kBankNameMax}, "/bank")};
  switch (details.scheme) {
    case AccountScheme::clabe:
      kept.account = without_separators(details.account);
      if (!is_clabe(kept.account)) errors.add("/account", "is not a CLABE of 18 digits");
      if (currency.code() != "MXN") errors.add("/scheme", "is for MXN alone");
      break;
    case AccountScheme::iban:
      kept.account = without_separators(details.account);
      if (!is_iban(kept.account)) errors.add("/account", "is not an IBAN");
      break;
    case AccountScheme::account:
      if (!is_plain_account(kept.account)) {
        errors.add("/account", "is not 4 to 34 letters, digits and hyphens");
      }
      break;
  }
  if (auto checked = std::move(errors).check(); !checked) return fail_as(checked);
  return kept;
}

Result<void> set_bank_details(store::Tx& tx, ShopId shop, Currency currency,
                              const BankDetails& details, Instant now) {
  auto kept = checked_bank_details(details, currency);
  if (!kept) return fail_as(kept);
  tx.exec(
      "INSERT INTO payout_account (shop_id, currency, beneficiary, scheme, account, bank,"
      " changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (shop_id, currency) DO UPDATE SET beneficiary = $3, scheme = $4,"
      " account = $5, bank = $6, changed_at = $7",
      shop, currency.code(), kept->beneficiary, to_text(kept->scheme), kept->account, kept->bank,
      now);
  return {};
}

std::optional<BankDetails> find_bank_details(store::Tx& tx, ShopId shop, Currency currency) {
  return tx.one(
      [](const store::Row& row) {
        return BankDetails{row.string(0), stored_account_scheme(row.text(1)), row.string(2),
                           row.string(3)};
      },
      "SELECT beneficiary, scheme, account, bank FROM payout_account"
      " WHERE shop_id = $1 AND currency = $2",
      shop, currency.code());
}

Result<void> erase_bank_details(store::Tx& tx, ShopId shop) {
  const auto waiting = tx.integer(
      "SELECT count(*) FROM payout_line WHERE shop_id = $1 AND status IN ('proposed', 'sent')",
      shop);
  if (*waiting > 0) {
    return fail(ErrorKind::conflict, "payout-in-progress", "A payout still needs the account.");
  }
  tx.exec("DELETE FROM payout_account WHERE shop_id = $1", shop);
  tx.exec("UPDATE payout_line SET beneficiary = '', account = '', bank = '' WHERE shop_id = $1",
          shop);
  return {};
}

std::string masked_account(std::string_view account) {
  constexpr std::size_t kShown = 4;
  if (account.size() <= kShown) return std::string(account);
  return "…" + std::string(account.substr(account.size() - kShown));
}

}  // namespace geili::ledger
