#include "media/egress/record/recorder.hpp"

#include <utility>

namespace geili::media::record {
namespace {

constexpr std::size_t kReaderUnitsMax = 8'192;

}  // namespace

Recorder::Recorder(const std::shared_ptr<Stream>& stream, std::unique_ptr<RecordingFeed> feed)
    : feed_(std::move(feed)) {
  reader_ = stream->read(kReaderUnitsMax, [this] { drain(); },
                         {.audio = Codec::aac, .picture = Picture::h264, .slate = false});
  drain();
}

// The program ends while the show is live: what waits for the end of its group is kept, too.
Recorder::~Recorder() {
  if (feed_) pause({StreamState::ended, 0});
}

void Recorder::drain() {
  // The first wake may come from inside read().
  if (!reader_) return;
  while (auto item = reader_->pop()) take(*item);
}

void Recorder::take(const StreamItem& item) {
  if (!feed_) return;
  if (const Pause* paused = std::get_if<Pause>(&item)) {
    pause(*paused);
    return;
  }
  const UnitPtr& unit = std::get<UnitPtr>(item);
  if (cutter_ && !settler_.is_waiting()) {
    if (unit->config == configs_[index_of(unit->track)]) return push(unit);
    // A new configuration begins a section, at a picture that decoding can begin at, and with the
    // sound of that moment.
    const bool sound_goes_on = unit->track == Track::video && configs_[index_of(Track::audio)];
    if (!sound_goes_on) close(unit->dts_us);
  }
  settle(unit);
}

void Recorder::settle(const UnitPtr& unit) {
  const auto beginning = cutter_ ? settler_.take_next(unit) : settler_.take(unit);
  if (beginning) begin(*beginning);
}

void Recorder::begin(const Beginning& beginning) {
  if (cutter_) finish(beginning);
  has_paused_ = false;
  configs_ = beginning.configs;
  cutter_.emplace(configs_[index_of(Track::video)], configs_[index_of(Track::audio)],
                  beginning.start_us);
  for (const UnitPtr& first : beginning.units) push(first);
}

// What goes before a beginning, with the rest of its sound.
void Recorder::finish(const Beginning& beginning) {
  for (const UnitPtr& unit : beginning.sound_before) {
    if (!has_paused_ && unit->config == configs_[index_of(Track::audio)]) push(unit);
  }
  close(beginning.start_us);
}

void Recorder::close(std::int64_t end_us) {
  std::vector<CutFragment> cut;
  cutter_->flush(end_us, cut);
  cutter_.reset();
  hand_on(std::move(cut));
}

void Recorder::push(const UnitPtr& unit) {
  // A slate may have been shown meanwhile.
  if (std::exchange(has_paused_, false)) cutter_->go_on_at(unit->dts_us);
  std::vector<CutFragment> cut;
  cutter_->push(unit, cut);
  hand_on(std::move(cut));
}

void Recorder::pause(const Pause& pause) {
  settler_.clear();
  has_paused_ = true;
  if (cutter_) {
    std::vector<CutFragment> cut;
    cutter_->flush(pause.end_us, cut);
    hand_on(std::move(cut));
  }
  if (pause.state == StreamState::ended) feed_.reset();
}

void Recorder::hand_on(std::vector<CutFragment> fragments) {
  for (CutFragment& fragment : fragments) feed_->push(std::move(fragment));
}

}  // namespace geili::media::record
