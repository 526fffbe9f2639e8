#include "media/cover/stills.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media {
namespace {

std::unexpected<Error> no_picture() {
  return fail(ErrorKind::not_found, "no-cover", "There is no picture of this show yet.");
}
std::unexpected<Error> too_busy() {
  return fail(ErrorKind::unavailable, "hls-waiting", "Too many wait for the picture.");
}

HlsBody body_of(const std::shared_ptr<const std::string>& jpeg) {
  constexpr unsigned kCacheS = 2;
  return {jpeg, "image/jpeg", kCacheS};
}

}  // namespace

std::shared_ptr<Stills> Stills::create(CoverWorker& covers, const Clock& clock,
                                       std::shared_ptr<boost::asio::io_context> io) {
  return std::shared_ptr<Stills>(new Stills(covers, clock, std::move(io)));
}

Stills::~Stills() {
  answer_all(too_busy());
}

bool Stills::is_fresh() const {
  return jpeg_ && (made_of_ == newest_ || (clock_.now() - made_at_).count() < kEveryUs);
}

void Stills::ask(Answer answer) {
  if (is_fresh()) return answer(body_of(jpeg_));
  if (!newest_) return answer(no_picture());
  if (waiting_.size() >= kWaitingMax) return answer(too_busy());
  waiting_.push_back(std::move(answer));
  if (is_making_) return;
  auto done = [weak = weak_from_this(), io = io_, of = newest_](Result<std::string> jpeg) {
    auto shared = jpeg ? std::make_shared<const std::string>(std::move(*jpeg)) : nullptr;
    boost::asio::post(*io, [weak, of, shared] {
      if (const auto self = weak.lock()) self->made(of, shared);
    });
  };
  is_making_ = covers_.submit(newest_, kWidthMax, std::move(done));
  if (!is_making_) answer_all(jpeg_ ? Result<HlsBody>(body_of(jpeg_)) : too_busy());
}

void Stills::made(const UnitPtr& of, const std::shared_ptr<const std::string>& jpeg) {
  is_making_ = false;
  if (!jpeg) return answer_all(no_picture());
  jpeg_ = jpeg;
  made_of_ = of;
  made_at_ = clock_.now();
  answer_all(body_of(jpeg_));
}

void Stills::answer_all(const Result<HlsBody>& body) {
  for (const Answer& answer : std::exchange(waiting_, {})) answer(body);
}

}  // namespace geili::media
