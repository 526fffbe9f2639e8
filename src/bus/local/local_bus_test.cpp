#include "bus/local/local_bus.hpp"

#include "bus/contract_suite.hpp"

namespace geili::bus {
namespace {

INSTANTIATE_TEST_SUITE_P(Local, BusContract, testing::Values(&make_local_bus));

}  // namespace
}  // namespace geili::bus
