#pragma once
// The picture of one stream in another form: decoded, scaled where it has to be, and encoded anew.
// Pictures keep their times; none is shown in another order than it comes in.

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "media/unit.hpp"
#include "media/video/decoder.hpp"
#include "media/video/encoder.hpp"
#include "media/video/scaler.hpp"

namespace geili::media::video {

struct Form {
  Codec codec = Codec::h264;  // h264 or vp8
  Layer layer = Layer::source;
  unsigned short_side_max = 0;           // 0: as it comes
  std::uint64_t bitrate_bps_max = 0;     // 0: by the size
  std::int64_t key_interval_us_max = 0;  // 0: key frames where the source has them, and no others
  std::int64_t step_us_min = 0;          // a picture that is nearer to the last is left out
};

struct TranscoderFigures {
  std::uint64_t pictures = 0;  // made
  std::uint64_t damaged = 0;   // units that could not be decoded
};

// Single-threaded; a picture of 720 lines takes about ten milliseconds.
class Transcoder {
 public:
  explicit Transcoder(const Form& form) : form_(form) {}

  // Units of h264 or vp8 in decoding order. Nothing comes of a picture that cannot be transcoded,
  // nor of those that need it.
  void push(const Unit& in, std::vector<UnitPtr>& out);
  // What the decoder still holds; a key frame follows.
  void finish(std::vector<UnitPtr>& out);
  // The next picture becomes a key frame.
  void want_key_frame() { key_wanted_ = true; }

  const TranscoderFigures& figures() const { return figures_; }
  // The last failure that was not a damaged unit: the errors of Decoder and Encoder.
  const std::optional<Error>& refusal() const { return refusal_; }

 private:
  void begin(const Unit& in, std::vector<UnitPtr>& out);
  void make(libav::Frame picture, std::vector<UnitPtr>& out);
  bool fit_encoder(const AVFrame& picture);
  bool is_key(std::int64_t pts_us);

  const Form form_;
  CodecConfigPtr from_;
  bool reorders_ = false;
  std::optional<Decoder> decoder_;  // none as well when the source cannot be decoded
  bool waits_for_key_ = true;
  Scaler scaler_;
  std::optional<Encoder> encoder_;
  Size encoder_size_;
  CodecConfigPtr config_;                // the encoder's, or an earlier one's with the same bytes
  std::deque<std::int64_t> keys_us_;     // of the source, still to come out of the decoder
  std::optional<std::int64_t> last_us_;  // of what was made
  std::int64_t last_key_us_ = 0;
  bool key_wanted_ = false;
  Unit like_;  // what is the same for all pictures of a run
  TranscoderFigures figures_;
  std::optional<Error> refusal_;
};

}  // namespace geili::media::video
