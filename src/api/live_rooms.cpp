#include "api/live_rooms.hpp"

#include <utility>

#include "catalog/photo.hpp"
#include "flows/outbox.hpp"
#include "live/await.hpp"
#include "live/names.hpp"
#include "shows/chat.hpp"
#include "shows/chat_rules.hpp"
#include "shows/chat_sanctions.hpp"
#include "stock/deal.hpp"
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
          .available = view.available,
          .has_variants = product.kind == catalog::ProductKind::parent};
}

// Leaves a room space for what joins the bag later.
constexpr std::size_t kStockSeededMax = 500;

// The variants behind the products that stand for them.
void add_variants(const ShowView& view, std::vector<live::StockLevel>& stock) {
  for (const ProductView& product : view.products) {
    for (const VariantView& variant : product.variants) {
      if (stock.size() >= kStockSeededMax) return;
      stock.push_back({variant.product.id, variant.available});
    }
  }
}

live::DealCard card_of(const stock::Deal& deal) {
  return {.id = live::DealId{deal.id.value},
          .product = deal.product,
          .price = deal.price,
          .units = deal.units,
          .left = deal.left(),
          .units_per_buyer_max = deal.units_per_buyer_max,
          .vouchers_max = deal.vouchers_max,
          .starts_at = deal.starts_at,
          .ends_at = deal.ends_at};
}

// Words and kinds by the names that both sides have for them.
template <class Enum, std::size_t count, class From>
Enum as_room(const std::array<std::string_view, count>& names, From from) {
  return *live::parse_name<Enum>(names, shows::to_text(from));
}

live::ChatRules read_chat_rules(store::Tx& tx, const shows::Show& show, Instant now) {
  const shows::ChatRules rules = shows::find_chat_rules(tx, show.shop);
  live::ChatRules chat{
      .terms = {.slow_mode_s = rules.slow_mode_s,
                .who = as_room<live::ChatWho>(live::kChatWhoNames, rules.who),
                .links = as_room<live::ChatLinks>(live::kChatLinksNames, rules.links),
                .takes_orders = rules.takes_orders},
      .muted = std::make_shared<const live::MutedWords>(
          rules.muted_words, live::MutedWords::Common{rules.mutes_common}),
      .sanctions = {},
      .announcement = shows::find_announcement(tx, show.id).value_or("")};
  for (const shows::Sanction& one : shows::sanctions_in_force(tx, show.shop, now)) {
    const auto kind = as_room<live::SanctionKind>(live::kSanctionKindNames, one.kind);
    chat.sanctions.push_back({one.device, kind, one.until});
  }
  return chat;
}

// What a room knows from the store.
Result<live::CatchUp> read_room(store::Tx& tx, ShowId show, Instant now) {
  auto found = shows::find_show(tx, show);
  if (!found) return fail_as(found);
  auto view = show_view(tx, std::move(*found), WithBag::yes);
  if (!view) return fail_as(view);
  live::CatchUp room{.outbox_id = flows::newest_outbox_id(tx),
                     .status = room_status(view->show.status),
                     .sold = view->show.sold_count,
                     .chat = read_chat_rules(tx, view->show, now)};
  for (const ProductView& product : view->products) {
    room.stock.push_back({product.product.id, product.available});
    if (view->show.pinned == product.product.id) room.pinned = card_of(product);
  }
  add_variants(*view, room.stock);
  for (const stock::Deal& deal : stock::open_deals_of(tx, show)) {
    room.deals.push_back(card_of(deal));
  }
  return room;
}

// With what was said in an earlier life of the room, under the numbers it had there.
Result<live::RoomStart> read_start(store::Tx& tx, ShowId show, Instant now) {
  auto room = read_room(tx, show, now);
  if (!room) return fail_as(room);
  live::RoomStart start{.seq = shows::newest_chat_seq(tx, show),
                        .outbox_id = room->outbox_id,
                        .status = room->status,
                        .pinned = std::move(room->pinned),
                        .stock = std::move(room->stock),
                        .deals = std::move(room->deals),
                        .sold = room->sold,
                        .chat_rules = std::move(room->chat)};
  for (shows::ChatLine& line : shows::shown_chat(tx, show, live::RoomLimits{}.chat_backlog_max)) {
    const auto role = live::parse_name<live::Role>(live::kRoleNames, line.author_role);
    live::ChatMessage message{.author_name = std::move(line.author_name),
                              .author_role = role.value_or(live::Role::viewer),
                              .text = std::move(line.text),
                              .author_device = line.device.value_or(DeviceId{}),
                              .is_question = line.is_question,
                              .is_answered = line.answered_at.has_value(),
                              .language = std::move(line.language)};
    start.chat.push_back({*line.seq, line.said_at, std::move(message)});
  }
  return start;
}

VideoState video_of(live::VideoState video) {
  switch (video) {
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

  auto job = [show, clock = context->clock](store::Tx& tx) {
    return read_start(tx, show, clock->now());
  };
  auto start = co_await store::read(*context->database, job);
  if (!start) co_return fail_as(start);
  start->translates = context->translations != nullptr;
  auto opened = context->hub->open(show, std::move(*start));
  if (!opened) co_return opened;
  auto caught_up = co_await catch_up_room(context, show);
  if (!caught_up) co_return caught_up;
  auto stats = co_await context->media->stats(show);
  if (stats) context->hub->submit(show, live::SetVideo{video_of(stats->state)});
  auto beside = co_await context->media->stats(media::second_camera_of(show));
  if (beside) context->hub->submit(show, live::SetCoHost{video_of(beside->state)});
  co_return Result<void>();
}

awaitable<Result<void>> catch_up_room(const Context* context, ShowId show) {
  auto job = [show, clock = context->clock](store::Tx& tx) {
    return read_room(tx, show, clock->now());
  };
  auto room = co_await store::read(*context->database, job);
  if (!room) co_return fail_as(room);
  context->hub->submit(show, std::move(*room));
  co_return Result<void>();
}

awaitable<Result<void>> tell_chat_rules(const Context* context, ShowId show) {
  auto job = [show, clock = context->clock](store::Tx& tx) -> Result<live::SetChat> {
    const auto found = shows::find_show(tx, show);
    if (!found) return std::unexpected(found.error());
    return live::SetChat{flows::newest_outbox_id(tx), read_chat_rules(tx, *found, clock->now())};
  };
  auto chat = co_await store::read(*context->database, job);
  if (!chat) co_return fail_as(chat);
  context->hub->submit(show, std::move(*chat));
  co_return Result<void>();
}

awaitable<std::vector<ShowView>> decorated(const Context* context, std::vector<ShowView> views) {
  std::vector<ShowId> shows;
  shows.reserve(views.size());
  for (const ShowView& view : views) shows.push_back(view.show.id);
  auto seen = co_await live::glance(context->hub, std::move(shows));
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (!seen[i]) continue;
    views[i].viewers = seen[i]->viewers;
    views[i].video = video_of(seen[i]->video);
  }
  co_return views;
}

awaitable<ShowView> decorated(const Context* context, ShowView view) {
  std::vector<ShowView> views;
  views.push_back(std::move(view));
  auto seen = co_await decorated(context, std::move(views));
  co_return std::move(seen.front());
}

}  // namespace geili::api
