#include <chrono>

#include "flows/red_packets.hpp"
#include "flows/simulation/actions.hpp"

namespace geili::flows::simulation {
namespace {

using store::Tx;

std::vector<shows::RedPacket> all_packets(World& world) {
  return world.read([&](Tx& tx) -> Result<std::vector<shows::RedPacket>> {
    return shows::packets_of(tx, world.show);
  });
}

}  // namespace

void give_red_packet(World& world) {
  const std::int64_t envelopes = world.random.between(1, 5);
  OpenPacket wish{.packet = {.show = world.show,
                             .title = "Luck",
                             .total = {envelopes * world.random.between(1, 4'003), world.currency},
                             .envelopes = envelopes,
                             .split = world.random.one_in(3) ? shows::PacketSplit::even
                                                             : shows::PacketSplit::lucky,
                             .length = std::chrono::seconds(world.random.between(10, 300))},
                  .min_order_minor = world.random.one_in(3) ? 10'000 : 0,
                  .valid_for = std::chrono::days(world.random.between(1, 3))};
  (void)world.run("give a red packet", [&](Tx& tx) { return open_packet(tx, wish, world.clock); });
}

void open_some_envelope(World& world) {
  const auto all = all_packets(world);
  if (all.empty()) return;
  // Mostly the newest: the others are over.
  const shows::PacketId packet = world.random.one_in(4) ? world.random.pick(all).id : all[0].id;
  const DeviceId device{1 + world.random.below(kDevices)};
  const auto ran = world.run(
      "open an envelope", [&](Tx& tx) { return open_envelope(tx, packet, device, world.clock); });
  if (ran.done && ran.done->envelope.device != device) world.broke("an envelope is another's");
}

void end_some_packet(World& world) {
  const auto all = all_packets(world);
  if (all.empty()) return;
  const shows::PacketId packet = world.random.pick(all).id;
  (void)world.run("end a red packet", [&](Tx& tx) { return end_packet(tx, packet, world.clock); });
}

void look_after_the_packets(World& world) {
  (void)world.run("look after red packets",
                  [&](Tx& tx) -> Result<bool> { return close_due_packets(tx, world.clock); });
}

}  // namespace geili::flows::simulation
