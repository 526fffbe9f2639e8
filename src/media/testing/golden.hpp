#pragma once
// Test support: files of tests/golden/media that say what the program has to write, byte by byte.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace geili::media::testing {

// What is kept under `name`; with GEILI_UPDATE_GOLDEN set, `now` is kept first.
inline std::string golden(const std::string& source_dir, const std::string& name,
                          const std::string& now) {
  const std::string path = source_dir + "/tests/golden/media/" + name;
  if (std::getenv("GEILI_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << now;
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace geili::media::testing
