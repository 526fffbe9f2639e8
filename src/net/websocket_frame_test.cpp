#include "net/websocket_frame.hpp"

#include <gtest/gtest.h>

#include "net/websocket_handshake.hpp"

namespace geili::net {
namespace {

constexpr std::size_t kMax = 70'000;

// What the parser tells of `bytes` given in pieces of `step`; payloads copied.
struct Told {
  FrameEvent::Kind kind;
  std::string payload;
  std::uint16_t code;
  friend bool operator==(const Told&, const Told&) = default;
};
void PrintTo(const Told& told, std::ostream* out) {
  *out << static_cast<int>(told.kind) << " '" << told.payload.substr(0, 20) << "' " << told.code;
}

std::vector<Told> parse(std::string bytes, std::size_t step, std::size_t message_max = kMax,
                        Masking masking = Masking::required) {
  FrameParser parser(masking);
  std::vector<Told> all;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<char> piece(bytes.data() + at, std::min(step, bytes.size() - at));
    while (true) {
      const FrameEvent event = parser.next(piece, message_max);
      if (event.kind == FrameEvent::Kind::need_more) break;
      all.push_back({event.kind, std::string(event.payload), event.code});
      if (event.kind == FrameEvent::Kind::fault) return all;
    }
    EXPECT_TRUE(piece.empty());
  }
  return all;
}

std::string masked(Opcode opcode, std::string_view payload, bool is_final = true) {
  return build_masked_frame(opcode, payload, 0x11223344, is_final);
}

using Kind = FrameEvent::Kind;

TEST(FrameParser, ReadsTheSameInPiecesOfAnySize) {
  const std::string medium(300, 'm');
  const std::string large(66'000, 'l');
  const std::string bytes =
      masked(Opcode::text, "a") + masked(Opcode::text, "") + masked(Opcode::text, medium) +
      masked(Opcode::ping, "p") + masked(Opcode::text, "x\xE7", false) + masked(Opcode::pong, "q") +
      masked(Opcode::continuation, "\x8F", false) + masked(Opcode::continuation, "\x8Dy") +
      masked(Opcode::text, large) + masked(Opcode::close, close_payload(CloseCode::ended, "bye"));
  const std::vector<Told> expected = {
      {Kind::text, "a", 0},   {Kind::text, "", 0},        {Kind::text, medium, 0},
      {Kind::ping, "p", 0},   {Kind::pong, "q", 0},       {Kind::text, "x\xE7\x8F\x8Dy", 0},
      {Kind::text, large, 0}, {Kind::close, "bye", 4001},
  };
  for (const std::size_t step : {1UL, 2UL, 3UL, 7UL, 64UL, 1000UL, 1'000'000UL}) {
    EXPECT_EQ(parse(bytes, step), expected) << step;
  }
}

TEST(FrameParser, ClosesBadInputWithTheRightCode) {
  struct Case {
    const char* what;
    std::string bytes;
    std::uint16_t code;
  };
  std::string many = masked(Opcode::text, "", false);
  for (int i = 0; i < 300; ++i) many += masked(Opcode::continuation, "", false);
  const std::string mask = "\x11\x22\x33\x44";
  const auto raw = [](std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text += static_cast<char>(byte);
    return text;
  };
  const Case cases[] = {
      {"unmasked", build_frame(Opcode::text, "a"), 1002},
      {"RSV1", raw({0xC1, 0x80}) + mask, 1002},
      {"RSV3", raw({0x91, 0x80}) + mask, 1002},
      {"reserved opcode 3", raw({0x83, 0x80}) + mask, 1002},
      {"reserved opcode 11", raw({0x8B, 0x80}) + mask, 1002},
      {"fragmented ping", raw({0x09, 0x80}) + mask, 1002},
      {"long ping", masked(Opcode::ping, std::string(126, 'p')), 1002},
      {"length not shortest, 16 bit", raw({0x81, 0xFE, 0, 5}) + mask, 1002},
      {"length not shortest, 64 bit", raw({0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}) + mask, 1002},
      {"length with the top bit", raw({0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0}) + mask, 1002},
      {"huge length", raw({0x81, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255}) + mask, 1009},
      {"continuation of nothing", masked(Opcode::continuation, "a"), 1002},
      {"text within a message", masked(Opcode::text, "a", false) + masked(Opcode::text, "b"), 1002},
      {"binary", masked(Opcode::binary, "a"), 1003},
      {"too long in all",
       masked(Opcode::text, std::string(60'000, 'a'), false) +
           masked(Opcode::continuation, std::string(10'001, 'a')),
       1009},
      {"endless fragments", many, 1009},
      {"broken UTF-8", masked(Opcode::text, "\xC3("), 1007},
      {"cut UTF-8", masked(Opcode::text, "\xE7\x8F"), 1007},
      {"surrogate", masked(Opcode::text, "\xED\xA0\x80"), 1007},
      {"close of one byte", masked(Opcode::close, "a"), 1002},
      {"close code 999", masked(Opcode::close, raw({0x03, 0xE7})), 1002},
      {"close code 1005", masked(Opcode::close, raw({0x03, 0xED})), 1002},
      {"close code 1006", masked(Opcode::close, raw({0x03, 0xEE})), 1002},
      {"close code 2000", masked(Opcode::close, raw({0x07, 0xD0})), 1002},
      {"close code 5000", masked(Opcode::close, raw({0x13, 0x88})), 1002},
      {"close reason not UTF-8", masked(Opcode::close, raw({0x03, 0xE8, 0xFF})), 1007},
  };
  for (const Case& c : cases) {
    for (const std::size_t step : {1UL, 1'000'000UL}) {
      const auto told = parse(c.bytes, step);
      ASSERT_FALSE(told.empty()) << c.what;
      EXPECT_EQ(told.back().kind, Kind::fault) << c.what;
      EXPECT_EQ(told.back().code, c.code) << c.what;
    }
  }
}

TEST(FrameParser, RefusesALengthBeforeItsPayloadComes) {
  std::string head = masked(Opcode::text, std::string(101, 'a')).substr(0, 8);
  EXPECT_EQ(parse(head, 8, 100).back(), (Told{Kind::fault, "", 1009}));
  EXPECT_EQ(parse(masked(Opcode::text, std::string(100, 'a')), 8, 100).size(), 1U);
}

TEST(FrameParser, ReadsServersFramesForClients) {
  EXPECT_EQ(parse(build_frame(Opcode::text, "hi"), 1, kMax, Masking::forbidden),
            (std::vector<Told>{{Kind::text, "hi", 0}}));
  EXPECT_EQ(parse(masked(Opcode::text, "hi"), 9, kMax, Masking::forbidden).back().code, 1002);
}

TEST(ClosePayload, CutsTheReasonBetweenCharacters) {
  const std::string payload =
      close_payload(CloseCode::ended, std::string(122, 'a') + "\xE7\x8F\x8D");
  EXPECT_EQ(payload.size(), 124U);
}

TEST(WebSocketHandshake, AnswersTheExampleOfTheStandard) {
  Request request;
  request.headers.add("Connection", "Upgrade");
  request.headers.add("Upgrade", "WebSocket");
  request.headers.add("Sec-WebSocket-Version", "13");
  request.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  EXPECT_EQ(accept_websocket(request).value(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

}  // namespace
}  // namespace geili::net
