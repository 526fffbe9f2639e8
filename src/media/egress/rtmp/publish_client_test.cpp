// The client against our own server's session, and against servers that mean ill.
#include "media/egress/rtmp/publish_client.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "media/byte_writer.hpp"
#include "media/egress/rtmp/programme.hpp"
#include "media/ingest/rtmp/session.hpp"
#include "media/testing/record_units.hpp"
#include "media/testing/rtmp_client.hpp"

namespace geili::media::rtmp {
namespace {

using amf0::Null;
using amf0::Object;
using amf0::Value;
using testing::client_command;
using testing::client_message;

Value text(const char* value) {
  return Value{std::string(value)};
}

RtmpUrl server_url() {
  return {false, "live.example.com", 1935, "live", "rtmp://live.example.com/live"};
}

PublishClient make_client(const std::string& key = "the-secret-key") {
  return PublishClient(server_url(), Secret<std::string>(key), Bytes(kHandshakeBytes - 8));
}

class Listener final : public SessionListener {
 public:
  void received(SourceUnit unit) override { units.push_back(std::move(unit)); }
  void unpublished() override { ++unpublished_count; }
  std::vector<SourceUnit> units;
  int unpublished_count = 0;
};

// Both ends, joined by nothing but bytes.
class PublishClientTest : public ::testing::Test {
 protected:
  // Until neither has anything to say.
  Result<void> exchange_all() {
    while (!client_.output().empty() || !server_.output().empty()) {
      if (auto fed = server_.feed(as_bytes(std::exchange(client_.output(), {}))); !fed) return fed;
      if (auto fed = client_.feed(as_bytes(std::exchange(server_.output(), {}))); !fed) return fed;
    }
    return {};
  }
  void go_live() {
    ASSERT_TRUE(exchange_all());
    ASSERT_TRUE(server_.request());
    server_.accept();
    ASSERT_TRUE(exchange_all());
    ASSERT_TRUE(client_.is_publishing());
  }

