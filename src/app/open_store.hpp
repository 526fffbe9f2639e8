#pragma once
// The store that the settings name: a PostgreSQL database, or the SQLite file in data.dir.

#include <memory>
#include <optional>

#include "ops/config.hpp"
#include "ops/doctor.hpp"
#include "store/database.hpp"
#include "store/postgres/postgres.hpp"
#include "store/transfer.hpp"

namespace geili::app {

struct OpenStore {
  std::unique_ptr<store::Database> database;
  const store::postgres::PostgresDatabase* postgres = nullptr;  // the same, where it is one
};

// How the opened database tells of its tables.
const store::Catalogue& catalogue_of(const ops::Config& config);

bool is_in_postgres(const ops::Config& config);

// Throws store::StoreFailure with a sentence for the operator; store::sqlite::DataInUse when
// another process has the file.
OpenStore open_store(const ops::Config& config, store::OnLost on_lost = {});

// None where the data is in SQLite. Waits for the server, store.connect_timeout_s at most.
std::optional<ops::PostgresServer> look_at_postgres(const ops::Config& config);

}  // namespace geili::app
