#pragma once
// WebSocket framing (RFC 6455 section 5): a pure incremental reader and a writer.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/websocket.hpp"

namespace geili::net {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10,
};

inline constexpr std::size_t kControlPayloadBytesMax = 125;

struct FrameEvent {
  enum class Kind : std::uint8_t {
    need_more,  // all input is taken
    text,       // a whole message, UTF-8
    ping,
    pong,
    close,  // `code` is the peer's, 1005 when it gave none
    fault,  // the connection must be closed with `code`; the parser takes nothing more
  };
  Kind kind = Kind::need_more;
  std::string_view payload;  // valid until the next call and while the input lives
  std::uint16_t code = 0;
};

enum class Masking : std::uint8_t {
  required,
  forbidden
};  // of clients' frames, of servers' frames

// Holds no buffer between messages. Not thread-safe.
class FrameParser {
 public:
  explicit FrameParser(Masking masking = Masking::required) : masking_(masking) {}

  // Takes bytes from the front of `input`, which are unmasked in place. Binary messages are a fault
  // (1003), broken UTF-8 (1007), a message beyond `message_bytes_max` or of too many fragments
  // (1009), everything that section 5 forbids (1002).
  FrameEvent next(std::span<char>& input, std::size_t message_bytes_max);
  // A frame, or a message in fragments, has begun and has not ended. After an event or need_more.
  bool is_within_message() const { return header_have_ > 0 || (kept_ && kept_->is_message_open); }

 private:
  // Payload that has to be kept: of a frame that came in pieces, of a message in fragments.
  struct Kept {
    std::string message;
    std::string control;
    std::size_t fragments = 0;
    bool is_message_open = false;
  };

  bool read_header(std::span<char>& input);
  std::size_t header_bytes() const;
  FrameEvent check_header(std::size_t message_bytes_max);
  FrameEvent finish_frame(std::string_view payload);
  FrameEvent finish_message(std::string_view message);
  FrameEvent read_close(std::string_view payload);
  FrameEvent fault(CloseCode code);
  bool is_control() const { return (header_[0] & 0x08) != 0; }
  bool is_final() const { return (header_[0] & 0x80) != 0; }
  Opcode opcode() const { return static_cast<Opcode>(header_[0] & 0x0F); }
  Kept& kept();

  std::array<std::uint8_t, 14> header_{};
  std::uint8_t header_have_ = 0;
  Masking masking_;
  bool is_failed_ = false;
  bool is_in_payload_ = false;
  bool is_done_ = false;  // the payload told last may be dropped
  std::uint32_t payload_have_ = 0;
  std::uint64_t payload_bytes_ = 0;
  std::unique_ptr<Kept> kept_;
};

// A final frame: unmasked from servers, masked with `mask` from clients.
std::string build_frame(Opcode opcode, std::string_view payload);
std::string build_masked_frame(Opcode opcode, std::string_view payload, std::uint32_t mask,
                               bool is_final = true);
// The payload of a close frame; the reason is cut to what a control frame holds.
std::string close_payload(CloseCode code, std::string_view reason);

}  // namespace geili::net
