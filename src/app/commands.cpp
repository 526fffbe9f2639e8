#include "app/commands.hpp"

#include <cstdio>
#include <filesystem>

#include "api/context.hpp"
#include "api/routes.hpp"
#include "app/open_store.hpp"
#include "app/translation_server.hpp"
#include "media/ingest/srt/library.hpp"
#include "ops/doctor.hpp"
#include "paper/pdf.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::app {

std::string data_file(const ops::Config& config) {
  std::filesystem::create_directories(config.data.dir);
  return (std::filesystem::path(config.data.dir) / "geili.db").string();
}

int run_doctor(const ops::Config& config) {
  const auto findings =
      ops::examine({.config = config,
                    .sqlite_version = std::string(store::sqlite::library_version()),
                    .srt_version = media::srt::library_version(),
                    .postgres = look_at_postgres(config),
                    .translation = look_at_translation(config),
                    .missing_fonts = paper::missing_fonts()});
  std::fputs(ops::describe(findings).c_str(), stdout);
  return ops::worst(findings) == ops::Verdict::fault ? 1 : 0;
}

int run_backup(const ops::Config& config, const std::string& target) {
  if (is_in_postgres(config)) {
    std::fputs(
        "geili: The data is in PostgreSQL, whose own program copies it, in use or not:\n"
        "  pg_dump --format=custom --file=TARGET DATABASE\n"
        "pg_restore brings it back (docs/host-guide.md). Nothing was copied.\n",
        stderr);
    return 1;
  }
  store::sqlite::backup_to(data_file(config), target);
  std::printf("Copied to %s.\n", target.c_str());
  return 0;
}

int run_routes() {
  const api::Context context;
  const net::Router router = api::make_router(context);
  for (const net::Route& route : router.routes()) {
    if (route.operation_id.empty()) continue;
    std::printf("%s %s %s\n", std::string(to_string(route.method)).c_str(), route.pattern.c_str(),
                route.operation_id.c_str());
  }
  return 0;
}

}  // namespace geili::app
