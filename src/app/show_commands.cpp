#include <cstdio>
#include <fstream>
#include <iterator>

#include "api/draw_log_json.hpp"
#include "app/commands.hpp"

namespace geili::app {

int run_verify_show(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "geili: %s cannot be read.\n", path.c_str());
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto log = api::parse_draw_log(text);
  if (!log) {
    std::fprintf(stderr, "geili: %s is no log of a draw: %s\n", path.c_str(),
                 log.error().fields.empty()
                     ? log.error().detail.c_str()
                     : (log.error().fields[0].path + " " + log.error().fields[0].message).c_str());
    return 2;
  }
  if (const auto fault = shows::fault_of(*log)) {
    std::printf("NOT FAIR: %s.\n", fault->c_str());
    return 1;
  }
  std::printf("Fair: %zu entries, the seed is that of the commitment.\n", log->entries.size());
  for (const std::int64_t number : log->winners) {
    std::printf("Winner: no. %lld, mark %s\n", static_cast<long long>(number),
                log->entries.at(static_cast<std::size_t>(number) - 1).mark.c_str());
  }
  return 0;
}

}  // namespace geili::app
