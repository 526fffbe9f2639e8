// Auctions: /shows/{show_id}/auctions, /auctions/{auction_id}.

#include "api/auction_log_json.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/auction.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using flows::AuctionView;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// The device's own part in an auction.
struct Mine {
  shows::Bid bid;  // its highest
  std::optional<stock::Claim> won;
};

struct Seen {
  AuctionView view;
  std::optional<Mine> mine;
  Instant now;
};

json::object bid_json(const shows::Bid& bid, Currency currency) {
  return {{"bid", bid.position},
          {"name", bid.name},
          {"price", to_json(Money{bid.amount_minor, currency})}};
}

json::object mine_json(const Mine& mine, Currency currency) {
  json::object out{{"bid", mine.bid.position},
                   {"mark", mine.bid.mark},
                   {"price", to_json(Money{mine.bid.amount_minor, currency})}};
  if (!mine.won || mine.won->state != stock::ClaimState::held) return out;
  out["hold_id"] = id_json(mine.won->id);
  out["hold_expires_at"] = instant_json(*mine.won->held_until);
  return out;
}

json::object seen_json(const Seen& seen) {
  const shows::Auction& auction = seen.view.auction;
  const shows::AuctionTerms& terms = auction.terms;
  const Currency currency = *Currency::parse(terms.currency);
  json::object out{{"id", id_json(terms.auction)},
                   {"show_id", id_json(terms.show)},
                   {"product_id", id_json(terms.product)},
                   {"title", terms.title},
                   {"state", json::string_view(shows::to_text(auction.state))},
                   {"mode", json::string_view(shows::to_text(terms.mode))},
                   {"extend_s", terms.extend.count()},
                   {"start", to_json(Money{terms.start_minor, currency})},
                   {"step", to_json(Money{terms.step_minor, currency})},
                   {"bids", auction.bids},
                   {"opened_at", instant_json(terms.opened_at)},
                   {"closes_at", instant_json(auction.closes_at)},
                   {"now", instant_json(seen.now)}};
  if (auction.ended_at) out["ended_at"] = instant_json(*auction.ended_at);
  if (seen.view.lead) out["lead"] = bid_json(*seen.view.lead, currency);
  if (seen.view.offer) {
    json::object offer = bid_json(seen.view.offer->bid, currency);
    offer["state"] = json::string_view(flows::to_text(seen.view.offer->state));
    out["offer"] = std::move(offer);
  }
  if (seen.mine) out["mine"] = mine_json(*seen.mine, currency);
  return out;
}

Seen viewed(store::Tx& tx, shows::Auction auction, const Caller& caller) {
  Seen seen{
      .view = flows::view_auction(tx, std::move(auction)), .mine = {}, .now = caller.clock->now()};
  const auto device = caller.device(tx);
  if (!device) return seen;
  const shows::AuctionId id = seen.view.auction.terms.auction;
  if (auto bid = shows::newest_bid_of(tx, id, device->id)) {
    seen.mine =
        Mine{*std::move(bid), stock::find_won(tx, stock::WonBy::auction, id.value, device->id)};
  }
  return seen;
}

Result<shows::AuctionId> decode_auction(const Request& request) {
  return path_id<shows::AuctionTag>(request, "auction_id");
}
Response encode_seen(const Seen& seen, const Request&) {
  return json_response(seen_json(seen));
}

// POST and GET /shows/{show_id}/auctions

Result<flows::OpenAuction> decode_open(const Request& request) {
  auto show = decode_show(request);
  if (!show) return fail_as(show);
  flows::OpenAuction auction{.show = *show, .product = {}, .start = {0, *Currency::parse("CNY")}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    auction.product = ProductId{body.id("product_id")};
    auction.start = read_money(body, "start");
    auction.step_minor = body.integer("step_minor", 1, kMoneyMinorMax);
    auction.length_s =
        body.integer("length_s", shows::kAuctionLengthMin_s, shows::kAuctionLengthMax_s);
    auction.mode = read_word(body, "mode", shows::parse_auction_mode);
    auction.extend_s =
        body.optional_integer("extend_s", shows::kAuctionExtendMin_s, shows::kAuctionExtendMax_s)
            .value_or(auction.extend_s);
  });
  if (!read) return fail_as(read);
  return auction;
}

Result<Seen> run_open(store::Tx& tx, const flows::OpenAuction& auction, const Caller& caller) {
  const auto own = own_show(tx, auction.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  auto opened = flows::open_auction(tx, auction, *caller.clock);
  if (!opened) return fail_as(opened);
  note_deed(tx, caller, own->shop, "auction-opened",
            identity::subject_of("show", auction.show.value),
            identity::subject_of("auction", opened->terms.auction.value));
  return viewed(tx, *std::move(opened), caller);
}

Response encode_opened(const Seen& seen, const Request&) {
  return json_response(seen_json(seen), 201);
}

using All = std::vector<Seen>;

Result<All> run_list(store::Tx& tx, const ShowId& id, const Caller& caller) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  All all;
  for (shows::Auction& auction : shows::auctions_of(tx, id)) {
    all.push_back(viewed(tx, std::move(auction), caller));
  }
  return all;
}

