#include "translation/interpreter.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "translation/libre_translate.hpp"

namespace geili::translation {
namespace {

using std::chrono::seconds;

// Keeps calls until the test answers them.
class HeldTransport final : public Transport {
 public:
  struct Call {
    HttpRequest request;
    std::function<void(HttpAnswer)> done;
  };
  explicit HeldTransport(std::vector<Call>& calls) : calls_(calls) {}
  ~HeldTransport() override {
    for (Call& call : std::exchange(calls_, {})) call.done({.carried = Carried::unreachable});
  }
  void send(HttpRequest request, std::function<void(HttpAnswer)> done) override {
    calls_.push_back({std::move(request), std::move(done)});
  }

 private:
  std::vector<Call>& calls_;
};

class InterpreterTest : public testing::Test {
 protected:
  void SetUp() override { make({}); }
  void TearDown() override { interpreter_.reset(); }

  void make(InterpreterLimits limits) {
    interpreter_.emplace(
        std::make_unique<LibreTranslate>(
            LibreTranslateSettings{.url = "https://words.example", .key = {}}),
        std::make_unique<HeldTransport>(calls_), io_.get_executor(), clock_,
        [this](std::string_view code) { paused_.emplace_back(code); }, limits);
  }
  // What was told, or the code of the refusal, once it is there.
  std::shared_ptr<std::string> ask(std::string text, std::string to = "es",
                                   std::string from = "en") {
    auto told = std::make_shared<std::string>();
    interpreter_->translate({.text = std::move(text), .from = std::move(from), .to = std::move(to)},
                            [told](const Result<Translation>& result) {
                              EXPECT_TRUE(told->empty()) << "told twice";
                              *told = result ? result->text : result.error().code;
                            });
    run();
    return told;
  }
  void answer(HttpAnswer answer) {
    ASSERT_FALSE(calls_.empty());
    auto call = std::move(calls_.front());
    calls_.erase(calls_.begin());
    call.done(std::move(answer));
    run();
  }
  void run() {
    io_.restart();
    io_.poll();
  }
  void say(const std::string& text) {
    answer({.status = 200, .headers = {}, .body = R"({"translatedText":")" + text + R"("})"});
  }
  void fail_with(int status, Headers headers = {}) {
    answer({.status = status, .headers = std::move(headers), .body = "{}"});
  }
  void fail_thrice() {
    for (int i = 0; i < 3; ++i) {
      ask("text " + std::to_string(i));
      fail_with(500);
    }
  }

