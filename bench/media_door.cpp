// The media plane as a child of a script: questions on standard input, answers on standard output,
// as media_server.hpp has them.

#include <cstdio>
#include <exception>

#include <unistd.h>

#include "media_server.hpp"

int main() {
  try {
    geili::bench::serve_media(STDIN_FILENO, STDOUT_FILENO, {.threads = 1});
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
}
