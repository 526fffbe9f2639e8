#pragma once
// Owners of libav's objects, and the steps that every use of it needs. Only for .cpp files.

#include <cstdint>
#include <cstring>
#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/frame.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
}

#include "base/bytes.hpp"

namespace geili::media::libav {

// Each deleter takes the address of the pointer, as libav's functions want it.
template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(&object);
  }
};
using Context = std::unique_ptr<AVCodecContext, Freed<avcodec_free_context>>;
using Frame = std::unique_ptr<AVFrame, Freed<av_frame_free>>;
using Packet = std::unique_ptr<AVPacket, Freed<av_packet_free>>;

// What is wrong with a stream is an answer here and no line on the standard error of the program.
inline void be_quiet() {
  static const bool is_quiet = (av_log_set_level(AV_LOG_QUIET), true);
  (void)is_quiet;
}

// Null when there is no memory.
inline Packet packet_of(ByteView bytes) {
  Packet packet(av_packet_alloc());
  if (!packet || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) return nullptr;
  if (!bytes.empty()) std::memcpy(packet->data, bytes.data(), bytes.size());
  return packet;
}

inline ByteView bytes_of(const AVPacket& packet) {
  return std::as_bytes(std::span(packet.data, static_cast<std::size_t>(packet.size)));
}

// False when there is no memory.
inline bool set_extradata(AVCodecContext& context, ByteView bytes) {
  context.extradata =
      static_cast<std::uint8_t*>(av_mallocz(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (context.extradata == nullptr) return false;
  if (!bytes.empty()) std::memcpy(context.extradata, bytes.data(), bytes.size());
  context.extradata_size = static_cast<int>(bytes.size());
  return true;
}

}  // namespace geili::media::libav
