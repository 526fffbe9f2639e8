#pragma once
// Enumerations as rows of the books hold them.

#include "store/names.hpp"

namespace geili::ledger {

using store::name_of;
using store::stored;

}  // namespace geili::ledger
