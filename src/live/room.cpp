#include "live/room.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "live/room_refusals.hpp"

namespace geili::live {
namespace {

Result<ProductCard> checked_card(ProductCard card) {
  if (card.id.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  auto title = checked_text(card.title, {.min_length = 1, .max_length = kTitleLengthMax}, "/title");
  if (!title) return fail_as(title);
  card.title = *std::move(title);
  if (card.price.minor < 0 || card.price.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/price", "is out of range"));
  }
  if (card.photo_url.size() > kPhotoUrlBytesMax || !utf8_length(card.photo_url)) {
    return fail(Error::invalid_field("/photo_url", "is too long or not UTF-8"));
  }
  if (card.available < 0) return fail(Error::invalid_field("/available", "is negative"));
  return card;
}

Result<void> check_bid(AuctionBid& bid, std::string_view path) {
  if (bid.bid < 1 || bid.minor < 1 || bid.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field(path, "is not a bid"));
  }
  auto name = checked_text(bid.name, {.max_length = kNameLengthMax}, path);
  if (!name) return fail_as(name);
  bid.name = *std::move(name);
  return {};
}

Result<void> check_auction(AuctionTold& auction) {
  if (auction.id.value <= 0) return fail(Error::invalid_field("/auction_id", "is not an id"));
  if (auction.product.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  auto title =
      checked_text(auction.title, {.min_length = 1, .max_length = kTitleLengthMax}, "/title");
  if (!title) return fail_as(title);
  auction.title = *std::move(title);
  const bool is_money = auction.start.minor >= 1 && auction.start.minor <= kMoneyMinorMax &&
                        auction.step_minor >= 1 && auction.step_minor <= kMoneyMinorMax;
  if (!is_money) return fail(Error::invalid_field("/start_minor", "is not a price"));
  if (auction.bids < 0) return fail(Error::invalid_field("/bids", "is negative"));
  if (auction.lead) {
    if (auto fits = check_bid(*auction.lead, "/lead"); !fits) return fits;
  }
  if (auction.offer) return check_bid(auction.offer->bid, "/offer");
  return {};
}

Result<void> check_deal(const DealCard& deal) {
  if (deal.id.value <= 0) return fail(Error::invalid_field("/deal_id", "is not an id"));
  if (deal.product.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  if (deal.price.minor < 0 || deal.price.minor > kMoneyMinorMax) {
    return fail(Error::invalid_field("/price", "is out of range"));
  }
  if (deal.units < 1) return fail(Error::invalid_field("/units", "is not a number from 1"));
  if (deal.left < 0 || deal.left > deal.units) {
    return fail(Error::invalid_field("/left", "is out of range"));
  }
  if (deal.units_per_buyer_max < 1) {
    return fail(Error::invalid_field("/units_per_buyer_max", "is not a number from 1"));
  }
  if (deal.vouchers_max < 0) return fail(Error::invalid_field("/vouchers_max", "is negative"));
  if (deal.ends_at <= deal.starts_at) {
    return fail(Error::invalid_field("/ends_at", "is not after the start"));
  }
  return {};
}

// Whoever repeats a status changes nothing; an ended show stays ended.
bool may_follow(ShowStatus from, ShowStatus to) {
  return from != ShowStatus::ended && to != ShowStatus::scheduled;
}

}  // namespace

bool must_last(const Event& event) {
  return std::holds_alternative<ChatMessage>(event.body) ||
         std::holds_alternative<MessageHidden>(event.body);
}

Room::Room(RoomStart start, RoomLimits limits)
    : limits_(limits),
      epoch_(std::move(start.epoch)),
      last_seq_(start.seq),
      included_outbox_id_(start.outbox_id),
      status_(start.status),
      video_(start.video),
      pinned_(std::move(start.pinned)),
      pin_version_(start.outbox_id),
      hearts_(start.hearts),
      sold_(start.sold),
      translates_(start.translates),
      terms_(start.chat_rules.terms),
      muted_(std::move(start.chat_rules.muted)),
      announcement_(std::move(start.chat_rules.announcement)),
      chat_version_(start.outbox_id),
      people_(limits.people_max),
      addresses_(limits.addresses_max) {
  for (const StockLevel& level : start.stock) {
    if (stock_.size() >= limits_.products_max) break;
    stock_[level.id] = {level.available, start.outbox_id};
  }
  if (pinned_) stock_.try_emplace(pinned_->id, Stock{pinned_->available, start.outbox_id});
  for (const DealCard& deal : start.deals) {
    if (deals_.size() >= limits_.deals_max) break;
    deals_.try_emplace(deal.id, Deal{deal, start.outbox_id});
  }
  keep_quiet(start.chat_rules.sanctions);
  for (Event& event : start.chat) {
    assert(event.seq <= last_seq_);
    const auto* message = std::get_if<ChatMessage>(&event.body);
    if (!message || message->is_hidden) continue;
    remember(std::make_shared<const Event>(std::move(event)));
  }
}

Result<Applied> Room::apply(const Command& command, Instant now) {
  return std::visit([&](const auto& c) { return on(c, now); }, command);
}

Result<Applied> Room::apply_once(std::int64_t outbox_id, const Command& command, Instant now) {
  if (outbox_id <= included_outbox_id_ || told_.contains(outbox_id)) {
    return fail(ErrorKind::conflict, "already-told", "The room was told this before.");
  }
  outbox_id_ = outbox_id;
  auto applied = apply(command, now);
  outbox_id_ = 0;
  if (applied) told_.add(outbox_id);
  return applied;
}

Applied Room::number(EventBody body, Instant now, Lane lane) {
  auto event = std::make_shared<const Event>(Event{++last_seq_, now, std::move(body)});
  history_.push_back(event);
  if (history_.size() > limits_.history_events_max) history_.pop_front();
  Applied applied;
  applied.events.push_back(std::move(event));
  applied.lane = lane;
  return applied;
}

Result<Applied> Room::on(const ViewerJoined&, Instant) {
  if (viewers_ >= limits_.viewers_max) {
    return fail(ErrorKind::unavailable, "room-full", "The show has all the viewers it can take.");
  }
  ++viewers_;
  viewers_changed_ = true;
  return Applied{};
}

Result<Applied> Room::on(const ViewersLeft& command, Instant) {
  assert(command.count >= 0 && command.count <= viewers_);
  viewers_ -= command.count;
  viewers_changed_ = true;
  return Applied{};
}

Result<Applied> Room::on(const PinProduct& command, Instant now) {
  if (auto allowed = moderators_only(command.role); !allowed) return fail_as(allowed);
  auto card = checked_card(command.card);
  if (!card) return fail_as(card);
  if (is_pin_known()) return Applied{};
  auto stocked = on(SetStock{card->id, card->available}, now);
  if (!stocked) return fail_as(stocked);
  card->available = stock_.at(card->id).available;
  pinned_ = *card;
  pin_version_ = std::max(pin_version_, outbox_id_);
  lower_hands(card->id);
  return number(ProductPinned{*std::move(card)}, now, Lane::immediate);
}

Result<Applied> Room::on(const UnpinProduct& command, Instant now) {
  if (auto allowed = moderators_only(command.role); !allowed) return fail_as(allowed);
  if (is_pin_known()) return Applied{};
  if (!pinned_) return fail(ErrorKind::conflict, "nothing-pinned", "No product is pinned.");
  const ProductId id = pinned_->id;
  pinned_.reset();
  pin_version_ = std::max(pin_version_, outbox_id_);
  return number(ProductUnpinned{id}, now, Lane::immediate);
}

Result<Applied> Room::on(const ChangeProduct& command, Instant now) {
  auto card = checked_card(command.card);
  if (!card) return fail_as(card);
  auto stocked = on(SetStock{card->id, card->available}, now);
  if (!stocked) return fail_as(stocked);
  card->available = stock_.at(card->id).available;
  if (pinned_ && pinned_->id == card->id) pinned_ = *card;
  return number(ProductChanged{*std::move(card)}, now, Lane::immediate);
}

Result<Applied> Room::on(const SetStock& command, Instant) {
  if (command.id.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  if (command.available < 0) return fail(Error::invalid_field("/available", "is negative"));
  auto found = stock_.find(command.id);
  if (found == stock_.end()) {
    if (stock_.size() >= limits_.products_max) {
      return fail(ErrorKind::unprocessable, "products-limit", "The show has too many products.");
    }
    found = stock_.try_emplace(command.id, Stock{-1, 0}).first;
  }
  Stock& stock = found->second;
  const std::int64_t version = command.version != 0 ? command.version : outbox_id_;
  if (version < stock.version) return Applied{};
  stock.version = version;
  if (stock.available == command.available) return Applied{};
  const bool ran_out_or_came_back = stock.available == 0 || command.available == 0;
  stock.available = command.available;
  if (pinned_ && pinned_->id == command.id) pinned_->available = command.available;
  if (std::find(stock_changed_.begin(), stock_changed_.end(), command.id) == stock_changed_.end()) {
    stock_changed_.push_back(command.id);
  }
  return Applied{.lane = ran_out_or_came_back ? Lane::immediate : Lane::tick};
}

void Room::raise_sold(std::int64_t orders) {
  if (orders <= sold_) return;
  sold_ = orders;
  sold_changed_ = true;
}

Result<Applied> Room::on(const RecordSold& command, Instant now) {
  ProductSold sold = command.sold;
  if (sold.order_no < 1) return fail(Error::invalid_field("/order_no", "is not a number from 1"));
  if (sold.id.value <= 0) return fail(Error::invalid_field("/product_id", "is not an id"));
  if (sold.quantity < 1) return fail(Error::invalid_field("/quantity", "is not a number from 1"));
  auto buyer = checked_text(sold.buyer_name, {.max_length = kNameLengthMax}, "/buyer_name");
  if (!buyer) return fail_as(buyer);
  auto title = checked_text(sold.title, {.min_length = 1, .max_length = kTitleLengthMax}, "/title");
  if (!title) return fail_as(title);
  sold.buyer_name = *std::move(buyer);
  sold.title = *std::move(title);
  raise_sold(sold.order_no);
  return number(std::move(sold), now, Lane::immediate);
}

Result<Applied> Room::on(const TellOffer& command, Instant now) {
  if (command.offered.id.value <= 0) {
    return fail(Error::invalid_field("/product_id", "is not an id"));
  }
  if (command.offered.wait_id <= 0) return fail(Error::invalid_field("/wait_id", "is not an id"));
  return number(command.offered, now, Lane::immediate);
}

Result<Applied> Room::on(const AnnounceDeal& command, Instant now) {
  const DealCard& deal = command.deal;
  if (auto fits = check_deal(deal); !fits) return fail_as(fits);
  if (ended_deals_.contains(deal.id.value)) return Applied{};
  const auto found = deals_.find(deal.id);
  if (found != deals_.end()) {
    note_deal_left(found->second, deal.left);
    return Applied{.lane = Lane::tick};
  }
  if (deals_.size() >= limits_.deals_max) {
    return fail(ErrorKind::unprocessable, "deals-limit", "The show has too many deals.");
  }
  deals_.try_emplace(deal.id, Deal{deal, outbox_id_});
  return number(DealAnnounced{deal}, now, Lane::immediate);
}

void Room::note_deal_left(Deal& deal, std::int64_t left) {
  if (outbox_id_ < deal.version) return;
  deal.version = outbox_id_;
  if (deal.card.left == left) return;
  deal.card.left = left;
  if (std::ranges::find(deals_changed_, deal.card.id) == deals_changed_.end()) {
    deals_changed_.push_back(deal.card.id);
  }
}

Result<Applied> Room::on(const SetDealLeft& command, Instant) {
  if (command.left < 0) return fail(Error::invalid_field("/left", "is negative"));
  const auto found = deals_.find(command.id);
  // Units of a deal that has ended still come back.
  if (found == deals_.end()) return Applied{};
  const bool had_any = found->second.card.left > 0;
  note_deal_left(found->second, command.left);
  const bool has_any = found->second.card.left > 0;
  return Applied{.lane = had_any != has_any ? Lane::immediate : Lane::tick};
}

Result<Applied> Room::on(const EndDeal& command, Instant now) {
  ended_deals_.add(command.id.value);
  if (deals_.erase(command.id) == 0) return Applied{};
  std::erase(deals_changed_, command.id);
  return number(DealEnded{command.id, command.product, command.reason}, now, Lane::immediate);
}

template <class Take>
void Room::catch_up_deals(const std::vector<DealCard>& deals, const Take& take, Instant now) {
  std::vector<EndDeal> gone;
  for (const auto& [id, deal] : deals_) {
    // One that was announced after the reading is not in it.
    if (deal.version > outbox_id_) continue;
    if (std::ranges::find(deals, id, &DealCard::id) == deals.end()) {
      gone.push_back({id, deal.card.product, DealEnd::over});
    }
  }
  for (const EndDeal& end : gone) take(on(end, now));
  for (const DealCard& deal : deals) take(on(AnnounceDeal{deal}, now));
}

Result<Applied> Room::on(const TellDraw& command, Instant now) {
  DrawTold draw = command.draw;
  if (draw.id.value <= 0) return fail(Error::invalid_field("/draw_id", "is not an id"));
  auto prize = checked_text(draw.prize, {.min_length = 1, .max_length = kPrizeLengthMax}, "/prize");
  if (!prize) return fail_as(prize);
  draw.prize = *std::move(prize);
  if (draw.winners.size() > kDrawWinnersMax) {
    return fail(Error::invalid_field("/winners", "are too many"));
  }
  for (DrawWinner& winner : draw.winners) {
    auto name = checked_text(winner.name, {.max_length = kNameLengthMax}, "/winners");
    if (!name) return fail_as(name);
    winner.name = *std::move(name);
  }
  return number(std::move(draw), now, Lane::immediate);
}

Result<Applied> Room::on(const TellAuction& command, Instant now) {
  AuctionTold auction = command.auction;
  if (auto fits = check_auction(auction); !fits) return fail_as(fits);
  return number(std::move(auction), now, Lane::immediate);
}

Result<Applied> Room::on(const TellCoupon& command, Instant now) {
  if (command.coupon.id.value <= 0) {
    return fail(Error::invalid_field("/coupon_id", "is not an id"));
  }
  if (command.coupon.left < 0) return fail(Error::invalid_field("/left", "is less than 0"));
  return number(command.coupon, now, Lane::immediate);
}

Result<Applied> Room::on(const TellPlan& command, Instant now) {
  PlanChanged plan = command.plan;
  auto title = checked_text(plan.title, {.min_length = 1, .max_length = kTitleLengthMax}, "/title");
  if (!title) return fail_as(title);
  plan.title = *std::move(title);
  return number(std::move(plan), now, Lane::immediate);
}

Result<Applied> Room::on(const TellBag& command, Instant now) {
  const std::vector<ProductId>& products = command.bag.products;
  if (products.size() > kBagProductsMax) {
    return fail(Error::invalid_field("/product_ids", "are too many"));
  }
  if (std::ranges::any_of(products, [](ProductId id) { return id.value <= 0; })) {
    return fail(Error::invalid_field("/product_ids", "has what is not an id"));
  }
  return number(command.bag, now, Lane::immediate);
}

Result<Applied> Room::on(const SetStatus& command, Instant now) {
  if (command.status == status_) return Applied{};
  if (!may_follow(status_, command.status)) {
    return fail(ErrorKind::conflict, "show-status-conflict", "The show cannot go there from here.");
  }
  status_ = command.status;
  if (status_ == ShowStatus::ended) {
    for (const auto& [id, people] : hands_) lower_hands(id);
  }
  return number(StatusChanged{status_}, now, Lane::immediate);
}

Result<Applied> Room::on(const SetVideo& command, Instant now) {
  if (command.video == video_) return Applied{};
  video_ = command.video;
  return number(VideoChanged{video_}, now, Lane::immediate);
}

Result<Applied> Room::on(const SetCoHost& command, Instant now) {
  if (command.video == co_host_) return Applied{};
  co_host_ = command.video;
  return number(CoHostChanged{co_host_}, now, Lane::immediate);
}

Result<Applied> Room::on(const CatchUp& command, Instant now) {
  Applied all{.lane = Lane::tick};
  // A part that does not fit (an ended show does not come back) leaves the others as they are.
  const auto take = [&](const Result<Applied>& part) {
    if (!part) return;
    all.events.insert(all.events.end(), part->events.begin(), part->events.end());
    all.lane = std::max(all.lane, part->lane);
  };
  outbox_id_ = command.outbox_id;
  for (const StockLevel& level : command.stock) take(on(SetStock{level.id, level.available}, now));
  catch_up_deals(command.deals, take, now);
  raise_sold(command.sold);
  take(on(SetStatus{command.status}, now));
  const ProductId before = pinned_ ? pinned_->id : ProductId{};
  if (command.pinned && command.pinned->id != before) {
    take(on(PinProduct{Role::host, *command.pinned}, now));
  } else if (!command.pinned && pinned_) {
    take(on(UnpinProduct{Role::host}, now));
  } else {
    pin_version_ = std::max(pin_version_, command.outbox_id);
  }
  outbox_id_ = 0;
  take(on(SetChat{command.outbox_id, command.chat}, now));
  return all;
}

StateChange Room::take_changes() {
  StateChange change;
  if (std::exchange(viewers_changed_, false)) change.viewers = viewers_;
  if (std::exchange(hearts_changed_, false)) change.hearts = hearts_;
  if (std::exchange(sold_changed_, false)) change.sold = sold_;
  if (std::exchange(packet_changed_, false)) change.packet = packet_left_;
  if (std::exchange(terms_changed_, false)) change.chat = terms_;
  if (std::exchange(announcement_changed_, false)) change.announcement = announcement_;
  for (const ProductId id : std::exchange(stock_changed_, {})) {
    change.stock.push_back({id, stock_.at(id).available});
  }
  for (const ProductId id : std::exchange(hands_changed_, {})) {
    change.hands.push_back({id, static_cast<std::int64_t>(hands_.at(id).size())});
  }
  for (const DealId id : std::exchange(deals_changed_, {})) {
    change.deals.push_back({id, deals_.at(id).card.left});
  }
  return change;
}

std::optional<std::vector<SharedEvent>> Room::events_after(std::int64_t since) const {
  const std::int64_t first_known = last_seq_ - static_cast<std::int64_t>(history_.size());
  if (since > last_seq_ || since < first_known) return std::nullopt;
  return std::vector<SharedEvent>(history_.begin() + (since - first_known), history_.end());
}

Snapshot Room::snapshot() const {
  Snapshot snapshot{.epoch = epoch_,
                    .seq = last_seq_,
                    .status = status_,
                    .video = video_,
                    .co_host = co_host_,
                    .pinned = pinned_,
                    .packet = packet_left_,
                    .viewers = viewers_,
                    .hearts = hearts_,
                    .sold = sold_,
                    .terms = terms_,
                    .announcement = announcement_,
                    .chat = {chat_.begin(), chat_.end()},
                    .translates = translates_};
  for (const auto& [id, stock] : stock_) snapshot.stock.push_back({id, stock.available});
  for (const auto& [id, deal] : deals_) snapshot.deals.push_back(deal.card);
  for (const auto& [id, people] : hands_) {
    snapshot.hands.push_back({id, static_cast<std::int64_t>(people.size())});
  }
  return snapshot;
}

}  // namespace geili::live
