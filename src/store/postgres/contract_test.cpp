// The promises of the store, kept by PostgreSQL.
#include "store/contract_load.hpp"
#include "store/contract_rows.hpp"
#include "store/contract_suite.hpp"
#include "store/contract_values.hpp"
#include "store/postgres/postgres.hpp"
#include "store/postgres/testing/temp_server.hpp"

namespace geili::store::contract {

class PostgresBackend {
 public:
  std::unique_ptr<Database> open(const Limits& limits) {
    return postgres::open(
        {.url = Secret(url_), .write_queue_max = limits.write_queue_max, .migrations = kSteps});
  }

 private:
  const std::string url_ = postgres::TempServer::shared().make_schema();
};

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, StoreContract, PostgresBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, RowContract, PostgresBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, ValueContract, PostgresBackend);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, LoadContract, PostgresBackend);

}  // namespace geili::store::contract
