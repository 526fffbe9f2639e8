#pragma once
// The lines of an SDP text: "<letter>=<value>", ended by CRLF or LF. For the parsers of this
// folder.

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace geili::media::sdp {

struct Line {
  std::size_t number = 0;  // from 1
  char type = 0;
  std::string_view value;  // within the text
};

// An Error about one line: `detail` begins with "Line 12: " and the figure "line" holds the number.
std::unexpected<Error> line_fault(std::string_view code, const Line& line, std::string_view what);

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  // None at the end; empty lines are passed over. Errors (invalid): "sdp-line" (not of this form,
  // or with control characters), "sdp-limit" (longer than kLineBytesMax, or more than kLinesMax).
  Result<std::optional<Line>> next();

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

}  // namespace geili::media::sdp
