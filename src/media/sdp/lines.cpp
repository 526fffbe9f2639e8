#include "media/sdp/lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "media/sdp/session.hpp"
#include "media/sdp/words.hpp"

namespace geili::media::sdp {

std::unexpected<Error> line_fault(std::string_view code, const Line& line, std::string_view what) {
  return fail(Error::make(ErrorKind::invalid, code, fmt::format("Line {}: {}.", line.number, what))
                  .with("line", static_cast<std::int64_t>(line.number)));
}

Result<std::optional<Line>> Lines::next() {
  while (!rest_.empty()) {
    std::string_view text = cut(rest_, '\n');
    if (text.ends_with('\r')) text.remove_suffix(1);
    Line line{++number_, 0, {}};
    if (number_ > kLinesMax)
      return line_fault("sdp-limit", line, "there are more lines than are taken");
    if (text.size() > kLineBytesMax) return line_fault("sdp-limit", line, "the line is too long");
    if (text.empty()) continue;
    const bool control = std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
    if (control) return line_fault("sdp-line", line, "there is a control character");
    if (text.size() < 2 || text[0] < 'a' || text[0] > 'z' || text[1] != '=') {
      return line_fault("sdp-line", line, "it does not begin with a letter and '='");
    }
    line.type = text[0];
    line.value = text.substr(2);
    return line;
  }
  return std::nullopt;
}

}  // namespace geili::media::sdp
