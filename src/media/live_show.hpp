#pragma once
// What the engine keeps for one show: its stream, its LL-HLS, its cover, its slate and its
// recorder. Belongs to the media thread.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/cover/cover_worker.hpp"
#include "media/cover/stills.hpp"
#include "media/egress/llhls/channel.hpp"
#include "media/egress/record/recorder.hpp"
#include "media/egress/rtmp/restream_set.hpp"
#include "media/engine.hpp"
#include "media/slate_source.hpp"
#include "media/stream.hpp"
#include "media/video/picture_worker.hpp"

namespace geili::media {

class LiveShow : public std::enable_shared_from_this<LiveShow> {
 public:
  struct Surroundings {  // all outlive the show
    const EngineSettings& settings;
    const Clock& clock;
    llhls::WaitingRoom& room;
    CoverWorker& covers;
    video::PictureWorker& pictures;
    std::shared_ptr<boost::asio::io_context> io;
    const std::function<void(const StreamStatus&)>& told;
    std::shared_ptr<rtmp::Commons> restreams;
  };

  static std::shared_ptr<LiveShow> create(ShowId show, const Surroundings& around);

  Stream& stream() { return *stream_; }
  const std::shared_ptr<Stream>& shared_stream() const { return stream_; }
  llhls::Channel& channel() { return *channel_; }
  Result<HlsBody> cover() const;
  void still(Stills::Answer answer) { stills_->ask(std::move(answer)); }
  StreamStatus status() const;
  StreamStats stats();
  // From here on; `recordings` outlives the show.
  void record(Recordings& recordings);
  rtmp::RestreamSet& restreams() { return restreams_; }
  // Time-outs of waiting requests, and the end of a show whose publisher stays away. True when the
  // show can be forgotten.
  bool tick(llhls::SteadyTime now);

 private:
  LiveShow(ShowId show, const Surroundings& around);
  void attach();
  void drain_for_cover();
  void use_cover(const std::shared_ptr<const std::string>& jpeg);
  void tell();

  bool is_recording_paused() const { return recorder_ && recorder_->is_paused(); }
  std::vector<std::string> warnings() const;

  Surroundings around_;
  std::shared_ptr<Stream> stream_;
  std::unique_ptr<llhls::Channel> channel_;
  std::shared_ptr<Reader> cover_reader_;
  std::shared_ptr<const std::string> cover_;
  Instant cover_at_;
  std::shared_ptr<Stills> stills_;
  std::shared_ptr<SlateSource> slate_;
  std::unique_ptr<record::Recorder> recorder_;
  rtmp::RestreamSet restreams_;
  bool told_paused_ = false;
};

}  // namespace geili::media
