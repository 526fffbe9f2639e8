// The promises of the store, kept by SQLite.
#include "store/contract_load.hpp"
#include "store/contract_rows.hpp"
#include "store/contract_suite.hpp"
#include "store/contract_values.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store::contract {

class SqliteBackend {
 public:
  std::unique_ptr<Database> open(const Limits& limits) {
    return sqlite::open({.path = folder_.path() / "geili.db",
                         .write_queue_max = limits.write_queue_max,
                         .migrations = kSteps});
  }

 private:
  sqlite::TempFolder folder_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, SqliteBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, RowContract, SqliteBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, ValueContract, SqliteBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LoadContract, SqliteBackend);

}  // namespace geili::store::contract
