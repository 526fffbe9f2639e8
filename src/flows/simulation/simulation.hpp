#pragma once
// A history of the market by a seed, with all that must hold looked at after every step.

#include <cstdint>
#include <string>

#include "flows/simulation/world.hpp"

namespace geili::flows::simulation {

// Empty, or what went wrong. The house is new: its store is empty.
std::string play(House& house, std::uint64_t seed, const Config& config);

}  // namespace geili::flows::simulation
