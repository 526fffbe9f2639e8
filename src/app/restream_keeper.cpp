#include "app/restream_keeper.hpp"

#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/rtmp_url.hpp"
#include "restreams/target.hpp"
#include "shows/show.hpp"
#include "store/await.hpp"

namespace geili::app {
namespace {

using boost::asio::awaitable;

struct ShowTargets {
  ShowId show;
  std::vector<restreams::ShowTarget> used;
};

std::vector<ShowTargets> read_targets(store::Tx& tx, const std::vector<ShowId>& here) {
  std::vector<ShowTargets> all;
  for (const ShowId id : here) {
    ShowTargets of{.show = id, .used = {}};
    const auto show = shows::find_show(tx, id);
    if (show && show->status == shows::ShowStatus::live) {
      of.used = restreams::targets_of_show(tx, show->shop, id);
      std::erase_if(of.used, [](const restreams::ShowTarget& one) { return !one.is_used(); });
    }
    all.push_back(std::move(of));
  }
  return all;
}

// Those whose key can be read, and whose URL is allowed as the settings are now.
std::vector<media::RestreamTarget> opened(const api::Context& context,
                                          const std::vector<restreams::ShowTarget>& used) {
  std::vector<media::RestreamTarget> targets;
  for (const restreams::ShowTarget& one : used) {
    const auto url = parse_rtmp_url(one.target.choice.server_url, context.webhook_reach);
    auto key = restreams::open_key(one.sealed_key, one.target.id, *context.sealer);
    if (!url || !key) continue;
    targets.push_back({.id = one.target.id.value,
                       .server = *url,
                       .stream_key = *std::move(key),
                       .reach = context.webhook_reach});
  }
  return targets;
}

awaitable<void> round(const api::Context* context) {
  const std::vector<ShowId> here = co_await context->media->shows_here();
  if (here.empty()) co_return;
  auto job = [here](store::Tx& tx) -> Result<std::vector<ShowTargets>> {
    return read_targets(tx, here);
  };
  const auto read = co_await store::read(*context->database, job);
  if (!read) co_return;  // a busy store is asked the next time
  for (const ShowTargets& of : *read) context->media->restream(of.show, opened(*context, of.used));
}

}  // namespace

awaitable<void> keep_restreams(const api::Context* context) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    co_await round(context);
    timer.expires_after(kRestreamRoundEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

}  // namespace geili::app
