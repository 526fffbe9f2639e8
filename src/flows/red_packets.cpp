#include "flows/red_packets.hpp"

#include <utility>
#include <vector>

#include "catalog/shop.hpp"
#include "flows/outbox.hpp"
#include "shows/show.hpp"

namespace geili::flows {
namespace {

using orders::CouponId;

PacketView viewed(shows::RedPacket packet, const orders::Coupon& coupon) {
  return {.packet = std::move(packet),
          .min_order_minor = coupon.off.min_order_minor,
          .valid_until = coupon.valid_until,
          .left = coupon.units - coupon.taken};
}

void tell(store::Tx& tx, const PacketView& view, Instant now) {
  append(tx, view.packet.show,
         PacketChanged{
             .packet = view.packet, .min_order_minor = view.min_order_minor, .left = view.left},
         now);
}

Result<PacketView> ended(store::Tx& tx, shows::PacketId id, Instant now) {
  auto packet = shows::end_packet(tx, id, now);
  if (!packet) return fail_as(packet);
  const auto show = shows::find_show(tx, packet->show);
  if (!show) return std::unexpected(show.error());
  const auto coupon = orders::withdraw_coupon(tx, show->shop, CouponId{packet->coupon}, now);
  if (!coupon) return std::unexpected(coupon.error());
  PacketView view = viewed(*std::move(packet), *coupon);
  tell(tx, view, now);
  return view;
}

std::unexpected<Error> over(const PacketView& view) {
  if (view.left == 0) {
    return fail(ErrorKind::conflict, "packet-gone", "All envelopes of it are opened.");
  }
  return fail(ErrorKind::conflict, "packet-over", "The red packet is over.");
}

// Where nobody has looked after the one before, which is over.
void end_one_that_is_over(store::Tx& tx, ShowId show, Instant now) {
  const auto before = shows::open_packet_of(tx, show);
  if (before && !before->is_open(now)) (void)ended(tx, before->id, now);
}

Result<orders::Coupon> make_coupon_of(store::Tx& tx, const OpenPacket& wish, Instant now) {
  if (wish.valid_for < kEnvelopeValidMin || wish.valid_for > kEnvelopeValidMax) {
    return fail(Error::invalid_field("/valid_days", "is not between 1 and 60"));
  }
  const shows::NewPacket& packet = wish.packet;
  const auto show = shows::find_show(tx, packet.show);
  if (!show) return std::unexpected(show.error());
  const auto terms = catalog::find_shop_terms(tx, show->shop);
  if (!terms) return std::unexpected(terms.error());
  if (packet.total.currency != terms->currency) {
    return fail(Error::invalid_field("/total/currency", "is not the shop's"));
  }
  return orders::make_coupon(tx,
                             {.shop = show->shop,
                              .title = packet.title,
                              .off = {.percent = 0,
                                      .amount_minor = packet.total.minor / packet.envelopes,
                                      .min_order_minor = wish.min_order_minor},
                              .currency = packet.total.currency,
                              .units = packet.envelopes,
                              .per_buyer_max = 1,
                              .valid_until = now + wish.valid_for,
                              .is_packet = true},
                             now);
}

}  // namespace

Result<PacketView> open_packet(store::Tx& tx, const OpenPacket& wish, const Clock& clock) {
  const Instant now = clock.now();
  end_one_that_is_over(tx, wish.packet.show, now);
  if (auto fits = shows::check_packet(tx, wish.packet); !fits) return fail_as(fits);
  const auto coupon = make_coupon_of(tx, wish, now);
  if (!coupon) return std::unexpected(coupon.error());
  shows::NewPacket packet = wish.packet;
  packet.title = coupon->title;
  auto opened = shows::open_packet(tx, packet, coupon->id.value, now);
  if (!opened) return fail_as(opened);
  PacketView view = viewed(*std::move(opened), *coupon);
  tell(tx, view, now);
  return view;
}

Result<PacketView> view_packet(store::Tx& tx, shows::RedPacket packet) {
  const auto coupon = orders::find_coupon(tx, CouponId{packet.coupon});
  if (!coupon) return std::unexpected(coupon.error());
  return viewed(std::move(packet), *coupon);
}

Result<OpenedEnvelope> open_envelope(store::Tx& tx, shows::PacketId id, DeviceId device,
                                     const Clock& clock) {
  const Instant now = clock.now();
  auto packet = shows::find_packet(tx, id);
  if (!packet) return fail_as(packet);
  auto view = view_packet(tx, *std::move(packet));
  if (!view) return fail_as(view);
  if (const auto before = shows::envelope_of(tx, id, device)) {
    return OpenedEnvelope{*std::move(view), *before};
  }
  if (!view->packet.is_open(now)) return over(*view);
  const auto coupon = orders::find_coupon(tx, CouponId{view->packet.coupon});
  if (!coupon) return std::unexpected(coupon.error());
  // The coupon's row is changed before anything is counted: never more than there are.
  auto claim = orders::take_coupon(tx, *coupon, device, now);
  if (!claim && claim.error().code == "coupon-gone") {
    view->left = 0;
    return over(*view);
  }
  if (!claim && claim.error().code == "coupon-over") return over(*view);
  if (!claim) return fail_as(claim);
  const std::int64_t number = claim->coupon.taken;
  const auto amounts = shows::split_packet(view->packet.split, view->packet.total.minor,
                                           view->packet.envelopes, view->packet.seed);
  const shows::Envelope envelope{.number = number,
                                 .device = device,
                                 .amount_minor = amounts.at(static_cast<std::size_t>(number - 1)),
                                 .opened_at = now};
  orders::set_worth(tx, *claim, envelope.amount_minor);
  shows::keep_envelope(tx, id, envelope);
  view->left = view->packet.envelopes - number;
  if (view->left > 0) {
    append(tx, view->packet.show, PacketLeft{.packet = id, .left = view->left}, now);
    return OpenedEnvelope{*std::move(view), envelope};
  }
  auto last = ended(tx, id, now);
  if (!last) return fail_as(last);
  return OpenedEnvelope{*std::move(last), envelope};
}

Result<PacketView> end_packet(store::Tx& tx, shows::PacketId packet, const Clock& clock) {
  return ended(tx, packet, clock.now());
}

void end_packets(store::Tx& tx, ShowId show, const Clock& clock) {
  if (const auto open = shows::open_packet_of(tx, show)) (void)ended(tx, open->id, clock.now());
}

bool close_due_packets(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  const auto due = shows::packets_to_close(tx, now);
  for (const shows::PacketId packet : due) (void)ended(tx, packet, now);
  return !due.empty();
}

}  // namespace geili::flows
