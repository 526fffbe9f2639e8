#include "media/egress/llhls/channel.hpp"

#include <utility>
#include <vector>

#include "media/video/picture_size.hpp"

namespace geili::media::llhls {
namespace {

constexpr std::size_t kReaderUnitsMax = 8'192;
// Who watches asks several times a second; who paused may come back for a while.
constexpr auto kWatchedTime = std::chrono::seconds(10);
constexpr auto kIdleTime = std::chrono::seconds(30);
constexpr auto kLowIdleTime = std::chrono::seconds(15);
// Before there is a lower picture that could be looked at.
constexpr std::string_view kLowCodec = "avc1.42C01E";
constexpr double kPeakFactor = 1.2;  // boxes, and seconds with more motion
constexpr std::uint64_t kSoundBps = 128'000;

std::unexpected<Error> no_such_file() {
  return fail(ErrorKind::not_found, "hls-name", "There is no such part of this stream.");
}

std::uint64_t bandwidth_bps(const Window& window) {
  constexpr double kBitsPerByte = 8;
  std::uint64_t bytes = 0;
  std::int64_t us = 0;
  for (const Segment& segment : window.segments()) {
    if (!segment.complete) continue;
    bytes += segment.body->size();
    us += segment.duration_us;
  }
  if (us == 0) return 0;
  const double bps = static_cast<double>(bytes) * kBitsPerByte * 1e6 / static_cast<double>(us);
  return static_cast<std::uint64_t>(bps * kPeakFactor);
}

// What tells whether a playlist has to be written anew.
struct Mark {
  explicit Mark(const Window* window)
      : parts(window ? window->parts_count() : 0),
        is_open(window != nullptr && window->next_part() > 0),
        is_ended(window != nullptr && window->is_ended()) {}
  std::uint64_t parts;
  bool is_open;
  bool is_ended;
  friend bool operator==(const Mark&, const Mark&) = default;
};

}  // namespace

Channel::Channel(std::shared_ptr<Stream> stream, std::uint64_t first_number, WaitingRoom& room)
    : stream_(std::move(stream)),
      source_list_(Layer::source, room,
                   [this]() -> std::optional<PartNumber> {
                     if (!has_low()) return std::nullopt;
                     const Window* low = low_packager_ ? low_packager_->window() : nullptr;
                     return low != nullptr ? low->last_part() : window().last_part();
                   }),
      low_list_(Layer::low, room, [this] { return window().last_part(); }) {
  packager_.emplace(first_number);
  open();
}

Channel::~Channel() {
  reader_.reset();
  low_reader_.reset();
}

bool Channel::is_costly() const {
  const CodecConfigPtr& video = stream_->config(Track::video);
  return stream_->making().worker != nullptr && video && video->codec != Codec::h264;
}

bool Channel::has_low() const {
  return stream_->making().low && packager_->config(Track::video) != nullptr;
}

bool Channel::is_playable() const {
  if (window().is_ready()) return true;
  return !reader_ && is_costly() && stream_->state() != StreamState::ended;
}

void Channel::open() {
  if (reader_) return;
  packager_->on_cut([this](const Cut& cut) {
    if (low_packager_) low_packager_->follow(cut);
  });
  source_list_.show(&window());
  const bool is_watched = asked_ && std::chrono::steady_clock::now() - *asked_ < kWatchedTime;
  reader_ = stream_->read(kReaderUnitsMax, [this] { drain(); },
                          {.audio = Codec::aac, .picture = Picture::h264, .watched = is_watched});
  drain();
}

// What was made is forgotten; who comes back finds a list that goes on from its numbers.
void Channel::close() {
  close_low();
  reader_.reset();
  source_list_.show(nullptr);
  const std::uint64_t next = window().next_segment() + 1;
  packager_.emplace(next, window().discontinuities_at(next) + 1);
}

void Channel::open_low() {
  if (low_reader_ || !reader_ || !window().is_ready()) return;
  low_packager_.emplace(*packager_);
  low_reader_ = stream_->read(kReaderUnitsMax, [this] { drain_low(); },
                              {.audio = Codec::aac, .picture = Picture::h264, .layer = Layer::low});
  drain_low();
}

void Channel::close_low() {
  low_reader_.reset();
  low_list_.show(nullptr);
  low_packager_.reset();
  low_asked_.reset();
}

void Channel::stream_changed() {
  if (!is_costly()) return open();
  if (reader_ && !asked_) close();
}

void Channel::asked_for(Layer layer) {
  asked_ = std::chrono::steady_clock::now();
  open();
  reader_->set_watched(true);
  if (layer == Layer::source || !has_low()) return;
  low_asked_ = asked_;
  open_low();
}

void Channel::drain() {
  // The first wake may come from inside read().
  if (!reader_) return;
  const Mark before(&window());
  while (auto item = reader_->pop()) packager_->take(*item);
  if (Mark(&window()) == before) return;
  source_list_.changed();
  advance_low();
  if (low_asked_) open_low();
  if (window().is_ready() && !std::exchange(was_ready_, true) && ready_) ready_();
}

void Channel::drain_low() {
  if (!low_reader_) return;
  while (auto item = low_reader_->pop()) low_packager_->take(*item);
  advance_low();
}

void Channel::advance_low() {
  if (!low_packager_) return;
  const Window* shown = low_packager_->window();
  const Mark before(shown);
  low_packager_->advance();
  const Window* low = low_packager_->window();
  if (low != shown) return low_list_.show(low);
  if (Mark(low) == before) return;
  low_list_.changed();
  source_list_.changed();
}

void Channel::playlist(const std::string& name, const std::string& query, Answer answer) {
  auto parsed = parse_playlist_query(query);
  if (!parsed) return answer(fail_as(parsed));
  const bool is_low = name == kLowMediaName;
  if (name != kMultivariantName && name != kMediaName && !is_low) return answer(no_such_file());
  asked_for(is_low ? Layer::low : Layer::source);
  if (is_low && !has_low()) return answer(no_such_file());
  if (is_low) return low_list_.playlist(*parsed, std::move(answer));
  if (name == kMediaName) return source_list_.playlist(*parsed, std::move(answer));
  source_list_.when_ready([this] { return multivariant_playlist(); }, std::move(answer));
}

void Channel::file(const std::string& name, const Answer& answer) {
  const auto parsed = parse_file_name(name);
  if (!parsed) return answer(no_such_file());
  asked_for(parsed->layer);
  (parsed->layer == Layer::low ? low_list_ : source_list_).file(*parsed, answer);
}

Variant Channel::source_variant() const {
  Variant variant;
  if (const CodecConfigPtr& video = packager_->config(Track::video)) {
    variant.video_codec = video->rfc6381;
    variant.width = video->width;
    variant.height = video->height;
  }
  if (const CodecConfigPtr& audio = packager_->config(Track::audio)) {
    variant.audio_codec = audio->rfc6381;
  }
  variant.bandwidth_bps = bandwidth_bps(window());
  return variant;
}

Variant Channel::low_variant() const {
  Variant variant = source_variant();
  variant.layer = Layer::low;
  const Window* low = low_packager_ ? low_packager_->window() : nullptr;
  const video::Size size = video::fitted({variant.width, variant.height}, kLowShortSide);
  variant.width = size.width;
  variant.height = size.height;
  variant.video_codec = kLowCodec;
  if (const CodecConfigPtr& made = low_packager_ ? low_packager_->config() : nullptr) {
    variant.video_codec = made->rfc6381;
    variant.width = made->width;
    variant.height = made->height;
  }
  const std::uint64_t measured_bps = low != nullptr ? bandwidth_bps(*low) : 0;
  const auto expected = static_cast<double>(kLowBitrateBps + kSoundBps) * kPeakFactor;
  variant.bandwidth_bps = measured_bps > 0 ? measured_bps : static_cast<std::uint64_t>(expected);
  return variant;
}

Result<HlsBody> Channel::multivariant_playlist() const {
  std::vector<Variant> variants{source_variant()};
  if (has_low()) variants.push_back(low_variant());
  return HlsBody{std::make_shared<const std::string>(render_multivariant(variants)), kPlaylistType,
                 0};
}

void Channel::expire(SteadyTime now) {
  source_list_.expire(now);
  low_list_.expire(now);
  if (low_asked_ && now - *low_asked_ >= kLowIdleTime) close_low();
  if (!asked_) return;
  if (reader_) reader_->set_watched(now - *asked_ < kWatchedTime);
  if (now - *asked_ < kIdleTime || stream_->state() == StreamState::ended) return;
  asked_.reset();
  if (is_costly() && reader_) close();
}

}  // namespace geili::media::llhls
