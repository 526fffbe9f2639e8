#include "ledger/bank_account.hpp"

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::field_of;

TEST(BankAccount, ClabesHaveACheckDigit) {
  for (const char* good :
       {"032180000118359719", "002010077777777771", "646180157063641989", "000000000000000000"}) {
    EXPECT_TRUE(is_clabe(good)) << good;
  }
  for (const char* bad :
       {"", "032180000118359718", "032180000118359791", "023180000118359719", "03218000011835971",
        "0321800001183597190", "03218000011835971a", "032180 00011835971", "-32180000118359719",
        "０３２１８０００００１１８３５９７１９"}) {
    EXPECT_FALSE(is_clabe(bad)) << bad;
  }
}

// Every slip of one digit is found: the weights have no common factor with 10.
TEST(BankAccount, AClabeWithOneWrongDigitIsRefused) {
  const std::string good = kClabe;
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string text = good;
      text[i] = digit;
      EXPECT_EQ(is_clabe(text), digit == good[i]) << text;
    }
  }
}

TEST(BankAccount, IbansHaveRemainderOne) {
  for (const char* good :
       {"GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606",
        "ES9121000418450200051332", "NO9386011117947", "MT84MALT011000012345MTLCAST001S",
        "BR1800360305000010009795493C1", "SA0380000000608010167519"}) {
    EXPECT_TRUE(is_iban(good)) << good;
  }
  for (const char* bad :
       {"", "GB", "GB29", "GB29NWBK60161331926818", "GB92NWBK60161331926819",
        "GB29NWBK6016133192681", "GB29NWBK601613319268190", "gb29NWBK60161331926819",
        "GB29 NWBK 6016 1331 9268 19", "XX29NWBK60161331926819", "US29NWBK60161331926819",
        "DE89370400440532013O00", "DE8937040044053201300é", "MX29NWBK60161331926819"}) {
    EXPECT_FALSE(is_iban(bad)) << bad;
  }
}

class BankDetailsOfSellers : public Books {};

TEST_F(BankDetailsOfSellers, AreKeptWithoutTheSpacesPeopleType) {
  const BankDetails typed{"  Rosa Hernández ", AccountScheme::clabe, "032 180 00011835971-9", ""};
  must([&](Tx& tx) -> Result<int> {
    EXPECT_TRUE(set_bank_details(tx, kShop, kMxn, typed, clock_.now()));
    return 0;
  });
  const auto find = [](ShopId shop, Currency currency) {
    return [=](Tx& tx) -> Result<std::optional<BankDetails>> {
      return find_bank_details(tx, shop, currency);
    };
  };
  EXPECT_EQ(**read(find(kShop, kMxn)),
            (BankDetails{"Rosa Hernández", AccountScheme::clabe, kClabe, ""}));
  EXPECT_FALSE(*read(find(kShop, kCny)));
  EXPECT_FALSE(*read(find(kOther, kMxn)));
  EXPECT_EQ(masked_account(kClabe), "…9719");
  EXPECT_EQ(masked_account("123"), "123");
  const auto iban = checked_bank_details(
      {"林梅", AccountScheme::iban, "de89 3704 0044 0532 0130 00", "Bank"}, kCny);
  ASSERT_TRUE(iban);
  EXPECT_EQ(iban->account, "DE89370400440532013000");
}

TEST_F(BankDetailsOfSellers, BadOnesAreRefused) {
  const auto fault = [](BankDetails details, Currency currency = kMxn) {
    const auto checked = checked_bank_details(details, currency);
    return checked ? std::string("taken") : field_of(checked.error());
  };
  const BankDetails good{"Rosa", AccountScheme::clabe, kClabe, "Banco"};
  EXPECT_EQ(fault(good), "taken");
  EXPECT_EQ(fault(good, kCny), "/scheme");
  EXPECT_EQ(fault({"", good.scheme, good.account, ""}), "/beneficiary");
  EXPECT_EQ(fault({std::string(71, 'a'), good.scheme, good.account, ""}), "/beneficiary");
  EXPECT_EQ(fault({"a\nb", good.scheme, good.account, ""}), "/beneficiary");
  EXPECT_EQ(fault({"a", good.scheme, good.account, std::string(71, 'b')}), "/bank");
  EXPECT_EQ(fault({"a", good.scheme, "032180000118359718", ""}), "/account");
  EXPECT_EQ(fault({"a", AccountScheme::iban, kClabe, ""}), "/account");
  for (const char* account :
       {"", "123", "=1+1", "1234 5678", "12345678901234567890123456789012345"}) {
    EXPECT_EQ(fault({"a", AccountScheme::account, account, ""}), "/account") << account;
  }
}

}  // namespace
}  // namespace geili::ledger
