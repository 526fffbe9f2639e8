#pragma once
// How a history ends: nothing fails any more, everything is said and done, and nothing is stuck.

#include "flows/simulation/invariants.hpp"
#include "flows/simulation/world.hpp"

namespace geili::flows::simulation {

void bring_to_an_end(World& world, Watch& watch);

}  // namespace geili::flows::simulation
