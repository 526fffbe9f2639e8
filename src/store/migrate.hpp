#pragma once
// Brings a database to the program's schema; every backend calls it when it opens.

#include <cstdint>
#include <functional>
#include <span>

#include "store/dialect.hpp"
#include "store/migrations.hpp"
#include "store/tx.hpp"

namespace geili::store {

// Runs `work` in a transaction of its own that nobody else writes beside; rolls back when it
// throws.
using InTransaction = std::function<void(const std::function<void(Tx&)>& work)>;

// Applies the steps that table schema_migration does not know yet, each in one transaction. Throws
// StoreFailure, with a sentence for the operator, when the database knows more steps than the
// program, or was made by a step with another text.
void migrate(std::span<const Migration> steps, const Dialect& dialect,
             const InTransaction& in_transaction);

// FNV-1a over the step's text.
std::int64_t checksum(const Migration& step);

}  // namespace geili::store
