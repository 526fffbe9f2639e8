// `geili person link`: the host's last resort, when nobody is left who could let somebody in.

#include <cstdio>
#include <filesystem>

#include "app/commands.hpp"
#include "app/open_store.hpp"
#include "base/clock.hpp"
#include "identity/entry_links.hpp"
#include "identity/people.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::app {
namespace {

constexpr const char* kInUse =
    "geili: The server is running and holds the data file.\n"
    "While it runs, an administrator or manager makes the link in the studio: People, then "
    "\"New sign-in link\" beside the name.\n"
    "If nobody can: stop the server, run this again, start the server and open the link within "
    "15 minutes.\n";

int refuse(const std::string& reason) {
  std::fprintf(stderr, "geili: %s\n", reason.c_str());
  return 1;
}

}  // namespace

int run_person_link(const ops::Config& config, const std::string& login) {
  const std::string path = data_file(config);
  if (!is_in_postgres(config) && !std::filesystem::exists(path)) {
    return refuse("There is no data file " + path + ": name its folder with --data-dir.");
  }
  std::unique_ptr<store::Database> database;
  try {
    database = open_store(config).database;
  } catch (const store::sqlite::DataInUse&) {
    std::fputs(kInUse, stderr);
    return 1;
  }
  const SystemClock clock;
  auto job = [&](store::Tx& tx) -> Result<identity::NewLink> {
    auto person = identity::find_person_by_login(tx, login);
    if (!person) return fail_as(person);
    return identity::make_sign_in_link(tx, clock, std::nullopt, person->id);
  };
  const auto link = store::write_and_wait(*database, job);
  if (!link) return refuse(link.error().detail);
  std::printf("%s%s\n", config.server.public_url.c_str(),
              identity::sign_in_path(link->token).c_str());
  return 0;
}

}  // namespace geili::app
