#pragma once
// From RTP payloads in their order to access units. One for each source and codec.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::rtp {

inline constexpr std::size_t kAccessUnitBytesMax = 4 * 1024 * 1024;

// One packet's payload.
struct Fragment {
  std::uint32_t timestamp = 0;  // on the wire: packets of one picture share it
  bool marker = false;          // of pictures: the last packet
  std::int64_t time_us = 0;     // of `timestamp`, on the publisher's clock
  ByteView payload;             // empty payloads, sent as padding, are passed over
};

// Single-threaded.
class Depacketizer {
 public:
  virtual ~Depacketizer() = default;
  // Appends the units that this fragment completes. What is malformed is dropped and counted; an
  // error is what the publisher should be told: unsupported_media "video-format".
  virtual Result<void> push(const Fragment& fragment, std::vector<SourceUnit>& out) = 0;
  // Packets are missing between the last fragment and the next.
  virtual void gap() = 0;
  // Nothing can be shown until the publisher sends a key frame.
  virtual bool needs_key() const = 0;

  // Units that came in part or malformed, and those passed over until the next key frame.
  std::uint64_t damaged() const { return damaged_; }
  std::uint64_t skipped() const { return skipped_; }

 protected:
  std::uint64_t damaged_ = 0;
  std::uint64_t skipped_ = 0;
};

// What pictures of all codecs have in common: where a picture begins and ends, and that after a
// damaged one only a key frame helps.
class VideoDepacketizer : public Depacketizer {
 public:
  Result<void> push(const Fragment& fragment, std::vector<SourceUnit>& out) final;
  void gap() final;
  bool needs_key() const final { return needs_key_; }

 protected:
  struct Picture {
    bool keyframe = false;
    CodecConfigPtr config;
    Bytes payload;  // empty: no picture, and nothing wrong
  };
  // Forgets the picture that was begun.
  virtual void begin() = 0;
  // False when the payload is malformed or does not follow the one before it.
  virtual bool add(ByteView payload) = 0;
  // The picture whose last payload was added. Errors of kind unsupported_media are passed on.
  virtual Result<Picture> finish() = 0;

 private:
  Result<void> close(std::vector<SourceUnit>& out);
  SourceUnit place(Picture picture);

  bool open_ = false;
  bool is_damaged_ = false;
  bool needs_key_ = true;
  std::uint32_t timestamp_ = 0;
  std::int64_t time_us_ = 0;
  std::size_t bytes_ = 0;
  std::optional<std::int64_t> last_dts_us_;
};

}  // namespace geili::media::rtp
