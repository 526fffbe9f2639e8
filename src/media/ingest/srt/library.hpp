#pragma once
// libsrt as a whole.

#include <string>

namespace geili::media::srt {

// Keeps libsrt running; there may be several. Thread-safe.
class Library {
 public:
  Library();
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

// Of the library in use: "1.5.1".
std::string library_version();

}  // namespace geili::media::srt
