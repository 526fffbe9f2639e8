#pragma once
// A buyer's browser: no account, a token of its own, and the name it chats under.

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace geili::identity {

struct Device {
  DeviceId id;
  std::optional<std::string> display_name;
};

struct NewDevice {
  DeviceId id;
  std::string token;  // for the cookie
};

NewDevice add_device(store::Tx& tx, const Clock& clock);
// A read; none for a token that was never given out.
std::optional<Device> find_device(store::Tx& tx, std::string_view token);
// 1 to 40 characters. Errors: invalid-field (/name), device-unknown. Returns the name as
// kept.
Result<std::string> set_display_name(store::Tx& tx, const Clock& clock, DeviceId id,
                                     std::string_view name);

}  // namespace geili::identity