  boost::asio::io_context io_;
  ManualClock clock_;
  std::vector<HeldTransport::Call> calls_;
  std::vector<std::string> paused_;
  std::optional<Interpreter> interpreter_;
};

TEST_F(InterpreterTest, AsksOnceHoweverManyWantIt) {
  const auto first = ask("hello");
  const auto second = ask("hello");
  const auto other = ask("hello", "fr");
  ASSERT_EQ(calls_.size(), 2U);
  say("hola");
  EXPECT_EQ(*first, "hola");
  EXPECT_EQ(*second, "hola");
  EXPECT_EQ(*other, "");
  say("salut");
  EXPECT_EQ(*other, "salut");
}

TEST_F(InterpreterTest, RemembersWhatWasUsedLast) {
  make({.kept_max = 2});
  for (const char* text : {"one", "two"}) {
    ask(text);
    say(text);
  }
  EXPECT_EQ(*ask("one"), "one");
  ask("three");
  say("three");
  EXPECT_EQ(*ask("one"), "one");
  EXPECT_TRUE(calls_.empty());
  EXPECT_EQ(*ask("two"), "");
  EXPECT_EQ(calls_.size(), 1U);
  EXPECT_EQ(interpreter_->figures().remembered, 2U);
}

TEST_F(InterpreterTest, TheSameWordOfAnotherLanguageIsAnother) {
  ask("gift", "es", "en");
  say("regalo");
  const auto german = ask("gift", "es", "de");
  ASSERT_EQ(calls_.size(), 1U);
  say("veneno");
  EXPECT_EQ(*german, "veneno");
  EXPECT_EQ(*ask("gift", "es", "en"), "regalo");
}

TEST_F(InterpreterTest, LetsOnlySoManyCallsBeUnderWay) {
  make({.calls_max = 2, .waiting_max = 1});
  const auto one = ask("one");
  ask("two");
  const auto three = ask("three");
  EXPECT_EQ(calls_.size(), 2U);
  EXPECT_EQ(*ask("four"), "translation-unavailable");
  EXPECT_EQ(*ask("one"), "") << "what is under way is waited for";
  say("uno");
  EXPECT_EQ(*one, "uno");
  ASSERT_EQ(calls_.size(), 2U);
  say("dos");
  say("tres");
  EXPECT_EQ(*three, "tres");
}

TEST_F(InterpreterTest, LetsOnlySoManyWait) {
  make({.askers_max = 2});
  ask("one");
  ask("one");
  EXPECT_EQ(*ask("one"), "translation-unavailable");
  say("uno");
  EXPECT_EQ(*ask("one"), "uno");
}

TEST_F(InterpreterTest, WhoWasToldWaitsNoMore) {
  make({.askers_max = 2});
  ask("one");
  ask("one");
  say("uno");
  ask("two");
  EXPECT_EQ(*ask("two"), "");
  EXPECT_EQ(*ask("two"), "translation-unavailable");
}

TEST_F(InterpreterTest, GivesUpWhatWaitedTooLong) {
  make({.calls_max = 1});
  ask("one");
  const auto two = ask("two");
  clock_.advance(seconds(5));
  say("uno");
  EXPECT_EQ(*two, "translation-unavailable");
  EXPECT_TRUE(calls_.empty());
}

TEST_F(InterpreterTest, LeavesAServerAloneThatFailsAgainAndAgain) {
  fail_thrice();
  EXPECT_EQ(paused_, std::vector<std::string>{"translation-unanswered"});
  EXPECT_EQ(*ask("hello"), "translation-unavailable");
  EXPECT_TRUE(calls_.empty());
  EXPECT_TRUE(interpreter_->figures().is_paused);
  clock_.advance(seconds(30));
  const auto trial = ask("hello");
  const auto after = ask("world");
  ASSERT_EQ(calls_.size(), 1U) << "one call tries whether it is well again";
  say("hola");
  EXPECT_EQ(*trial, "hola");
  ASSERT_EQ(calls_.size(), 1U);
  say("mundo");
  EXPECT_EQ(*after, "mundo");
}

TEST_F(InterpreterTest, PausesAgainWhenTheTrialFails) {
  fail_thrice();
  clock_.advance(seconds(30));
  const auto trial = ask("hello");
  const auto behind = ask("world");
  fail_with(500);
  EXPECT_EQ(*trial, "translation-unavailable");
  EXPECT_EQ(*behind, "translation-unavailable");
  EXPECT_TRUE(calls_.empty());
  EXPECT_EQ(paused_.size(), 2U);
}

TEST_F(InterpreterTest, FailuresAreCountedInARow) {
  for (int i = 0; i < 6; ++i) {
    ask("text " + std::to_string(i));
    if (i % 3 == 2) {
      say("texto");
    } else {
      fail_with(500);
    }
  }
  EXPECT_TRUE(paused_.empty());
}

TEST_F(InterpreterTest, ALanguageThatItDoesNotHaveIsNoFailure) {
  for (int i = 0; i < 4; ++i) {
    const auto told = ask("text " + std::to_string(i), "xx");
    fail_with(400);
    EXPECT_EQ(*told, "translation-language");
  }
  EXPECT_TRUE(paused_.empty());
}

TEST_F(InterpreterTest, PausesAtOnceWhereItIsAskedToOrTheKeyIsWrong) {
  ask("one");
  fail_with(429, {{"Retry-After", "90"}});
  EXPECT_EQ(paused_, std::vector<std::string>{"translation-busy"});
  clock_.advance(seconds(89));
  EXPECT_EQ(*ask("two"), "translation-unavailable");
  clock_.advance(seconds(1));
  ask("two");
  fail_with(403);
  EXPECT_EQ(paused_.back(), "translation-refused");
  clock_.advance(seconds(30));
  ask("three");
  fail_with(429, {{"Retry-After", "99999"}});
  clock_.advance(seconds(300));
  ask("four");
  EXPECT_EQ(calls_.size(), 1U) << "nobody keeps it away for longer";
}

TEST_F(InterpreterTest, EndsWhileCallsAreUnderWay) {
  make({.calls_max = 1});
  const auto one = ask("one");
  const auto two = ask("two");
  interpreter_.reset();
  EXPECT_TRUE(calls_.empty());
  EXPECT_EQ(*one + *two, "") << "the executor runs no more by then";
}

}  // namespace
}  // namespace geili::translation
