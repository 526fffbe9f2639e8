#include "media/egress/record/clip.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "media/egress/record/disk.hpp"

extern "C" {
#include <libavcodec/packet.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
}

namespace geili::media::record {
namespace {

constexpr int kBufferBytes = 64 * 1024;

std::unexpected<Error> clip_failed() {
  return fail(ErrorKind::unavailable, "clip-failed", "The clip could not be made.");
}

// The initialisation segment and the range as if they were one file.
class Joined {
 public:
  Joined(std::unique_ptr<ByteSource> file, const ClipRange& range)
      : file_(std::move(file)), range_(range) {}

  static int read(void* opaque, std::uint8_t* to, int count) {
    return static_cast<Joined*>(opaque)->read(to, static_cast<std::size_t>(count));
  }
  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& self = *static_cast<Joined*>(opaque);
    const auto size = static_cast<std::int64_t>(self.range_.init_bytes + self.range_.length);
    if ((whence & AVSEEK_SIZE) != 0) return size;
    if (whence == SEEK_CUR) offset += self.at_;
    if (whence == SEEK_END) offset += size;
    if (offset < 0 || offset > size) return AVERROR(EINVAL);
    return self.at_ = offset;
  }

 private:
  int read(std::uint8_t* to, std::size_t count) {
    const auto at = static_cast<std::uint64_t>(at_);
    const bool in_init = at < range_.init_bytes;
    const std::uint64_t left =
        in_init ? range_.init_bytes - at : range_.init_bytes + range_.length - at;
    if (left == 0) return AVERROR_EOF;
    const std::uint64_t offset = in_init ? at : range_.offset + (at - range_.init_bytes);
    const Bytes bytes =
        file_->read(offset, static_cast<std::size_t>(std::min<std::uint64_t>(count, left)));
    if (bytes.empty()) return AVERROR_EOF;
    std::memcpy(to, bytes.data(), bytes.size());
    at_ += static_cast<std::int64_t>(bytes.size());
    return static_cast<int>(bytes.size());
  }

  std::unique_ptr<ByteSource> file_;
  const ClipRange range_;
  std::int64_t at_ = 0;
};

struct CloseInput {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct CloseOutput {
  void operator()(AVFormatContext* context) const {
    avio_closep(&context->pb);
    avformat_free_context(context);
  }
};
struct FreeIo {
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
using Input = std::unique_ptr<AVFormatContext, CloseInput>;
using Output = std::unique_ptr<AVFormatContext, CloseOutput>;
using Io = std::unique_ptr<AVIOContext, FreeIo>;
using Packet = std::unique_ptr<AVPacket, FreePacket>;

Input open_input(AVIOContext* io) {
  AVFormatContext* context = avformat_alloc_context();
  if (context == nullptr) return nullptr;
  context->pb = io;
  if (avformat_open_input(&context, nullptr, av_find_input_format("mp4"), nullptr) < 0) {
    return nullptr;  // which has freed it
  }
  return Input(context);
}

Output open_output(const AVFormatContext& input, const std::string& path) {
  AVFormatContext* context = nullptr;
  if (avformat_alloc_output_context2(&context, nullptr, "mp4", path.c_str()) < 0) return nullptr;
  Output output(context);
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    AVStream* stream = avformat_new_stream(context, nullptr);
    if (stream == nullptr) return nullptr;
    if (avcodec_parameters_copy(stream->codecpar, input.streams[i]->codecpar) < 0) return nullptr;
    stream->codecpar->codec_tag = 0;
    stream->time_base = input.streams[i]->time_base;
  }
  if (avio_open(&context->pb, path.c_str(), AVIO_FLAG_WRITE) < 0) return nullptr;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "+faststart", 0);
  const int begun = avformat_write_header(context, &options);
  av_dict_free(&options);
  return begun < 0 ? nullptr : std::move(output);
}

constexpr AVRational kMicroseconds{1, 1'000'000};

bool is_video(const AVFormatContext& input, const AVPacket& packet) {
  return input.streams[packet.stream_index]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
}

// When the first picture is shown; with reordered pictures that is later than it is decoded.
std::optional<std::int64_t> first_picture_us(AVFormatContext& input) {
  const Packet packet(av_packet_alloc());
  while (packet && av_read_frame(&input, packet.get()) >= 0) {
    if (is_video(input, *packet)) {
      return av_rescale_q(packet->pts, input.streams[packet->stream_index]->time_base,
                          kMicroseconds);
    }
    av_packet_unref(packet.get());
  }
  return std::nullopt;
}

bool copy(AVFormatContext& input, AVFormatContext& output, std::int64_t start_us) {
  const Packet packet(av_packet_alloc());
  if (!packet) return false;
  int read = 0;
  while ((read = av_read_frame(&input, packet.get())) >= 0) {
    const AVRational from = input.streams[packet->stream_index]->time_base;
    const std::int64_t start = av_rescale_q(start_us, kMicroseconds, from);
    // Both tracks by the same: their distance is what it was.
    packet->pts -= start;
    packet->dts -= start;
    if (packet->pts < 0 && !is_video(input, *packet)) {
      av_packet_unref(packet.get());  // sound of the picture before
      continue;
    }
    av_packet_rescale_ts(packet.get(), from, output.streams[packet->stream_index]->time_base);
    packet->pos = -1;
    if (av_interleaved_write_frame(&output, packet.get()) < 0) return false;
  }
  return read == AVERROR_EOF && av_write_trailer(&output) >= 0;
}

// A section's range as libavformat reads it.
class Source {
 public:
  Source(const std::string& section_path, const ClipRange& range)
      : joined_(open_source(section_path), range),
        io_(avio_alloc_context(static_cast<unsigned char*>(av_malloc(kBufferBytes)), kBufferBytes,
                               0, &joined_, &Joined::read, nullptr, &Joined::seek)),
        input_(io_ ? open_input(io_.get()) : nullptr) {}
  // Null when it cannot be read.
  AVFormatContext* get() const { return input_.get(); }

 private:
  Joined joined_;
  Io io_;
  Input input_;
};

bool remux(const std::string& section_path, const ClipRange& range, const std::string& path) {
  const Source look(section_path, range);
  if (look.get() == nullptr) return false;
  const std::int64_t start_us = first_picture_us(*look.get()).value_or(range.section_from_us);
  const Source source(section_path, range);
  if (source.get() == nullptr) return false;
  const Output output = open_output(*source.get(), path);
  return output && copy(*source.get(), *output, start_us);
}

}  // namespace

Result<void> make_clip(const std::string& section_path, const ClipRange& range,
                       const std::string& path) {
  const std::string half = path + ".half";
  std::error_code failed;
  bool made = false;
  try {
    made = remux(section_path, range, half);
  } catch (const std::system_error&) {
    made = false;  // the section is gone
  }
  if (made) std::filesystem::rename(half, path, failed);
  if (made && !failed) return {};
  std::filesystem::remove(half, failed);
  return clip_failed();
}

}  // namespace geili::media::record
