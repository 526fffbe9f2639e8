#pragma once
// The bus of a single process.

#include <memory>

#include "bus/bus.hpp"

namespace geili::bus {

std::unique_ptr<Bus> make_local_bus();

}  // namespace geili::bus
