#include "api/kept_answers.hpp"

#include <gtest/gtest.h>

namespace geili::api {
namespace {

using std::chrono::milliseconds;

class OneTruth final : public store::Database {
 public:
  Result<void> submit_write(Job, Done) override { return {}; }
  Result<void> submit_read(Job, Done) override { return {}; }
  bool is_fresh(const store::ReadMark&) const override { return is_so; }

  bool is_so = true;
};

net::Request asking(std::string path) {
  net::Request request;
  request.path = std::move(path);
  return request;
}

net::Response answer(std::string body, unsigned status = 200) {
  net::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.set("ETag", "\"1\"");
  return response;
}

class KeptAnswersTest : public ::testing::Test {
 protected:
  std::string body_of(const std::string& name, milliseconds later = milliseconds(0)) {
    const auto found = answers_.find(name, now_ + later);
    if (!found) return "";
    return *std::get<net::SharedBody>(found->body);
  }

  OneTruth truth_;
  KeptAnswers answers_{truth_};
  const KeptAnswers::Moment now_ = std::chrono::steady_clock::now();
};

TEST_F(KeptAnswersTest, AreGivenAgainUntilWhatTheyRestOnChanges) {
  answers_.keep("a", store::ReadMark{}, answer("one"), now_);
  EXPECT_EQ(body_of("a"), "one");
  EXPECT_EQ(answers_.find("a", now_)->headers.find("ETag"), "\"1\"");
  truth_.is_so = false;
  EXPECT_EQ(body_of("a"), "");
  truth_.is_so = true;
  EXPECT_EQ(body_of("a"), "") << "what was found old is gone";
}

TEST_F(KeptAnswersTest, AreNeverOlderThanTheirAge) {
  answers_.keep("a", store::ReadMark{}, answer("one"), now_);
  EXPECT_EQ(body_of("a", KeptAnswers::kAgeMax), "one");
  EXPECT_EQ(body_of("a", KeptAnswers::kAgeMax + milliseconds(1)), "");
}

TEST_F(KeptAnswersTest, AreSuccessesOfReadsWithAMarkThatAreNotTooLarge) {
  answers_.keep("a", std::nullopt, answer("one"), now_);
  answers_.keep("b", store::ReadMark{}, answer("no", 404), now_);
  answers_.keep("c", store::ReadMark{}, answer(std::string(KeptAnswers::kBodyBytesMax + 1, 'x')),
                now_);
  for (const char* name : {"a", "b", "c"}) EXPECT_EQ(body_of(name), "") << name;
  const auto passed = answers_.keep("a", std::nullopt, answer("one"), now_);
  EXPECT_EQ(std::get<std::string>(passed.body), "one");
}

TEST_F(KeptAnswersTest, AreBounded) {
  for (std::size_t i = 0; i < 3 * KeptAnswers::kAnswersMax; ++i) {
    answers_.keep("name " + std::to_string(i), store::ReadMark{}, answer("x"), now_);
  }
  std::size_t known = 0;
  for (std::size_t i = 0; i < 3 * KeptAnswers::kAnswersMax; ++i) {
    known += body_of("name " + std::to_string(i)).empty() ? 0 : 1;
  }
  EXPECT_GT(known, 0U);
  EXPECT_LE(known, KeptAnswers::kAnswersMax);
}

TEST_F(KeptAnswersTest, HaveNamesOfAllThatTheyDependOn) {
  const auto name = [&](const net::Request& request, SameFor same_for = SameFor::everybody) {
    return name_of(&answers_, request, same_for);
  };
  EXPECT_NE(name(asking("/a")), name(asking("/b")));
  net::Request with_query = asking("/a"), with_tag = asking("/a");
  with_query.query = "limit=1";
  with_tag.headers.set("If-None-Match", "\"1\"");
  EXPECT_NE(name(asking("/a")), name(with_query));
  EXPECT_NE(name(asking("/a")), name(with_tag));
  net::Request signed_in = asking("/a");
  signed_in.headers.set("Cookie", "geili_session=abc");
  EXPECT_EQ(name(signed_in), name(asking("/a")));
  EXPECT_EQ(name(signed_in, SameFor::visitors), std::nullopt);
  EXPECT_EQ(name(asking("/a"), SameFor::nobody), std::nullopt);
  net::Request head = asking("/a");
  head.method = net::Method::head;
  EXPECT_EQ(name(head), std::nullopt);
  EXPECT_EQ(name(asking("/" + std::string(600, 'a'))), std::nullopt);
  EXPECT_EQ(name_of(nullptr, asking("/a"), SameFor::everybody), std::nullopt);
}

}  // namespace
}  // namespace geili::api
