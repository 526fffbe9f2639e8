#pragma once
// What is wrong with the text of a setting, as the end of a sentence that begins with its name;
// empty when it fits.

#include <string_view>

namespace geili::ops {

std::string_view address_fault(std::string_view text);
std::string_view public_url_fault(std::string_view text);
std::string_view not_empty_fault(std::string_view text);
std::string_view store_url_fault(std::string_view text);
std::string_view passphrase_fault(std::string_view text);
std::string_view provider_url_fault(std::string_view text);
std::string_view push_contact_fault(std::string_view text);
std::string_view translate_url_fault(std::string_view text);

}  // namespace geili::ops
