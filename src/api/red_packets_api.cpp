// Red packets: /shows/{show_id}/red-packets, /red-packets/{packet_id}.

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/paced.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/red_packets.hpp"
#include "shows/draw_rule.hpp"
#include "shows/show.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

// A packet, and what the device that asks has of it.
struct Seen {
  flows::PacketView view;
  std::optional<shows::Envelope> mine;
};

json::object to_json(const Seen& seen) {
  const shows::RedPacket& packet = seen.view.packet;
  const Currency currency = packet.total.currency;
  json::object out{{"id", id_json(packet.id)},
                   {"show_id", id_json(packet.show)},
                   {"title", packet.title},
                   {"state", packet.ended_at ? "over" : "open"},
                   {"split", json::string_view(shows::to_text(packet.split))},
                   {"total", api::to_json(packet.total)},
                   {"min_order", api::to_json(Money{seen.view.min_order_minor, currency})},
                   {"envelopes", packet.envelopes},
                   {"left", seen.view.left},
                   {"commitment", to_hex(shows::commitment_of(packet.seed))},
                   {"opened_at", instant_json(packet.opened_at)},
                   {"closes_at", instant_json(packet.closes_at)},
                   {"valid_until", instant_json(seen.view.valid_until)}};
  if (seen.mine) {
    out["mine"] = {{"number", seen.mine->number},
                   {"amount", api::to_json(Money{seen.mine->amount_minor, currency})}};
  }
  return out;
}

Result<Seen> seen_by(store::Tx& tx, shows::RedPacket packet, const Caller& caller) {
  auto view = flows::view_packet(tx, std::move(packet));
  if (!view) return fail_as(view);
  Seen seen{*std::move(view), {}};
  if (const auto device = caller.device(tx)) {
    seen.mine = shows::envelope_of(tx, seen.view.packet.id, device->id);
  }
  return seen;
}

Result<shows::PacketId> decode_packet(const Request& request) {
  return path_id<shows::PacketTag>(request, "packet_id");
}

Response encode_seen(const Seen& seen, const Request&) {
  return json_response(to_json(seen));
}
Response encode_new(const Seen& seen, const Request&) {
  return json_response(to_json(seen), 201);
}

// POST and GET /shows/{show_id}/red-packets

Result<flows::OpenPacket> decode_open(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  flows::OpenPacket wish{
      .packet = {.show = *show, .title = {}, .total = {0, *Currency::parse("CNY")}}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    wish.packet.title =
        body.text("title", {.min_length = 1, .max_length = orders::kCouponTitleMax});
    wish.packet.total = read_money(body, "total");
    wish.packet.envelopes = body.integer("envelopes", 1, shows::kEnvelopesMax);
    wish.packet.split = read_word(body, "split", shows::parse_packet_split);
    wish.packet.length = std::chrono::seconds(
        body.integer("length_s", shows::kPacketLengthMin.count(), shows::kPacketLengthMax.count()));
    wish.min_order_minor = body.optional_integer("min_order_minor", 0, kMoneyMinorMax).value_or(0);
    wish.valid_for =
        std::chrono::days(body.optional_integer("valid_days", flows::kEnvelopeValidMin.count(),
                                                flows::kEnvelopeValidMax.count())
                              .value_or(wish.valid_for.count()));
  });
  if (!read) return fail_as(read);
  return wish;
}

