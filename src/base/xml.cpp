#include "base/xml.hpp"

#include <cassert>
#include <utility>

namespace geili {
namespace {

constexpr std::string_view kUnknown = "\xEF\xBF\xBD";

// U+FFFE and U+FFFF are no characters of XML.
bool is_noncharacter(std::string_view rest) {
  return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

}  // namespace

std::string escaped_markup(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if (is_control(c)) {
      out += kUnknown;
    } else if (is_noncharacter(text.substr(i))) {
      out += kUnknown;
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

XmlWriter& XmlWriter::open(std::string_view name) {
  end_tag();
  xml_.append("<").append(name);
  open_.emplace_back(name);
  is_in_tag_ = true;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  assert(is_in_tag_);
  xml_.append(" ").append(name).append("=\"").append(escaped_markup(value)).append("\"");
  return *this;
}

XmlWriter& XmlWriter::text(std::string_view content) {
  end_tag();
  xml_ += escaped_markup(content);
  return *this;
}

XmlWriter& XmlWriter::close() {
  assert(!open_.empty());
  end_tag();
  xml_.append("</").append(open_.back()).append(">");
  open_.pop_back();
  return *this;
}

XmlWriter& XmlWriter::element(std::string_view name, std::string_view content) {
  return open(name).text(content).close();
}

std::string XmlWriter::take() && {
  while (!open_.empty()) close();
  return std::move(xml_);
}

void XmlWriter::end_tag() {
  if (is_in_tag_) xml_ += '>';
  is_in_tag_ = false;
}

}  // namespace geili
