#include "flows/simulation/simulation.hpp"

#include "flows/simulation/actions.hpp"
#include "flows/simulation/ending.hpp"
#include "flows/simulation/invariants.hpp"

namespace geili::flows::simulation {
namespace {

constexpr std::int64_t kStepsBetweenAudits = 12;

}  // namespace

std::string play(House& house, std::uint64_t seed, const Config& config) {
  World world(house, seed, config);
  world.set_up();
  Watch watch(world);
  while (world.fault.empty() && world.steps < config.steps) {
    const std::int64_t before = world.notes;
    take_step(world);
    if (world.notes == before) continue;
    ++world.steps;
    watch.look();
    if (world.steps % kStepsBetweenAudits == 0) watch.look_at_books();
  }
  if (world.fault.empty()) bring_to_an_end(world, watch);
  if (!world.provider.fault().empty()) world.broke(world.provider.fault());
  return world.fault;
}

}  // namespace geili::flows::simulation
