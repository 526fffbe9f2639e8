#include "media/ingest/rtmp/session.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "media/testing/rtmp_client.hpp"

namespace geili::media::rtmp {
namespace {

using amf0::Null;
using amf0::Value;
using testing::aac_config_tag;
using testing::aac_frame_tag;
using testing::avc_config_tag;
using testing::avc_frame_tag;
using testing::client_command;
using testing::client_handshake;
using testing::client_message;
using testing::connect_command;
using testing::publish_command;

class Listener final : public SessionListener {
 public:
  void received(SourceUnit unit) override { units.push_back(std::move(unit)); }
  void unpublished() override { ++unpublished_count; }
  std::vector<SourceUnit> units;
  int unpublished_count = 0;
};

class SessionTest : public ::testing::Test {
 protected:
  Result<void> feed(const std::string& bytes) { return session_.feed(as_bytes(bytes)); }
  // What the server said since the last call, the handshake left out.
  std::vector<Message> said() {
    const std::string out = std::exchange(session_.output(), {});
    const std::size_t skipped = handshake_seen_ ? 0 : 1 + 2 * kHandshakeBytes;
    handshake_seen_ = true;
    client_.append(as_bytes(out).subspan(skipped));
    std::vector<Message> messages;
    for (auto next = client_.next(); next && *next; next = client_.next())
      messages.push_back(**next);
    return messages;
  }
  // Names of the commands said; for onStatus the code as well.
  std::vector<std::string> commands() {
    std::vector<std::string> names;
    for (const Message& message : said()) {
      if (message.type != MessageType::command_amf0) continue;
      const auto values = amf0::decode(message.payload);
      std::string name = *(*values)[0].text();
      if (name == "onStatus") name += " " + *(*values)[3].find("code")->text();
      names.push_back(name);
    }
    return names;
  }
  void go_live() {
    ASSERT_TRUE(feed(client_handshake() + connect_command("live") + publish_command("key")));
    ASSERT_TRUE(session_.request());
    session_.accept();
    ASSERT_TRUE(feed(""));
    said();
  }
  std::string video(std::uint32_t ms, const std::string& tag) {
    return client_message(MessageType::video, ms, tag);
  }

