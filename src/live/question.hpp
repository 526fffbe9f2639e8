#pragma once
// Whether a message of the chat asks something.

#include <string_view>

namespace geili::live {

// It begins with ¿ or ends with a question mark of any script, whatever signs that are no words
// stand around the mark (a smile, a quotation mark). Marks without a word ask nothing.
bool reads_as_question(std::string_view text);

}  // namespace geili::live
