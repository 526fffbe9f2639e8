#pragma once
// For tests of what must cost no statement.

#include <span>
#include <string_view>

#include "store/tx.hpp"

namespace geili::store::testing {

// Counts the statements of what is done through it.
class CountingTx final : public Tx {
 public:
  explicit CountingTx(Tx& tx) : tx_(tx) {}
  std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                   const EachRow& each) override {
    ++statements;
    return tx_.run(sql, parameters, each);
  }
  int statements = 0;

 private:
  Tx& tx_;
};

}  // namespace geili::store::testing
