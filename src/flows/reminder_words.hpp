#pragma once

#include <string>
#include <string_view>

#include "push/delivery.hpp"

namespace geili::flows {

// What a reminder says, in one of the languages of push_subscription (English otherwise). The start
// is {time}, which the device fills in. Pure; any thread.
std::string reminder_words(push::Kind kind, std::string_view title, std::string_view language);
// Likewise, without a time: the show was called off.
std::string called_off_words(std::string_view title, std::string_view language);

}  // namespace geili::flows