  Listener listener_;
  Session server_{{1 << 20, 16}, Bytes(kHandshakeBytes - 8, std::byte{7}), listener_};
  PublishClient client_ = make_client();
};

TEST_F(PublishClientTest, AsksForItsAppAndKey) {
  ASSERT_TRUE(exchange_all());
  ASSERT_TRUE(server_.request());
  EXPECT_EQ(server_.request()->app, "live");
  EXPECT_EQ(server_.request()->stream_key, "the-secret-key");
  EXPECT_FALSE(client_.is_publishing());
  server_.accept();
  ASSERT_TRUE(exchange_all());
  EXPECT_TRUE(client_.is_publishing());
}

TEST_F(PublishClientTest, TakesTheServersBytesInAnyPortions) {
  while (!client_.output().empty() || !server_.output().empty()) {
    ASSERT_TRUE(server_.feed(as_bytes(std::exchange(client_.output(), {}))));
    if (server_.request()) {
      server_.accept();
      ASSERT_TRUE(server_.feed({}));
    }
    for (const char byte : std::exchange(server_.output(), {})) {
      ASSERT_TRUE(client_.feed(as_bytes({&byte, 1})));
    }
  }
  EXPECT_TRUE(client_.is_publishing());
}

TEST_F(PublishClientTest, ARefusalIsNamedAndSaysNothingOfTheServers) {
  ASSERT_TRUE(exchange_all());
  server_.refuse("No show has the key the-secret-key.");
  const auto fed = exchange_all();
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().code, "rtmp-publish-refused");
  EXPECT_EQ(fed.error().detail.find("the-secret-key"), std::string::npos);
}

TEST_F(PublishClientTest, TheServersEndIsNamed) {
  go_live();
  ASSERT_TRUE(client_.feed(as_bytes(client_command(
      {text("onStatus"), Value{0.0}, Value{Null{}},
       Value{Object{{"level", text("status")}, {"code", text("NetStream.Data.Start")}}}}))));
  const auto fed = client_.feed(as_bytes(client_command(
      {text("onStatus"), Value{0.0}, Value{Null{}},
       Value{Object{{"level", text("error")}, {"code", text("NetStream.Failed")}}}})));
  ASSERT_FALSE(fed);
  EXPECT_EQ(fed.error().code, "rtmp-publish-ended");
}

TEST_F(PublishClientTest, WhatItSendsIsReadAsItWas) {
  go_live();
  Programme programme;
  std::vector<ProgrammeMessage> messages;
  const auto video = testing::video_config();
  const auto audio = testing::audio_config();
  const std::int64_t start_us = testing::kShowStartUs;
  const auto give = [&](const SourceUnit& unit) {
    ASSERT_TRUE(programme.take(testing::as_unit(unit, Instant{unit.dts_us}), messages));
  };
  give(testing::picture(video, start_us - 33'000, false));  // before the key frame
  give(testing::sound(audio, start_us - 10'000));
  give(testing::picture(video, start_us, true));
  give(testing::sound(audio, start_us + 11'333));
  give(testing::picture(video, start_us + 33'367, false, 66'700));
  for (const ProgrammeMessage& message : messages) {
    const ByteView body = as_bytes(message.body);
    if (message.kind == ProgrammeMessage::Kind::metadata) client_.send_metadata(body);
    if (message.kind == ProgrammeMessage::Kind::video) {
      client_.send_video(message.timestamp_ms, body);
    }
    if (message.kind == ProgrammeMessage::Kind::audio) {
      client_.send_audio(message.timestamp_ms, body);
    }
  }
  ASSERT_TRUE(exchange_all());
  ASSERT_EQ(listener_.units.size(), 3U);
  EXPECT_TRUE(listener_.units[0].keyframe);
  EXPECT_EQ(listener_.units[0].dts_us, 0);
  EXPECT_EQ(listener_.units[0].config->record, video->record);
  EXPECT_EQ(to_hex(*listener_.units[0].payload), "0000000365aabb");
  EXPECT_EQ(listener_.units[1].track, Track::audio);
  EXPECT_EQ(listener_.units[1].dts_us, 11'000);
  EXPECT_EQ(listener_.units[1].config->record, audio->record);
  EXPECT_EQ(listener_.units[2].dts_us, 33'000);
  EXPECT_EQ(listener_.units[2].composition_us, 67'000);

  client_.unpublish();
  ASSERT_TRUE(exchange_all());
  EXPECT_EQ(listener_.unpublished_count, 1);
}

// Its times pass 4.6 hours and 49 days.
TEST_F(PublishClientTest, TimesBeyondTwentyFourBitsArrive) {
  go_live();
  client_.send_video(0, as_bytes(testing::avc_config_tag()));
  std::string large = testing::avc_frame_tag(true);
  for (const std::uint32_t ms : {0xFFFFFEU, 0xFFFFFFU, 0x1000000U, 0x7FFFFFFFU}) {
    client_.send_video(ms, as_bytes(large));
  }
  ASSERT_TRUE(exchange_all());
  ASSERT_EQ(listener_.units.size(), 4U);
  const std::int64_t first = listener_.units[0].dts_us;
  EXPECT_EQ(listener_.units[1].dts_us - first, 1'000);
  EXPECT_EQ(listener_.units[2].dts_us - first, 2'000);
  EXPECT_EQ(listener_.units[3].dts_us - first, std::int64_t{0x7FFFFFFF - 0xFFFFFE} * 1'000);
}

// What the server heard since, as messages.
class Heard {
 public:
  std::vector<Message> of(PublishClient& client) {
    std::string out = std::exchange(client.output(), {});
    const std::size_t skipped = std::min(out.size(), handshake_left_);
    handshake_left_ -= skipped;
    chunks_.append(as_bytes(out).subspan(skipped));
    std::vector<Message> messages;
    for (auto next = chunks_.next(); next && *next; next = chunks_.next()) {
      messages.push_back(**next);
    }
    return messages;
  }

 private:
  std::size_t handshake_left_ = 1 + 2 * kHandshakeBytes;
  ChunkReader chunks_{{1 << 20, 16}};
};

std::string server_handshake() {
  return '\x03' + std::string(2 * kHandshakeBytes, '\x5A');
}
std::string connected() {
  return client_command({text("_result"), Value{1.0}, Value{Object{}},
                         Value{Object{{"code", text("NetConnection.Connect.Success")}}}});
}
std::string created(double stream) {
  return client_command({text("_result"), Value{4.0}, Value{Null{}}, Value{stream}});
}
std::string status(const char* level, const char* code) {
  return client_command({text("onStatus"), Value{0.0}, Value{Null{}},
                         Value{Object{{"level", text(level)}, {"code", text(code)}}}},
                        1);
}
std::string control(MessageType type, std::uint32_t value) {
  ByteWriter body;
  body.u32(value);
  return client_message(type, 0, body.view(), 0);
}

TEST(PublishClient, AnswersPingsAndAcknowledges) {
  PublishClient client = make_client();
  Heard heard;
  ByteWriter ping;
  ping.u16(6);
  ping.u32(0x01020304);
  ASSERT_TRUE(client.feed(as_bytes(server_handshake() + connected())));
  heard.of(client);
  ASSERT_TRUE(client.feed(as_bytes(control(MessageType::window_ack_size, 1))));
  ASSERT_TRUE(client.feed(as_bytes(client_message(MessageType::user_control, 0, ping.view(), 0))));
  const auto answers = heard.of(client);
  ASSERT_EQ(answers.size(), 1U);  // a window of one byte is not obeyed to the letter
  EXPECT_EQ(to_hex(answers[0].payload), "000701020304");
  const std::string much = client_message(MessageType::data_amf0, 0, std::string(5'000, '\0'), 0);
  ASSERT_TRUE(client.feed(as_bytes(much)));
  const auto more = heard.of(client);
  ASSERT_EQ(more.size(), 1U);
  EXPECT_EQ(more[0].type, MessageType::acknowledgement);
}

TEST(PublishClient, PublishesOnTheStreamItWasGiven) {
  PublishClient client = make_client();
  Heard heard;
  ASSERT_TRUE(client.feed(as_bytes(server_handshake() + connected() + created(9))));
  std::vector<std::string> names;
  for (const Message& message : heard.of(client)) {
    if (message.type != MessageType::command_amf0) continue;
    const auto values = amf0::decode(message.payload);
    names.push_back(*(*values)[0].text());
    if (names.back() == "publish") {
      EXPECT_EQ(message.stream_id, 9U);
    }
  }
  EXPECT_EQ(names, (std::vector<std::string>{"connect", "releaseStream", "FCPublish",
                                             "createStream", "publish"}));
  EXPECT_TRUE(client.has_told_key());
  ASSERT_TRUE(client.feed(as_bytes(status("status", "NetStream.Publish.Start"))));
  EXPECT_TRUE(client.is_publishing());
}

struct Bad {
  const char* what;
  std::string said;
  const char* code;
};

TEST(PublishClient, NamesWhatABadServerSays) {
  const auto error_of = [](double transaction) {
    return client_command({text("_error"), Value{transaction}, Value{Null{}},
                           Value{Object{{"level", text("error")}}}});
  };
  const std::string hello = server_handshake();
  std::string many_streams = hello;
  for (char id = 3; id < 40; ++id)
    many_streams += id + std::string("\0\0\0\0\0\1\x12\0\0\0\0a", 12);
  std::string talk = hello;
  const std::string chatter = client_command({text("onBWDone"), Value{0.0}});
  while (talk.size() <= kServerBytesBeforePublishMax) talk += chatter;
  const Bad table[] = {
      {"HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n", "rtmp-version"},
      {"TLS", std::string("\x15\x03\x01\x00\x02", 5), "rtmp-version"},
      {"a message of 16 MB", hello + std::string("\x03\0\0\0\xff\xff\xff\x14\0\0\0\0", 12),
       "rtmp-message-bytes"},
      {"a chunk size of zero", hello + control(MessageType::set_chunk_size, 0), "rtmp-chunk-size"},
      {"a chunk size of 4 GB", hello + control(MessageType::set_chunk_size, 0xFFFFFFFF),
       "rtmp-chunk-size"},
      {"a chunk that continues nothing", hello + "\xC3", "rtmp-chunk-stream"},
      {"many chunk streams", many_streams, "rtmp-chunk-streams"},
      {"no AMF", hello + client_message(MessageType::command_amf0, 0, "\xFF\xFF", 0), "amf0-type"},
      {"AMF that ends early",
       hello + client_message(MessageType::command_amf0, 0, std::string("\2\0\x10onS", 6), 0),
       "amf0-truncated"},
      {"talk without an end", talk, "rtmp-server-bytes"},
      {"a refused connect", hello + error_of(1), "rtmp-connect-refused"},
      {"a redirect",
       hello + client_command({text("_error"), Value{1.0}, Value{Null{}},
                               Value{Object{{"ex", Value{Object{}}}}}}),
       "rtmp-redirect"},
      {"a refused stream", hello + connected() + error_of(4), "rtmp-publish-refused"},
      {"a stream without a number",
       hello + connected() +
           client_command({text("_result"), Value{4.0}, Value{Null{}}, text("x")}),
       ""},
      {"a negative stream", hello + connected() + created(-1), "rtmp-answer"},
      {"half a stream", hello + connected() + created(1.5), "rtmp-answer"},
      {"a stream beyond all", hello + connected() + created(1e300), "rtmp-answer"},
      {"a refused publish", hello + connected() + created(1) + error_of(5), "rtmp-publish-refused"},
      {"a bad name",
       hello + connected() + created(1) + status("error", "NetStream.Publish.BadName"),
       "rtmp-publish-refused"},
      {"a close", hello + connected() + client_command({text("close"), Value{0.0}}),
       "rtmp-publish-ended"},
  };
  for (const Bad& bad : table) {
    PublishClient client = make_client();
    const auto fed = client.feed(as_bytes(bad.said));
    EXPECT_EQ(fed ? "" : fed.error().code, bad.code) << bad.what;
    EXPECT_FALSE(client.is_publishing()) << bad.what;
  }
}

// An answer out of turn moves nothing.
TEST(PublishClient, IsNotLedAstrayByAnswersOutOfTurn) {
  PublishClient client = make_client();
  ASSERT_TRUE(client.feed(
      as_bytes(server_handshake() + created(1) + status("status", "NetStream.Publish.Start"))));
  EXPECT_FALSE(client.is_publishing());
  EXPECT_FALSE(client.has_told_key());
  client.send_video(0, as_bytes("x"));
  ASSERT_TRUE(client.feed(as_bytes(connected() + connected() + created(1))));
  EXPECT_FALSE(client.is_publishing());
  ASSERT_TRUE(client.feed(as_bytes(status("status", "NetStream.Publish.Start"))));
  EXPECT_TRUE(client.is_publishing());
}

}  // namespace
}  // namespace geili::media::rtmp
