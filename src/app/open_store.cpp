#include "app/open_store.hpp"

#include <utility>

#include "app/commands.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::app {
namespace {

store::postgres::Settings postgres_settings(const ops::Config& config) {
  store::postgres::Settings settings;
  settings.url = config.store.url;
  settings.read_connections = static_cast<int>(config.store.read_connections);
  settings.write_queue_max = static_cast<std::size_t>(config.store.queue_jobs_max);
  settings.read_queue_max = settings.write_queue_max;
  settings.connect_timeout_s = static_cast<int>(config.store.connect_timeout_s);
  settings.statement_timeout_ms = static_cast<int>(config.store.statement_timeout_ms);
  return settings;
}

}  // namespace

bool is_in_postgres(const ops::Config& config) {
  return !config.store.url.reveal().empty();
}

const store::Catalogue& catalogue_of(const ops::Config& config) {
  return is_in_postgres(config) ? store::kPostgresCatalogue : store::kSqliteCatalogue;
}

OpenStore open_store(const ops::Config& config, store::OnLost on_lost) {
  if (is_in_postgres(config)) {
    auto settings = postgres_settings(config);
    settings.on_lost = std::move(on_lost);
    auto database = store::postgres::open(settings);
    const auto* postgres = database.get();
    return {std::move(database), postgres};
  }
  const auto queue_max = static_cast<std::size_t>(config.store.queue_jobs_max);
  return {store::sqlite::open({.path = data_file(config),
                               .write_queue_max = queue_max,
                               .read_queue_max = queue_max,
                               .on_lost = std::move(on_lost)}),
          nullptr};
}

std::optional<ops::PostgresServer> look_at_postgres(const ops::Config& config) {
  if (!is_in_postgres(config)) return std::nullopt;
  try {
    const auto report = store::postgres::look_at(postgres_settings(config));
    return ops::PostgresServer{.version = report.version,
                               .latency_us = report.latency_us,
                               .is_durable = report.is_durable};
  } catch (const store::StoreFailure& failure) {
    return ops::PostgresServer{.fault = failure.what()};
  }
}

}  // namespace geili::app
