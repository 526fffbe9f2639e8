#pragma once
// XML 1.0 documents, written from start to end.

#include <string>
#include <string_view>
#include <vector>

namespace geili {

// For the content of elements and for attribute values in quotes, of XML and HTML alike. What XML
// does not know at all (most control characters) becomes U+FFFD. `text` is UTF-8.
std::string escaped_markup(std::string_view text);

// Builds one document; not thread-safe. Names are literals of ours, texts are anybody's.
class XmlWriter {
 public:
  XmlWriter() : xml_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

  XmlWriter& open(std::string_view name);
  // Of the element that was opened last, before anything is put into it.
  XmlWriter& attribute(std::string_view name, std::string_view value);
  XmlWriter& text(std::string_view content);
  // Closes the innermost element.
  XmlWriter& close();
  // An element that holds a text alone.
  XmlWriter& element(std::string_view name, std::string_view content);

  // Closes what is open.
  std::string take() &&;

 private:
  void end_tag();

  std::string xml_;
  std::vector<std::string> open_;
  bool is_in_tag_ = false;
};

}  // namespace geili
