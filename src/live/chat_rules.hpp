#pragma once
// How a shop's chat is kept, as its rooms apply it. People of the shop are free of all of it but
// flood control.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "live/muted_words.hpp"

namespace geili::live {

enum class ChatWho : std::uint8_t { everyone, members };
enum class ChatLinks : std::uint8_t { allowed, off };
enum class SanctionKind : std::uint8_t { timeout, ban, shadow };

// What viewers are told of the rules.
struct ChatTerms {
  std::int64_t slow_mode_s = 0;  // between two messages of one viewer
  ChatWho who = ChatWho::everyone;
  ChatLinks links = ChatLinks::allowed;
  bool takes_orders = false;  // what reads as an order is held, and not said
  friend bool operator==(const ChatTerms&, const ChatTerms&) = default;
};

struct Sanction {
  DeviceId device;
  SanctionKind kind = SanctionKind::timeout;
  std::optional<Instant> until;  // none: until it is lifted
};

struct ChatRules {
  ChatTerms terms;
  std::shared_ptr<const MutedWords> muted;  // none: no word is
  std::vector<Sanction> sanctions;          // at most one a device
  std::string announcement;                 // empty: none
};

inline constexpr std::size_t kAnnouncementLengthMax = 200;  // code points

}  // namespace geili::live
