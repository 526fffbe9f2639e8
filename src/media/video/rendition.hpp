#pragma once
// The items of a stream with their picture transcoded on the threads of a PictureWorker. They come
// out in the order they went in, so that sound and picture stay together and a pause comes behind
// the last picture.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "media/stream_item.hpp"
#include "media/video/picture_worker.hpp"
#include "media/video/transcoder.hpp"

namespace geili::media::video {

struct RenditionFigures {
  std::uint64_t pictures = 0;  // made
  std::uint64_t dropped = 0;   // because the threads were late
  std::uint64_t damaged = 0;
};

// Belongs to the media thread.
class Rendition : public std::enable_shared_from_this<Rendition> {
 public:
  // On the media thread, perhaps from within pass() and convert().
  using Deliver = std::function<void(const StreamItem&)>;
  using Io = std::shared_ptr<boost::asio::io_context>;

  // Pictures that wait for the threads; beyond it they are given up until the next key frame.
  static constexpr std::size_t kWaitingMax = 45;
  // The same of a group of pictures that a rendition begins with.
  static constexpr std::size_t kFirstGroupMax = 150;

  // `worker` outlives the rendition, `media` is the thread's.
  static std::shared_ptr<Rendition> create(const Form& form, PictureWorker& worker, Io media,
                                           Deliver deliver);
  // Nothing is delivered any more.
  ~Rendition();

  // A picture to be transcoded.
  void convert(UnitPtr unit);
  // What stays as it is. Before a Pause, all pictures that went in come out.
  void pass(const StreamItem& item);
  // Of the picture that is made: the source is not asked.
  void want_key_frame();
  // Everything that went in came out.
  bool is_idle() const { return slots_.empty(); }
  const RenditionFigures& figures() const { return figures_; }

 private:
  struct Work;
  struct Made {
    std::vector<UnitPtr> units;
    TranscoderFigures figures;
  };
  struct Slot {
    bool is_done = false;
    std::vector<StreamItem> items;
  };
  using Job = std::function<void(Transcoder&, std::vector<UnitPtr>&)>;

  Rendition(std::shared_ptr<Work> work, PictureFigures& all, Io media, Deliver deliver);
  bool is_late(const Unit& unit);
  void submit(Job job);
  void done(Made made);
  void drain();

  const std::shared_ptr<Work> work_;
  PictureFigures& all_;
  const Io media_;
  const Deliver deliver_;
  std::deque<Slot> slots_;    // bounded by the pictures that wait and the sound of their time
  std::size_t waiting_ = 0;   // jobs
  std::size_t next_job_ = 0;  // index of the slot that the next answer is for, or beyond it
  bool is_first_group_ = true;
  bool waits_for_key_ = false;
  bool is_draining_ = false;
  RenditionFigures figures_;
};

}  // namespace geili::media::video
