#include "store/gathered.hpp"

#include <algorithm>

namespace geili::store {

void do_gathered(Tx& tx, const std::vector<Gathered>& all) {
  std::vector<Tx::Work> works;
  for (const Gathered& one : all) {
    if (std::ranges::find(works, one.work) == works.end()) works.push_back(one.work);
  }
  for (const Tx::Work work : works) {
    std::vector<Tx::Item> items;
    for (const Gathered& one : all) {
      if (one.work == work) items.push_back(one.item);
    }
    work(tx, items);
  }
}

}  // namespace geili::store
