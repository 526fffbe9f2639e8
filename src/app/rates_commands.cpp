// `geili rates import`.

#include <cstdio>

#include "app/commands.hpp"
#include "app/open_store.hpp"
#include "app/rates_file.hpp"
#include "store/sqlite/sqlite.hpp"

namespace geili::app {
namespace {

constexpr const char* kInUse =
    "geili: The server is running and holds the data file; nothing was recorded.\n"
    "Set rates.file to this file's path: the server then reads it whenever it changes.\n"
    "Or stop the server, run this again, and start it.\n";

int tell(const Error& error) {
  std::fprintf(stderr, "geili: %s\n", error.detail.c_str());
  for (const FieldError& field : error.fields) {
    std::fprintf(stderr, "  %s %s\n", field.path.c_str(), field.message.c_str());
  }
  return 1;
}

}  // namespace

int run_rates_import(const ops::Config& config, const std::string& path,
                     const std::string& source) {
  const SystemClock clock;
  const auto parsed = read_rates_file({.path = path, .source = source}, clock);
  if (!parsed) return tell(parsed.error());
  std::unique_ptr<store::Database> database;
  try {
    database = open_store(config).database;
  } catch (const store::sqlite::DataInUse&) {
    std::fputs(kInUse, stderr);
    return 1;
  }
  auto job = [&](store::Tx& tx) { return record_rates_file(tx, *parsed, clock); };
  const auto recorded = store::write_and_wait(*database, job);
  if (!recorded) return tell(recorded.error());
  std::printf("%s: %lld recorded, of them %lld corrections; %lld known already.\n",
              parsed->batch.source.c_str(), static_cast<long long>(recorded->added),
              static_cast<long long>(recorded->corrected),
              static_cast<long long>(recorded->unchanged));
  if (!parsed->unknown.empty()) {
    std::string codes;
    for (const std::string& code : parsed->unknown) codes += " " + code;
    std::printf("Left out, as Geili does not know them:%s.\n", codes.c_str());
  }
  return 0;
}

}  // namespace geili::app