Result<Seen> run_open(store::Tx& tx, const flows::OpenPacket& wish, const Caller& caller) {
  const auto own = own_show(tx, wish.packet.show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  auto opened = flows::open_packet(tx, wish, *caller.clock);
  if (!opened) return fail_as(opened);
  note_deed(tx, caller, own->shop, "red-packet-opened", identity::subject_of("show", own->id.value),
            identity::subject_of("red-packet", opened->packet.id.value) + " " +
                to_string(opened->packet.total) + " in " +
                std::to_string(opened->packet.envelopes));
  return Seen{*std::move(opened), {}};
}

using Packets = std::vector<Seen>;

Result<Packets> run_list(store::Tx& tx, const ShowId& id, const Caller& caller) {
  if (const auto show = shows::find_show(tx, id); !show) return std::unexpected(show.error());
  Packets all;
  for (shows::RedPacket& packet : shows::packets_of(tx, id)) {
    auto seen = seen_by(tx, std::move(packet), caller);
    if (!seen) return fail_as(seen);
    all.push_back(*std::move(seen));
  }
  return all;
}

Response encode_list(const Packets& all, const Request&) {
  json::array items;
  for (const Seen& seen : all) items.push_back(to_json(seen));
  return json_response({{"items", std::move(items)}});
}

// /red-packets/{packet_id}

Result<Seen> run_end(store::Tx& tx, const shows::PacketId& id, const Caller& caller) {
  const auto packet = shows::find_packet(tx, id);
  if (!packet) return std::unexpected(packet.error());
  const auto own = own_show(tx, packet->show, caller, Action::run_shows);
  if (!own) return std::unexpected(own.error());
  auto ended = flows::end_packet(tx, id, *caller.clock);
  if (!ended) return fail_as(ended);
  note_deed(tx, caller, own->shop, "red-packet-ended", identity::subject_of("show", own->id.value),
            identity::subject_of("red-packet", id.value));
  return Seen{*std::move(ended), {}};
}

Result<Seen> run_envelope(store::Tx& tx, const shows::PacketId& id, const Caller& caller) {
  const auto device = caller.device(tx);
  if (!device) return std::unexpected(device.error());
  auto opened = flows::open_envelope(tx, id, device->id, *caller.clock);
  if (!opened) return fail_as(opened);
  return Seen{std::move(opened->packet), opened->envelope};
}

struct Log {
  shows::RedPacket packet;
  std::vector<shows::Envelope> opened;
};

Result<Log> run_log(store::Tx& tx, const shows::PacketId& id, const Caller&) {
  auto packet = shows::find_packet(tx, id);
  if (!packet) return fail_as(packet);
  if (!packet->ended_at) {
    return fail(ErrorKind::conflict, "packet-open", "The red packet is not over yet.");
  }
  return Log{*std::move(packet), shows::envelopes_of(tx, id)};
}

Response encode_log(const Log& log, const Request&) {
  const shows::RedPacket& packet = log.packet;
  json::array opened;
  for (const shows::Envelope& envelope : log.opened) {
    opened.push_back({{"number", envelope.number},
                      {"amount_minor", envelope.amount_minor},
                      {"opened_at", instant_json(envelope.opened_at)}});
  }
  const json::object out{{"packet_id", id_json(packet.id)},
                         {"show_id", id_json(packet.show)},
                         {"title", packet.title},
                         {"split", json::string_view(shows::to_text(packet.split))},
                         {"total", api::to_json(packet.total)},
                         {"envelopes", packet.envelopes},
                         {"commitment", to_hex(shows::commitment_of(packet.seed))},
                         {"seed", to_hex(packet.seed)},
                         {"opened_at", instant_json(packet.opened_at)},
                         {"closes_at", instant_json(packet.closes_at)},
                         {"ended_at", instant_json(*packet.ended_at)},
                         {"opened", std::move(opened)}};
  return file_download(json::serialize(out), "application/json",
                       "red-packet-" + std::to_string(packet.id.value) + ".json");
}

}  // namespace

void add_red_packet_routes(net::Router& router, const Context& context) {
  const std::string of_show = "/api/v1/shows/{show_id}/red-packets";
  const std::string one = "/api/v1/red-packets/{packet_id}";
  router.add({Method::post, of_show, "openRedPacket",
              handler(context, Endpoint<flows::OpenPacket, Seen>{Job::write, decode_open, run_open,
                                                                 encode_new})});
  router.add(
      {Method::get, of_show, "listRedPackets",
       handler(context, Endpoint<ShowId, Packets>{Job::read, decode_show, run_list, encode_list})});
  router.add({Method::del, one, "endRedPacket",
              handler(context, Endpoint<shows::PacketId, Seen>{Job::write, decode_packet, run_end,
                                                               encode_seen})});
  router.add({Method::post, one + "/envelope", "openEnvelope",
              paced(context, Endpoint<shows::PacketId, Seen>{Job::write, decode_packet,
                                                             run_envelope, encode_new})});
  router.add({Method::get, one + "/log", "getRedPacketLog",
              handler(context, Endpoint<shows::PacketId, Log>{Job::read, decode_packet, run_log,
                                                              encode_log})});
}

}  // namespace geili::api
