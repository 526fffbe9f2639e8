#include "payments/transfer/transfer.hpp"

#include <string>

#include <gtest/gtest.h>

#include "payments/payments_testing.hpp"
#include "payments/transfer/clabe.hpp"
#include "payments/transfer/transfer_reference.hpp"

namespace geili::payments {
namespace {

TransferSettings settings() {
  return {.bank_name = "Banco del Pueblo",
          .account = "032180000118359719",
          .account_holder = "Cooperativa",
          .currency = "MXN"};
}

// 032180000118359719 is the number of the standard's own example.
TEST(Clabe, IsCheckedByItsLastDigit) {
  EXPECT_TRUE(is_clabe("032180000118359719"));
  EXPECT_TRUE(is_clabe("000000000000000000"));
  for (const std::string bad :
       {"", "03218000011835971", "0321800001183597190", "03218000011835971x", "03218000011835971 ",
        "0321800001183597-9", "０３２１８００００１１８３５９７１９"}) {
    EXPECT_FALSE(is_clabe(bad)) << bad;
  }
  std::string clabe = "032180000118359719";
  for (char& digit : clabe) {
    const char right = digit;
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      digit = wrong;
      EXPECT_EQ(is_clabe(clabe), wrong == right) << clabe;
    }
    digit = right;
  }
}

TEST(TransferReference, ReadsWhatItWrites) {
  for (const std::int64_t id :
       {std::int64_t{1}, std::int64_t{30}, std::int64_t{31}, std::int64_t{923'520},
        std::int64_t{923'521}, std::int64_t{999'999'999'999'999'999}}) {
    const std::string text = transfer_reference(PaymentId{id});
    EXPECT_EQ(parse_transfer_reference(text), PaymentId{id}) << text;
  }
}

TEST(TransferReference, ReadsWhatPeopleMakeOfIt) {
  const std::string text = transfer_reference(PaymentId{31 * 31 * 5 + 1});  // 0501x
  EXPECT_EQ(text.substr(0, 4), "0501");
  for (const std::string& typed : {"o5o1" + text.substr(4), "OSOI" + text.substr(4),
                                   "05-01 " + text.substr(4), "050L" + text.substr(4)}) {
    EXPECT_EQ(parse_transfer_reference(typed), PaymentId{31 * 31 * 5 + 1}) << typed;
  }
}

TEST(TransferReference, NoticesEveryWrongSignAndEveryPairThatChangedPlaces) {
  const std::string right = transfer_reference(PaymentId{123'456'789});
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (const char sign : std::string("0123456789ABCDEFGHJKMNPQRTUVWXY")) {
      std::string wrong = right;
      wrong[i] = sign;
      if (wrong != right) EXPECT_FALSE(parse_transfer_reference(wrong)) << wrong;
    }
    for (std::size_t j = 0; j < i; ++j) {
      std::string wrong = right;
      std::swap(wrong[i], wrong[j]);
      if (wrong != right) EXPECT_FALSE(parse_transfer_reference(wrong)) << wrong;
    }
  }
  for (const std::string bad : {"", "0000", "00000", "0000000000000000", "050!1", "0Ñ501"}) {
    EXPECT_FALSE(parse_transfer_reference(bad)) << bad;
  }
  EXPECT_FALSE(parse_transfer_reference("0" + right));
}

TEST(Transfer, TellsTheBuyerTheAccountAndTheReference) {
  const auto provider = TransferProvider::make(settings());
  ASSERT_TRUE(provider);
  const Ask ask{.payment = PaymentId{7},
                .provider = "transfer",
                .method = Method::transfer,
                .amount = Money{100, kMxn},
                .reference = "R",
                .idempotency_key = "R",
                .purchase = {.description = "A necklace"}};
  const auto call = provider->build(ask);
  ASSERT_TRUE(call);
  const auto& answer = std::get<Answer>(*call);
  EXPECT_EQ(answer.buyer.account, "032180000118359719");
  EXPECT_EQ(answer.buyer.transfer_reference, transfer_reference(PaymentId{7}));
  ASSERT_EQ(answer.evidence.size(), 1U);
  EXPECT_EQ(answer.evidence[0].kind, EvidenceKind::pending);
  Ask wrong = ask;
  wrong.amount = Money{100, *Currency::parse("USD")};
  EXPECT_EQ(provider->build(wrong).error().code, "payment-currency-unsupported");
  wrong = ask;
  wrong.method = Method::card;
  EXPECT_EQ(provider->build(wrong).error().code, "payment-method-unsupported");
}

TEST(Transfer, RefusesAnAccountThatIsNone) {
  TransferSettings wrong = settings();
  wrong.account = "032180000118359718";
  EXPECT_EQ(TransferProvider::make(wrong).error().fields.at(0).path, "/account");
  wrong.currency = "CNY";
  EXPECT_TRUE(TransferProvider::make(wrong));
  wrong.currency = "XXX";
  wrong.bank_name = "";
  EXPECT_EQ(TransferProvider::make(wrong).error().fields.size(), 2U);
}

}  // namespace
}  // namespace geili::payments