  Listener listener_;
  Session session_{{1 << 20, 16}, Bytes(kHandshakeBytes - 8, std::byte{7}), listener_};
  ChunkReader client_{{1 << 20, 16}};
  bool handshake_seen_ = false;
};

using Commands = std::vector<std::string>;

TEST_F(SessionTest, ShakesHandsWithBytesInAnyPortions) {
  const std::string hello = client_handshake();
  for (const char byte : hello) ASSERT_TRUE(feed(std::string(1, byte)));
  ASSERT_EQ(session_.output().size(), 1 + 2 * kHandshakeBytes);
  EXPECT_EQ(session_.output()[0], 3);
  EXPECT_EQ(session_.output().substr(5, 4), std::string(4, '\0'));  // "no digest here"
  EXPECT_EQ(session_.output().substr(1 + kHandshakeBytes), hello.substr(1, kHandshakeBytes));
}

TEST_F(SessionTest, AnswersAsEncodersExpect) {
  ASSERT_TRUE(feed(client_handshake() + connect_command("live/?x=1")));
  const auto first = said();
  ASSERT_EQ(first.size(), 4U);
  EXPECT_EQ(first[0].type, MessageType::window_ack_size);
  EXPECT_EQ(first[1].type, MessageType::set_peer_bandwidth);
  EXPECT_EQ(first[2].type, MessageType::set_chunk_size);
  const auto result = amf0::decode(first[3].payload);
  EXPECT_EQ(*(*result)[0].text(), "_result");
  EXPECT_EQ(*(*result)[1].number(), 1);
  EXPECT_EQ(*(*result)[3].find("code")->text(), "NetConnection.Connect.Success");

  ASSERT_TRUE(
      feed(client_command({Value{std::string("releaseStream")}, Value{2.0}, Value{Null{}}}) +
           client_command({Value{std::string("FCPublish")}, Value{3.0}, Value{Null{}}}) +
           client_command({Value{std::string("createStream")}, Value{4.0}, Value{Null{}}})));
  EXPECT_EQ(commands(), (Commands{"_result", "_result", "_result"}));
  ASSERT_TRUE(feed(client_command({Value{std::string("publish")}, Value{5.0}, Value{Null{}},
                                   Value{std::string("key-7?token=x")}, Value{std::string("live")}},
                                  1)));
  ASSERT_TRUE(session_.request());
  EXPECT_EQ(session_.request()->app, "live");
  EXPECT_EQ(session_.request()->stream_key, "key-7");
  session_.accept();
  EXPECT_EQ(commands(), (Commands{"onStatus NetStream.Publish.Start"}));
}

TEST_F(SessionTest, WhatComesBehindPublishWaitsForTheDecision) {
  ASSERT_TRUE(feed(client_handshake() + connect_command("live") + publish_command("key") +
                   video(0, avc_config_tag()) + video(0, avc_frame_tag(true))));
  EXPECT_TRUE(listener_.units.empty());
  session_.accept();
  ASSERT_TRUE(feed(""));
  EXPECT_EQ(listener_.units.size(), 1U);
}

TEST_F(SessionTest, GivesUnitsWithTheirTimes) {
  go_live();
  ASSERT_TRUE(feed(video(0, avc_config_tag()) +
                   client_message(MessageType::audio, 0, aac_config_tag()) +
                   video(0x01000000, avc_frame_tag(true, 40)) +
                   client_message(MessageType::audio, 0x01000010, aac_frame_tag())));
  ASSERT_EQ(listener_.units.size(), 2U);
  EXPECT_EQ(listener_.units[0].dts_us, 0x01000000LL * 1'000);
  EXPECT_EQ(listener_.units[0].composition_us, 40'000);
  EXPECT_EQ(listener_.units[1].dts_us, 0x01000010LL * 1'000);
}

TEST_F(SessionTest, OpensAggregates) {
  go_live();
  ASSERT_TRUE(feed(video(0, avc_config_tag())));
  const std::string frame = avc_frame_tag(true);
  const auto tag = [&frame](char ms) {
    return std::string("\x09\0\0", 3) + static_cast<char>(frame.size()) + std::string("\0\0", 2) +
           ms + std::string("\0\0\0\0", 4) + frame + std::string(4, '\0');
  };
  ASSERT_TRUE(feed(client_message(MessageType::aggregate, 1'000, tag(10) + tag(50))));
  ASSERT_EQ(listener_.units.size(), 2U);
  EXPECT_EQ(listener_.units[0].dts_us, 1'000'000);
  EXPECT_EQ(listener_.units[1].dts_us, 1'040'000);
  EXPECT_EQ(feed(client_message(MessageType::aggregate, 0, tag(1).substr(0, 20))).error().code,
            "rtmp-aggregate");
}

TEST_F(SessionTest, AnswersPingsAndAcknowledges) {
  go_live();
  ASSERT_TRUE(
      feed(client_message(MessageType::user_control, 0, std::string("\0\x06\0\0\0\x2A", 6), 0)));
  auto answer = said();
  ASSERT_EQ(answer.size(), 1U);
  EXPECT_EQ(to_hex(answer[0].payload), "00070000002a");

  ASSERT_TRUE(
      feed(client_message(MessageType::window_ack_size, 0, std::string("\0\0\x40\0", 4), 0)));
  ASSERT_TRUE(feed(client_message(MessageType::data_amf0, 0, std::string(20'000, '\5'))));
  answer = said();
  ASSERT_GE(answer.size(), 1U);
  EXPECT_EQ(answer[0].type, MessageType::acknowledgement);
}

TEST_F(SessionTest, AWindowOfOneByteIsNotAnsweredByteForByte) {
  go_live();
  ASSERT_TRUE(feed(client_message(MessageType::window_ack_size, 0, std::string("\0\0\0\1", 4), 0)));
  ASSERT_TRUE(feed(client_message(MessageType::data_amf0, 0, std::string(100, '\5'))));
  EXPECT_TRUE(said().empty());
}

TEST_F(SessionTest, EndsAPublicationWithAWord) {
  for (const char* command : {"FCUnpublish", "deleteStream", "closeStream"}) {
    Listener listener;
    Session session({1 << 20, 16}, Bytes(kHandshakeBytes - 8), listener);
    ASSERT_TRUE(session.feed(
        as_bytes(client_handshake() + connect_command("live") + publish_command("k"))));
    session.accept();
    ASSERT_TRUE(session.feed(
        as_bytes(client_command({Value{std::string(command)}, Value{6.0}, Value{Null{}}}))));
    EXPECT_EQ(listener.unpublished_count, 1) << command;
    EXPECT_FALSE(session.is_publishing());
  }
}

TEST_F(SessionTest, RefusalsAreBadNames) {
  ASSERT_TRUE(feed(client_handshake() + connect_command("live") + publish_command("key")));
  said();
  session_.refuse("No show has this key.");
  EXPECT_EQ(commands(), (Commands{"onStatus NetStream.Publish.BadName"}));
  EXPECT_FALSE(session_.is_publishing());
}

TEST_F(SessionTest, TellsThePublisherWhatCannotBeShown) {
  go_live();
  said();
  const std::string hevc_in_an_avc_tag("\x1C\x00\x00\x00\x00\x01", 6);
  ASSERT_FALSE(feed(client_message(MessageType::video, 0, hevc_in_an_avc_tag)));
  EXPECT_EQ(commands(), (Commands{"onStatus NetStream.Failed"}));
}

TEST_F(SessionTest, RefusesBadInput) {
  const std::string hello = client_handshake() + connect_command("live");
  const auto command = [](const char* name) {
    return client_command({Value{std::string(name)}, Value{9.0}, Value{Null{}}});
  };
  const struct {
    std::string bytes;
    const char* code;
  } cases[] = {
      {"\x06", "rtmp-version"},  // RTMPE
      {"GET / HTTP/1.1", "rtmp-version"},
      {client_handshake() + command("createStream"), "rtmp-not-connected"},
      {client_handshake() + command("connect"), "rtmp-app"},
      {client_handshake() + connect_command(std::string(600, 'a')), "rtmp-app"},
      {hello + connect_command("live"), "rtmp-connect-twice"},
      {hello + command("play"), "rtmp-play"},
      {hello + command("publish"), "rtmp-stream-key"},
      {hello + publish_command(std::string(600, 'k')), "rtmp-stream-key"},
      {hello + client_message(MessageType::command_amf0, 0, "\x07"), "amf0-type"},
      {hello + client_message(MessageType::command_amf0, 0, "\x05"), "rtmp-command"},
      {hello + client_message(MessageType::command_amf0, 0, ""), "rtmp-command"},
      {hello + client_message(MessageType::data_amf0, 0, std::string(70'000, 'x')),
       "rtmp-message-bytes"},
  };
  for (const auto& bad : cases) {
    Listener listener;
    Session session({1 << 20, 16}, Bytes(kHandshakeBytes - 8), listener);
    const auto fed = session.feed(as_bytes(bad.bytes));
    ASSERT_FALSE(fed) << bad.code;
    EXPECT_EQ(fed.error().code, bad.code);
    EXPECT_TRUE(listener.units.empty());
  }
}

}  // namespace
}  // namespace geili::media::rtmp
