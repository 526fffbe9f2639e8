// `geili export` and `geili import`.

#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/open_store.hpp"
#include "app/transfer_file.hpp"

namespace geili::app {
namespace {

int tell(const Error& error) {
  std::fprintf(stderr, "geili: %s\n", error.detail.c_str());
  for (const FieldError& field : error.fields) {
    std::fprintf(stderr, "  %s %s\n", field.path.c_str(), field.message.c_str());
  }
  return 1;
}

}  // namespace

int run_export(const ops::Config& config, const std::string& target) {
  const auto store = open_store(config);
  const std::string part = target + ".part";
  auto job = [&](store::Tx& tx) -> Result<std::int64_t> {
    return export_rows(tx, catalogue_of(config), part);
  };
  const auto rows = store::read_and_wait(*store.database, job);
  if (!rows) return tell(rows.error());
  std::filesystem::rename(part, target);
  std::printf("Exported %lld rows to %s.\n", static_cast<long long>(*rows), target.c_str());
  return 0;
}

int run_import(const ops::Config& config, const std::string& source) {
  const auto store = open_store(config);
  auto job = [&](store::Tx& tx) { return import_rows(tx, catalogue_of(config), source); };
  const auto rows = store::write_and_wait(*store.database, job);
  if (!rows) return tell(rows.error());
  std::printf("Imported %lld rows.\n", static_cast<long long>(*rows));
  return 0;
}

}  // namespace geili::app
