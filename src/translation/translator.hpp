#pragma once
// The port to a translation server. A translator computes and calls nobody: it turns a wording into
// a plain HTTP request and the plain answer into text. Pure, keeps no state, any thread.

#include <chrono>
#include <cstddef>
#include <string>

#include "base/http_call.hpp"
#include "base/result.hpp"

namespace geili::translation {

inline constexpr std::size_t kTextMax = 300;          // code points of what is translated
inline constexpr std::size_t kTranslatedMax = 1'200;  // code points of what comes back
inline constexpr std::size_t kAnswerBytesMax = std::size_t{16} * 1024;

// A call is over after both; nobody reads on for a translation that comes later.
inline constexpr std::chrono::milliseconds kConnectTimeout{2'000};
inline constexpr std::chrono::milliseconds kAnswerTimeout{2'000};

// Languages are primary subtags (base/language.hpp).
struct Wording {
  std::string text;
  std::string from;  // empty: not known
  std::string to;
};

struct Translation {
  std::string text;  // one line of plain text
  std::string from;  // as it was asked, or as the server took it; empty: it does not say
  friend bool operator==(const Translation&, const Translation&) = default;
};

class Translator {
 public:
  virtual ~Translator() = default;

  virtual HttpRequest build(const Wording& wording) const = 0;

  // Fails with translation-language (not between these languages: asking again is of no use),
  // translation-refused (the key), translation-busy (retry_after_s where the server says so),
  // translation-malformed, translation-unanswered.
  virtual Result<Translation> read(const Wording& wording, const HttpAnswer& answer) const = 0;
};

}  // namespace geili::translation
