#include "net/websocket_frame.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "base/text.hpp"

namespace geili::net {
namespace {

constexpr std::size_t kFragmentsMax = 256;
constexpr std::uint16_t kNoCode = 1005;

// XORs with the mask from its byte `phase` on, eight bytes at a time.
void unmask(std::span<char> bytes, const std::uint8_t* mask, std::size_t phase) {
  std::array<std::uint8_t, 8> pattern;
  for (std::size_t i = 0; i < 8; ++i) pattern[i] = mask[(phase + i) % 4];
  std::uint64_t wide;
  std::memcpy(&wide, pattern.data(), 8);
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    word ^= wide;
    std::memcpy(bytes.data() + i, &word, 8);
  }
  for (; i < bytes.size(); ++i) bytes[i] = static_cast<char>(bytes[i] ^ pattern[i % 8]);
}

// Section 7.4: what a peer may put into a close frame.
bool is_close_code(std::uint16_t code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

void append_header(std::string& out, Opcode opcode, std::size_t size, bool is_final,
                   bool is_masked) {
  out += static_cast<char>((is_final ? 0x80 : 0) | static_cast<int>(opcode));
  const int mask_bit = is_masked ? 0x80 : 0;
  if (size < 126) {
    out += static_cast<char>(mask_bit | static_cast<int>(size));
    return;
  }
  const int length_bytes = size <= 0xFFFF ? 2 : 8;
  out += static_cast<char>(mask_bit | (length_bytes == 2 ? 126 : 127));
  for (int shift = (length_bytes - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(size >> shift & 0xFF);
  }
}

}  // namespace

std::size_t FrameParser::header_bytes() const {
  const std::uint8_t length = header_[1] & 0x7F;
  const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
  return 2 + extended + ((header_[1] & 0x80) != 0 ? 4 : 0);
}

bool FrameParser::read_header(std::span<char>& input) {
  while (header_have_ < 2 || header_have_ < header_bytes()) {
    if (input.empty()) return false;
    header_[header_have_++] = static_cast<std::uint8_t>(input.front());
    input = input.subspan(1);
  }
  return true;
}

FrameParser::Kept& FrameParser::kept() {
  if (!kept_) kept_ = std::make_unique<Kept>();
  return *kept_;
}

FrameEvent FrameParser::fault(CloseCode code) {
  is_failed_ = true;
  kept_.reset();
  return {FrameEvent::Kind::fault, {}, static_cast<std::uint16_t>(code)};
}

FrameEvent FrameParser::check_header(std::size_t message_bytes_max) {
  const bool is_masked = (header_[1] & 0x80) != 0;
  const std::uint8_t code = header_[0] & 0x0F;
  const bool is_known = code <= 2 || (code >= 8 && code <= 10);
  if ((header_[0] & 0x70) != 0 || !is_known) return fault(CloseCode::protocol_error);
  if (is_masked != (masking_ == Masking::required)) return fault(CloseCode::protocol_error);

  const std::uint8_t length = header_[1] & 0x7F;
  payload_bytes_ = length;
  if (length >= 126) {
    payload_bytes_ = 0;
    const std::size_t extended = length == 126 ? 2 : 8;
    for (std::size_t i = 0; i < extended; ++i)
      payload_bytes_ = payload_bytes_ << 8 | header_[2 + i];
    const std::uint64_t shortest = length == 126 ? 126 : 0x10000;
    if (payload_bytes_ < shortest || payload_bytes_ >> 63 != 0)
      return fault(CloseCode::protocol_error);
  }
  if (is_control()) {
    if (!is_final() || length > kControlPayloadBytesMax) return fault(CloseCode::protocol_error);
    return {};
  }
  const bool is_open = kept_ && kept_->is_message_open;
  if ((opcode() == Opcode::continuation) != is_open) return fault(CloseCode::protocol_error);
  if (opcode() == Opcode::binary) return fault(CloseCode::unsupported);
  const std::size_t before = is_open ? kept_->message.size() : 0;
  if (payload_bytes_ > message_bytes_max - std::min(before, message_bytes_max)) {
    return fault(CloseCode::too_big);
  }
  return {};
}

FrameEvent FrameParser::next(std::span<char>& input, std::size_t message_bytes_max) {
  if (is_failed_) return {FrameEvent::Kind::fault, {}, 1002};
  if (is_done_) {
    is_done_ = false;
    if (kept_ && kept_->is_message_open) {
      kept_->control.clear();
    } else {
      kept_.reset();
    }
  }
  while (true) {
    if (!is_in_payload_) {
      if (!read_header(input)) return {};
      const FrameEvent checked = check_header(message_bytes_max);
      if (checked.kind == FrameEvent::Kind::fault) return checked;
      is_in_payload_ = true;
      payload_have_ = 0;
    }
    const std::size_t missing = static_cast<std::size_t>(payload_bytes_) - payload_have_;
    const std::span<char> piece = input.first(std::min(missing, input.size()));
    input = input.subspan(piece.size());
    if (masking_ == Masking::required) {
      unmask(piece, header_.data() + header_bytes() - 4, payload_have_ % 4);
    }
    payload_have_ += static_cast<std::uint32_t>(piece.size());

    const bool is_whole = piece.size() == payload_bytes_;
    const bool must_keep =
        !is_whole || (!is_control() && (!is_final() || (kept_ && kept_->is_message_open)));
    std::string_view payload(piece.data(), piece.size());
    if (must_keep) {
      std::string& buffer = is_control() ? kept().control : kept().message;
      buffer.append(payload);
      payload = buffer;
    }
    if (payload_have_ < payload_bytes_) return {};
    is_in_payload_ = false;
    header_have_ = 0;
    const FrameEvent event = finish_frame(payload);
    if (event.kind != FrameEvent::Kind::need_more) return event;
  }
}

FrameEvent FrameParser::finish_frame(std::string_view payload) {
  if (is_control()) {
    is_done_ = true;
    if (opcode() == Opcode::ping) return {FrameEvent::Kind::ping, payload, 0};
    if (opcode() == Opcode::pong) return {FrameEvent::Kind::pong, payload, 0};
    return read_close(payload);
  }
  if (!is_final()) {
    kept().is_message_open = true;
    if (++kept().fragments > kFragmentsMax) return fault(CloseCode::too_big);
    return {};
  }
  if (kept_) kept_->is_message_open = false;
  is_done_ = true;
  return finish_message(payload);
}

FrameEvent FrameParser::finish_message(std::string_view message) {
  if (!utf8_length(message)) return fault(CloseCode::bad_text);
  return {FrameEvent::Kind::text, message, 0};
}

FrameEvent FrameParser::read_close(std::string_view payload) {
  if (payload.empty()) return {FrameEvent::Kind::close, payload, kNoCode};
  if (payload.size() == 1) return fault(CloseCode::protocol_error);
  const auto code = static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 |
                                               static_cast<std::uint8_t>(payload[1]));
  if (!is_close_code(code)) return fault(CloseCode::protocol_error);
  payload.remove_prefix(2);
  if (!utf8_length(payload)) return fault(CloseCode::bad_text);
  return {FrameEvent::Kind::close, payload, code};
}

std::string build_frame(Opcode opcode, std::string_view payload) {
  std::string frame;
  frame.reserve(payload.size() + 10);
  append_header(frame, opcode, payload.size(), true, false);
  frame.append(payload);
  return frame;
}

std::string build_masked_frame(Opcode opcode, std::string_view payload, std::uint32_t mask,
                               bool is_final) {
  std::string frame;
  frame.reserve(payload.size() + 14);
  append_header(frame, opcode, payload.size(), is_final, true);
  std::array<std::uint8_t, 4> key;
  for (std::size_t i = 0; i < 4; ++i) key[i] = static_cast<std::uint8_t>(mask >> (24 - 8 * i));
  for (const std::uint8_t byte : key) frame += static_cast<char>(byte);
  const std::size_t at = frame.size();
  frame.append(payload);
  unmask(std::span(frame.data() + at, payload.size()), key.data(), 0);
  return frame;
}

std::string close_payload(CloseCode code, std::string_view reason) {
  std::string payload;
  payload += static_cast<char>(static_cast<std::uint16_t>(code) >> 8);
  payload += static_cast<char>(static_cast<std::uint16_t>(code) & 0xFF);
  reason = reason.substr(0, kControlPayloadBytesMax - 2);
  while (!utf8_length(reason)) reason.remove_suffix(1);
  payload.append(reason);
  return payload;
}

WireFrame text_frame(std::string_view payload) {
  return std::make_shared<const std::string>(build_frame(Opcode::text, payload));
}

}  // namespace geili::net
