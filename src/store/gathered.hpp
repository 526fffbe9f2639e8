#pragma once
// Work that jobs of one transaction have left to be done together (Tx::gather).

#include <vector>

#include "store/tx.hpp"

namespace geili::store {

struct Gathered {
  Tx::Work work;
  Tx::Item item;
};

// The works in the order in which each was first left, each with its items in theirs.
void do_gathered(Tx& tx, const std::vector<Gathered>& all);

}  // namespace geili::store
