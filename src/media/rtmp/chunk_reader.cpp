#include "media/rtmp/chunk_reader.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::rtmp {
namespace {

constexpr std::uint32_t kExtended = 0xFFFFFF;

std::uint32_t little_endian_u32(ByteReader& in) {
  const std::uint32_t value = in.u32();
  return value >> 24 | (value >> 8 & 0xFF00U) | (value << 8 & 0xFF0000U) | value << 24;
}

}  // namespace

void ChunkReader::append(ByteView bytes) {
  if (at_ > 0 && at_ >= in_.size() / 2) {
    in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ = 0;
  }
  in_.insert(in_.end(), bytes.begin(), bytes.end());
}

void ChunkReader::consume(std::size_t bytes) {
  at_ += bytes;
}

// None while the header is not complete, or when `verdict` has turned into an error.
std::optional<ChunkReader::Header> ChunkReader::read_header(ByteReader& in,
                                                            Result<void>& verdict) const {
  const unsigned first = in.u8();
  Header header;
  header.format = first >> 6;
  header.chunk_stream = first & 0x3FU;
  if (header.chunk_stream == 0) {
    header.chunk_stream = 64U + in.u8();
  } else if (header.chunk_stream == 1) {
    const unsigned low = in.u8();
    header.chunk_stream = 64U + low + 256U * in.u8();
  }
  if (!in.ok()) return std::nullopt;

  const auto known = streams_.find(header.chunk_stream);
  ChunkStream& state = header.state;
  if (known != streams_.end()) {
    const ChunkStream& was = known->second;
    state = {was.field, was.extended,  was.timestamp_ms, was.length,
             was.type,  was.stream_id, was.inside,       {}};
  } else if (header.format >= 2) {
    verdict = fail(ErrorKind::invalid, "rtmp-chunk-stream", "A chunk continues what never began.");
    return std::nullopt;
  } else if (streams_.size() >= limits_.chunk_streams_max) {
    verdict = fail(ErrorKind::too_large, "rtmp-chunk-streams", "Too many chunk streams are open.");
    return std::nullopt;
  }
  if (state.inside && header.format != 3) {
    verdict = fail(ErrorKind::invalid, "rtmp-chunk-stream", "A message begins inside another.");
    return std::nullopt;
  }
  if (header.format <= 2) state.field = in.u24();
  if (header.format <= 1) {
    state.length = in.u24();
    state.type = in.u8();
  }
  if (header.format == 0) state.stream_id = little_endian_u32(in);
  read_extended(in, header.format, state);
  if (!in.ok()) return std::nullopt;
  if (!state.inside) {
    // A type 3 header that begins a message repeats the last field, also when that was absolute.
    state.timestamp_ms = header.format == 0 ? state.field : state.timestamp_ms + state.field;
  }
  return header;
}

void ChunkReader::read_extended(ByteReader& in, unsigned format, ChunkStream& state) {
  if (format <= 2) {
    state.extended = state.field == kExtended;
    if (state.extended) state.field = in.u32();
    return;
  }
  if (!state.extended) return;
  // Type 3 chunks repeat the extended timestamp, yet some clients leave it out: it is taken for one
  // only when it is the one.
  ByteReader peek(in.rest());
  const std::uint32_t value = peek.u32();
  if (!peek.ok() || value == state.field || value == state.timestamp_ms) in.u32();
}

Result<std::optional<Message>> ChunkReader::next() {
  using Next = std::optional<Message>;
  while (true) {
    ByteReader in(ByteView(in_).subspan(at_));
    const std::size_t before = in.remaining();
    if (before == 0) return Next{};
    Result<void> verdict;
    auto header = read_header(in, verdict);
    if (!verdict) return fail_as(verdict);
    if (!header) return Next{};
    const ChunkStream& state = header->state;
    if (state.length > limits_.message_bytes_max) {
      return fail(ErrorKind::too_large, "rtmp-message-bytes",
                  "A message is longer than the limit.");
    }
    const auto known = streams_.find(header->chunk_stream);
    const std::size_t have = known == streams_.end() ? 0 : known->second.partial.size();
    const std::size_t part = std::min<std::size_t>(chunk_bytes_, state.length - have);
    if (partial_bytes_ + part > 2 * limits_.message_bytes_max) {
      return fail(ErrorKind::too_large, "rtmp-buffered-bytes",
                  "Unfinished messages hold too much.");
    }
    const ByteView body = in.bytes(part);
    if (!in.ok()) return Next{};

    ChunkStream& stream = streams_[header->chunk_stream];
    Bytes partial = std::move(stream.partial);
    stream = std::move(header->state);
    partial.insert(partial.end(), body.begin(), body.end());
    stream.inside = partial.size() < stream.length;
    consume(before - in.remaining());
    if (stream.inside) {
      partial_bytes_ += part;
      stream.partial = std::move(partial);
      continue;
    }
    partial_bytes_ -= have;
    stream.partial.clear();
    Message message{static_cast<MessageType>(stream.type), stream.stream_id, stream.timestamp_ms,
                    std::move(partial)};
    if (auto obeyed = obey(message); !obeyed) return fail_as(obeyed);
    return Next{std::move(message)};
  }
}

Result<void> ChunkReader::obey(const Message& message) {
  if (message.type == MessageType::set_chunk_size) {
    ByteReader in(message.payload);
    const std::uint32_t bytes = in.u32();
    if (!in.ok() || bytes == 0 || bytes > 0x7FFFFFFF) {
      return fail(ErrorKind::invalid, "rtmp-chunk-size", "The chunk size is out of range.");
    }
    chunk_bytes_ = std::min(bytes, kChunkBytesMax);
  } else if (message.type == MessageType::abort) {
    ByteReader in(message.payload);
    const auto known = streams_.find(in.u32());
    if (!in.ok()) return fail(ErrorKind::invalid, "rtmp-abort", "An abort names no chunk stream.");
    if (known != streams_.end()) {
      partial_bytes_ -= known->second.partial.size();
      known->second.partial.clear();
      known->second.inside = false;
    }
  }
  return {};
}

}  // namespace geili::media::rtmp
