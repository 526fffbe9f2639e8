#include "api/live_rooms.hpp"

#include <utility>

#include "catalog/photo.hpp"
#include "live/await.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;

live::ShowStatus room_status(shows::ShowStatus status) {
  switch (status) {
    case shows::ShowStatus::scheduled:
      return live::ShowStatus::scheduled;
    case shows::ShowStatus::live:
      return live::ShowStatus::live;
    case shows::ShowStatus::ended:
      return live::ShowStatus::ended;
  }
  return live::ShowStatus::scheduled;
}

live::ProductCard card_of(const ProductView& view) {
  const catalog::Product& product = view.product;
  const std::string photo =
      product.photos.empty()
          ? std::string()
          : catalog::photo_address(product.photos.front().id, catalog::PhotoSize::small);
  return {.id = product.id,
          .title = product.title,
          .price = product.price,
          .photo_url = photo,
          .available = view.available};
}

live::RoomStart room_start(const ShowView& view) {
  live::RoomStart start;
  start.status = room_status(view.show.status);
  start.sold = view.show.sold_count;
  for (const ProductView& product : view.products) {
    start.stock.push_back({product.product.id, product.available});
    if (view.show.pinned == product.product.id) start.pinned = card_of(product);
  }
  return start;
}

Result<ShowView> read_show(store::Tx& tx, ShowId show) {
  auto found = shows::find_show(tx, show);
  if (!found) return fail_as(found);
  return show_view(tx, std::move(*found), WithBag::yes);
}

VideoState video_of(const live::Snapshot& snapshot) {
  switch (snapshot.video) {
    case live::VideoState::none:
      return VideoState::none;
    case live::VideoState::live:
      return VideoState::live;
    case live::VideoState::away:
      return VideoState::away;
  }
  return VideoState::none;
}

live::VideoState video_of(media::StreamState state) {
  switch (state) {
    case media::StreamState::live:
      return live::VideoState::live;
    case media::StreamState::away:
      return live::VideoState::away;
    case media::StreamState::ended:
      return live::VideoState::none;
  }
  return live::VideoState::none;
}

}  // namespace

awaitable<Result<void>> ensure_room(const Context* context, ShowId show) {
  auto open = co_await live::inspect(context->hub, show);
  if (open) co_return Result<void>();

  auto job = [show](store::Tx& tx) { return read_show(tx, show); };
  auto before = co_await store::read(*context->database, job);
  if (!before) co_return fail_as(before);
  auto opened = context->hub->open(show, room_start(*before));
  if (!opened) co_return opened;
  auto after = co_await store::read(*context->database, job);
  if (!after) co_return fail_as(after);
  for (const ProductView& product : after->products) {
    context->hub->submit(show, live::SetStock{product.product.id, product.available, 0});
  }
  context->hub->submit(show, live::SetStatus{room_status(after->show.status)});
  auto stats = co_await context->media->stats(show);
  if (stats) context->hub->submit(show, live::SetVideo{video_of(stats->state)});
  co_return Result<void>();
}

awaitable<ShowView> decorated(const Context* context, ShowView view) {
  auto snapshot = co_await live::inspect(context->hub, view.show.id);
  if (snapshot) {
    view.viewers = snapshot->viewers;
    view.video = video_of(*snapshot);
  }
  co_return view;
}

}  // namespace geili::api
