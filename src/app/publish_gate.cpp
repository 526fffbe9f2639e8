#include "app/publish_gate.hpp"

#include <memory>
#include <utility>

#include "shows/stream_key.hpp"

namespace geili::app {

void StoreGate::authorise(std::string app, std::string stream_key, Answer answer) {
  if (app != "live") {
    return answer(fail(ErrorKind::not_found, "app-unknown", "Publish to rtmp://…/live."));
  }
  auto found = std::make_shared<Result<ShowId>>(
      fail(ErrorKind::unavailable, "store-busy", "The store did not answer."));
  auto shared = std::make_shared<Answer>(std::move(answer));
  auto job = [found, key = std::move(stream_key)](store::Tx& tx) {
    *found = shows::find_by_stream_key(tx, key);
    return store::Verdict::keep;
  };
  auto taken = database_.submit_read(
      std::move(job), [found, shared](store::Outcome) { (*shared)(std::move(*found)); });
  if (!taken) (*shared)(fail_as(taken));
}

}  // namespace geili::app
