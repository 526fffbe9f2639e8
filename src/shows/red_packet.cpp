#include "shows/red_packet.hpp"

#include <array>
#include <utility>

#include "base/field_errors.hpp"
#include "base/random.hpp"
#include "shows/show.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 2> kSplits{"even", "lucky"};

#define GEILI_PACKET_COLUMNS                                                                  \
  "id, show_id, coupon_id, title, total_minor, currency, envelopes, split, seed, opened_at, " \
  "closes_at, ended_at"

RedPacket read_packet(const store::Row& row) {
  const ByteView seed = row.bytes(8);
  return {.id = row.id<PacketId>(0),
          .show = row.id<ShowId>(1),
          .coupon = row.integer(2),
          .title = row.string(3),
          .total = {row.integer(4), store::stored_currency(row.text(5))},
          .envelopes = row.integer(6),
          .split = store::stored<PacketSplit>(kSplits, row.text(7)),
          .seed = Bytes(seed.begin(), seed.end()),
          .opened_at = row.instant(9),
          .closes_at = row.instant(10),
          .ended_at = row.optional_instant(11)};
}

Envelope read_envelope(const store::Row& row) {
  return {.number = row.integer(0),
          .device = row.id<DeviceId>(1),
          .amount_minor = row.integer(2),
          .opened_at = row.instant(3)};
}

std::unexpected<Error> another_open() {
  return fail(ErrorKind::conflict, "packet-open", "Another red packet of the show is open.");
}

}  // namespace

std::string_view to_text(PacketSplit split) {
  return store::name_of(kSplits, split);
}
std::optional<PacketSplit> parse_packet_split(std::string_view text) {
  return store::parse_name<PacketSplit>(kSplits, text);
}

Result<void> check_packet(store::Tx& tx, const NewPacket& packet) {
  FieldErrors faults;
  if (packet.envelopes < 1 || packet.envelopes > kEnvelopesMax) {
    faults.add("/envelopes", "is not between 1 and 500");
  } else if (packet.total.minor < packet.envelopes || packet.total.minor > kMoneyMinorMax) {
    faults.add("/total/minor", "is less than one minor unit for each envelope, or too much");
  }
  if (packet.length < kPacketLengthMin || packet.length > kPacketLengthMax) {
    faults.add("/length_s", "is not between 10 and 300");
  }
  if (auto fits = std::move(faults).check(); !fits) return fits;
  auto show = find_show(tx, packet.show);
  if (!show) return fail_as(show);
  if (show->status != ShowStatus::live) {
    return fail(ErrorKind::conflict, "show-not-live", "The show is not live.");
  }
  if (open_packet_of(tx, packet.show)) return another_open();
  const auto count = tx.integer("SELECT COUNT(*) FROM red_packet WHERE show_id = $1", packet.show);
  if (*count >= kPacketsPerShowMax) {
    return fail(ErrorKind::conflict, "packets-limit", "A show has at most 50 red packets.");
  }
  return {};
}

Result<RedPacket> open_packet(store::Tx& tx, const NewPacket& packet, std::int64_t coupon,
                              Instant now) {
  auto made = tx.one(read_packet,
                     "INSERT INTO red_packet (show_id, coupon_id, title, total_minor, currency,"
                     " envelopes, split, seed, opened_at, closes_at)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
                     " ON CONFLICT DO NOTHING RETURNING " GEILI_PACKET_COLUMNS,
                     packet.show, coupon, packet.title, packet.total.minor,
                     packet.total.currency.code(), packet.envelopes, to_text(packet.split),
                     random_bytes(kPacketSeedBytes), now, now + packet.length);
  if (!made) return another_open();
  return *std::move(made);
}

Result<RedPacket> find_packet(store::Tx& tx, PacketId packet) {
  auto found =
      tx.one(read_packet, "SELECT " GEILI_PACKET_COLUMNS " FROM red_packet WHERE id = $1", packet);
  if (!found) {
    return fail(ErrorKind::not_found, "packet-not-found", "There is no such red packet.");
  }
  return *std::move(found);
}

std::vector<RedPacket> packets_of(store::Tx& tx, ShowId show) {
  std::vector<RedPacket> list;
  tx.each([&](const store::Row& row) { list.push_back(read_packet(row)); },
          "SELECT " GEILI_PACKET_COLUMNS
          " FROM red_packet WHERE show_id = $1 ORDER BY id DESC LIMIT $2",
          show, kPacketsPerShowMax);
  return list;
}

std::optional<RedPacket> open_packet_of(store::Tx& tx, ShowId show) {
  return tx.one(read_packet,
                "SELECT " GEILI_PACKET_COLUMNS
                " FROM red_packet WHERE show_id = $1 AND ended_at IS NULL",
                show);
}

std::vector<PacketId> packets_to_close(store::Tx& tx, Instant now) {
  std::vector<PacketId> list;
  tx.each([&](const store::Row& row) { list.push_back(row.id<PacketId>(0)); },
          "SELECT id FROM red_packet WHERE ended_at IS NULL AND closes_at <= $1"
          " ORDER BY closes_at LIMIT $2",
          now, kPacketsPerShowMax);
  return list;
}

Result<RedPacket> end_packet(store::Tx& tx, PacketId id, Instant now) {
  auto ended = tx.one(read_packet,
                      "UPDATE red_packet SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"
                      " RETURNING " GEILI_PACKET_COLUMNS,
                      id, now);
  if (ended) return *std::move(ended);
  if (auto found = find_packet(tx, id); !found) return found;
  return fail(ErrorKind::conflict, "packet-over", "The red packet is over.");
}

std::optional<Envelope> envelope_of(store::Tx& tx, PacketId packet, DeviceId device) {
  return tx.one(read_envelope,
                "SELECT number, device_id, amount_minor, opened_at FROM red_envelope"
                " WHERE packet_id = $1 AND device_id = $2",
                packet, device);
}

std::vector<Envelope> envelopes_of(store::Tx& tx, PacketId packet) {
  std::vector<Envelope> list;
  tx.each([&](const store::Row& row) { list.push_back(read_envelope(row)); },
          "SELECT number, device_id, amount_minor, opened_at FROM red_envelope"
          " WHERE packet_id = $1 ORDER BY number",
          packet);
  return list;
}

void keep_envelope(store::Tx& tx, PacketId packet, const Envelope& envelope) {
  tx.exec(
      "INSERT INTO red_envelope (packet_id, number, device_id, amount_minor, opened_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      packet, envelope.number, envelope.device, envelope.amount_minor, envelope.opened_at);
}

void erase_packets(store::Tx& tx, ShopId shop) {
  tx.exec(
      "DELETE FROM red_envelope WHERE packet_id IN (SELECT p.id FROM red_packet p JOIN show s"
      " ON s.id = p.show_id WHERE s.shop_id = $1)",
      shop);
  tx.exec("DELETE FROM red_packet WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
}

}  // namespace geili::shows
