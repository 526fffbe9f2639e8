#pragma once
// What both ends of an RTMP connection say of the connection itself (RTMP 1.0 sections 5.4 and
// 7.1.7): how much has come, and that they are there.

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"

namespace geili::media::rtmp {

// The window that is told to the other end, and the largest that is taken from it.
inline constexpr std::uint32_t kWindowBytes = 2'500'000;
// A window of a few bytes would have every byte of theirs answered by sixteen of ours.
inline constexpr std::uint32_t kWindowBytesMin = 4'096;

// A control message of one number.
void write_control(const ChunkWriter& writer, MessageType type, std::uint32_t value,
                   std::string& out);

// Single-threaded; one for each connection. All answers are appended to `out`.
class Control {
 public:
  void note_received(std::size_t bytes) { received_bytes_ += bytes; }
  std::uint64_t received_bytes() const { return received_bytes_; }
  // Of type window_ack_size.
  void take_window(const Message& message);
  // Tells how much has come, once a window is full.
  void acknowledge(const ChunkWriter& writer, std::string& out);
  // Of type user_control: a ping is answered, the rest passed over.
  void answer(const Message& message, const ChunkWriter& writer, std::string& out) const;

 private:
  std::uint64_t received_bytes_ = 0;
  std::uint64_t acknowledged_bytes_ = 0;
  std::uint32_t window_bytes_ = kWindowBytes;
};

}  // namespace geili::media::rtmp