Response encode_list(const All& all, const Request&) {
  json::array items;
  for (const Seen& seen : all) items.push_back(seen_json(seen));
  return json_response({{"items", std::move(items)}});
}

// /auctions/{auction_id}

Result<Seen> run_get(store::Tx& tx, const shows::AuctionId& id, const Caller& caller) {
  auto auction = shows::find_auction(tx, id);
  if (!auction) return fail_as(auction);
  return viewed(tx, *std::move(auction), caller);
}

Result<shows::NewBid> decode_bid(const Request& request) {
  const auto auction = decode_auction(request);
  if (!auction) return std::unexpected(auction.error());
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  shows::NewBid bid{.auction = *auction,
                    .device = {},
                    .name = {},
                    .amount_minor = 0,
                    .idempotency_key = *std::move(key)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    bid.amount_minor = body.integer("amount_minor", 1, kMoneyMinorMax);
  });
  if (!read) return fail_as(read);
  return bid;
}

Result<Seen> run_bid(store::Tx& tx, const shows::NewBid& wish, const Caller& caller) {
  auto device = caller.device(tx);
  if (!device) return fail_as(device);
  if (!device->display_name) {
    return fail(ErrorKind::conflict, "name-needed", "Choose a name before you bid.");
  }
  shows::NewBid bid = wish;
  bid.device = device->id;
  bid.name = *device->display_name;
  auto accepted = flows::bid(tx, bid, *caller.clock);
  if (!accepted) return fail_as(accepted);
  return viewed(tx, *std::move(accepted), caller);
}

template <Result<shows::Auction> (*end)(store::Tx&, shows::AuctionId, const Clock&)>
Result<Seen> run_end(store::Tx& tx, const shows::AuctionId& id, const Caller& caller,
                     std::string_view deed) {
  auto auction = shows::find_auction(tx, id);
  if (!auction) return fail_as(auction);
  const auto own = own_show(tx, auction->terms.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  auto ended = end(tx, id, *caller.clock);
  if (!ended) return fail_as(ended);
  note_deed(tx, caller, own->shop, deed, identity::subject_of("show", own->id.value),
            identity::subject_of("auction", id.value));
  return viewed(tx, *std::move(ended), caller);
}

Result<Seen> run_close(store::Tx& tx, const shows::AuctionId& id, const Caller& caller) {
  return run_end<flows::close_auction>(tx, id, caller, "auction-closed");
}
Result<Seen> run_cancel(store::Tx& tx, const shows::AuctionId& id, const Caller& caller) {
  return run_end<flows::cancel_auction>(tx, id, caller, "auction-cancelled");
}

Result<shows::AuctionLog> run_log(store::Tx& tx, const shows::AuctionId& id, const Caller&) {
  return shows::auction_log(tx, id);
}

Response encode_log(const shows::AuctionLog& log, const Request&) {
  return file_download(json::serialize(api::to_json(log)), "application/json",
                       "auction-" + std::to_string(log.terms.auction.value) + ".json");
}

}  // namespace

void add_auction_routes(net::Router& router, const Context& context) {
  const std::string of_show = "/api/v1/shows/{show_id}/auctions";
  const std::string one = "/api/v1/auctions/{auction_id}";
  const auto auction =
      [&](Job job, Result<Seen> (*run)(store::Tx&, const shows::AuctionId&, const Caller&)) {
        return handler(context,
                       Endpoint<shows::AuctionId, Seen>{job, decode_auction, run, encode_seen});
      };
  router.add({Method::post, of_show, "openAuction",
              handler(context, Endpoint<flows::OpenAuction, Seen>{Job::write, decode_open, run_open,
                                                                  encode_opened})});
  router.add(
      {Method::get, of_show, "listAuctions",
       handler(context, Endpoint<ShowId, All>{Job::read, decode_show, run_list, encode_list})});
  router.add({Method::get, one, "getAuction", auction(Job::read, run_get)});
  router.add({Method::del, one, "cancelAuction", auction(Job::write, run_cancel)});
  router.add({Method::post, one + "/bids", "bid",
              handler(context, Endpoint<shows::NewBid, Seen>{Job::write, decode_bid, run_bid,
                                                             encode_opened})});
  router.add({Method::post, one + "/close", "closeAuction", auction(Job::write, run_close)});
  router.add({Method::get, one + "/log", "getAuctionLog",
              handler(context, Endpoint<shows::AuctionId, shows::AuctionLog>{
                                   Job::read, decode_auction, run_log, encode_log})});
}

}  // namespace geili::api
