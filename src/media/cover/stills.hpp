#pragma once
// Small pictures of what a show shows now, for who saves data: made when somebody asks, and the
// same for all who ask within some seconds. Belongs to the stream's media thread.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "media/cover/cover_worker.hpp"
#include "media/engine.hpp"
#include "media/unit.hpp"

namespace geili::media {

class Stills : public std::enable_shared_from_this<Stills> {
 public:
  static constexpr std::int64_t kEveryUs = 4'000'000;
  static constexpr unsigned kWidthMax = 480;
  static constexpr std::size_t kWaitingMax = 1'000;
  // Called once, on the media thread.
  using Answer = std::function<void(Result<HlsBody>)>;

  // `covers` and `clock` outlive it; `io` is the media thread's.
  static std::shared_ptr<Stills> create(CoverWorker& covers, const Clock& clock,
                                        std::shared_ptr<boost::asio::io_context> io);
  // Answers what still waits with `unavailable`.
  ~Stills();

  // The newest key frame of the picture; none is decoded unless somebody asks.
  void take(UnitPtr key_frame) { newest_ = std::move(key_frame); }
  // Errors: not_found "no-cover" before the first key frame, unavailable "hls-waiting" when too
  // many wait or the machine has no time, and when the picture cannot be made "no-cover".
  void ask(Answer answer);

 private:
  Stills(CoverWorker& covers, const Clock& clock, std::shared_ptr<boost::asio::io_context> io)
      : covers_(covers), clock_(clock), io_(std::move(io)) {}
  bool is_fresh() const;
  void made(const UnitPtr& of, const std::shared_ptr<const std::string>& jpeg);
  void answer_all(const Result<HlsBody>& body);

  CoverWorker& covers_;
  const Clock& clock_;
  std::shared_ptr<boost::asio::io_context> io_;
  UnitPtr newest_;
  UnitPtr made_of_;
  Instant made_at_;
  std::shared_ptr<const std::string> jpeg_;
  bool is_making_ = false;
  std::vector<Answer> waiting_;
};

}  // namespace geili::media
