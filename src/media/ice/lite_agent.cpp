#include "media/ice/lite_agent.hpp"

#include <algorithm>
#include <utility>

#include "media/stun/builder.hpp"

namespace geili::media::ice {
namespace {

constexpr unsigned kBadRequest = 400;
constexpr unsigned kUnauthenticated = 401;
constexpr unsigned kUnknownAttribute = 420;
constexpr unsigned kRoleConflict = 487;

std::string username_of(const Credentials& local, std::string_view remote_ufrag) {
  return local.ufrag + ':' + std::string(remote_ufrag);
}

// To somebody unknown, whose address may be a victim's: never more than was sent.
std::string small_refusal(const stun::MessageView& request, unsigned code) {
  std::string reply =
      stun::MessageBuilder(stun::Class::error, request.transaction()).error(code).finish();
  return reply.size() <= request.bytes().size() ? reply : std::string();
}

// What a check of the right peer is refused for; empty when it is not.
std::string refusal(const stun::MessageView& request, std::string_view key) {
  std::array<std::uint16_t, 8> unknown{};
  if (const std::size_t count = request.unknown_required(unknown); count > 0) {
    return stun::MessageBuilder(stun::Class::error, request.transaction())
        .error(kUnknownAttribute)
        .unknown_attributes(std::span(unknown).first(count))
        .finish(key);
  }
  if (request.ice_controlled()) {
    return stun::MessageBuilder(stun::Class::error, request.transaction())
        .error(kRoleConflict)
        .finish(key);
  }
  return {};
}

}  // namespace

LiteAgent::LiteAgent(Credentials local, std::string_view remote_ufrag) {
  current_.username = username_of(local, remote_ufrag);
  current_.local = std::move(local);
}

Outcome LiteAgent::on_packet(ByteView packet, const Path& from, Instant now) {
  Outcome outcome;
  const auto request = stun::MessageView::parse(packet);
  if (!request) {
    outcome.verdict = Verdict::malformed;
    return outcome;
  }
  if (request->message_class() != stun::Class::request || request->method() != stun::kBinding) {
    return outcome;
  }
  const auto username = request->username();
  if (!username || !request->carries_integrity()) {
    outcome.verdict = Verdict::unauthenticated;
    outcome.reply = small_refusal(*request, kBadRequest);
    return outcome;
  }
  const Generation* generation = generation_of(*username);
  if (generation == nullptr || !request->has_integrity(generation->local.pwd)) {
    outcome.verdict = Verdict::unauthenticated;
    outcome.reply = small_refusal(*request, kUnauthenticated);
    return outcome;
  }
  if (is_replay(*request, from)) {
    outcome.verdict = Verdict::replayed;
    return outcome;
  }
  outcome.reply = refusal(*request, generation->local.pwd);
  if (!outcome.reply.empty()) {
    outcome.verdict = Verdict::refused;
    return outcome;
  }
  outcome.verdict = Verdict::accepted;
  outcome.reply = stun::MessageBuilder(stun::Class::success, request->transaction())
                      .xor_mapped_address(from.remote)
                      .finish(generation->local.pwd);
  take(*request, *generation, from, now, outcome);
  return outcome;
}

void LiteAgent::take(const stun::MessageView& request, const Generation& generation,
                     const Path& from, Instant now, Outcome& outcome) {
  const std::uint32_t number = generation.number;
  if (number == current_.number && !current_used_) {
    current_used_ = true;
    outcome.restarted = previous_.has_value();
    previous_.reset();
  }
  outcome.path_validated = remember(from, number, now);
  if (request.use_candidate()) {
    outcome.selected_changed = select(from);
    nominated_ = true;
    std::erase_if(paths_, [number](const ValidPath& p) { return p.generation < number; });
  } else if (!selected_) {
    outcome.selected_changed = select(from);
  }
}

const LiteAgent::Generation* LiteAgent::generation_of(std::string_view username) const {
  if (username == current_.username) return &current_;
  if (previous_ && username == previous_->username) return &*previous_;
  return nullptr;
}

bool LiteAgent::is_replay(const stun::MessageView& request, const Path& from) {
  const std::size_t filled = std::min(recent_count_, kRecentChecks);
  for (const Check& check : std::span(recent_).first(filled)) {
    if (check.transaction == request.transaction()) return check.from != from;
  }
  recent_[recent_count_++ % kRecentChecks] = {request.transaction(), from};
  return false;
}

bool LiteAgent::remember(const Path& path, std::uint32_t generation, Instant now) {
  const auto known = std::ranges::find(paths_, path, &ValidPath::path);
  if (known != paths_.end()) {
    known->heard = std::max(known->heard, now);
    known->generation = std::max(known->generation, generation);
    return false;
  }
  if (paths_.size() >= kPathsMax) {
    const auto oldest = std::ranges::min_element(paths_, {}, [this](const ValidPath& p) {
      return std::pair(p.path == selected_, p.heard);  // the selected one goes last
    });
    paths_.erase(oldest);
  }
  paths_.push_back({path, now, generation});
  return true;
}

bool LiteAgent::select(const Path& path) {
  if (selected_ == path) return false;
  selected_ = path;
  return true;
}

// After paths were dropped: keeps the selected one if it is still valid, else takes the one heard
// last.
bool LiteAgent::reselect() {
  if (!selected_ || is_valid(*selected_)) return false;
  nominated_ = false;
  const auto freshest = std::ranges::max_element(paths_, {}, &ValidPath::heard);
  selected_ = freshest == paths_.end() ? std::nullopt : std::optional(freshest->path);
  return true;
}

void LiteAgent::restart(Credentials local, std::string_view remote_ufrag) {
  const std::uint32_t number = current_.number + 1;
  // Credentials that nobody has used yet give way; the ones in use stay.
  if (current_used_ || !previous_) previous_ = std::move(current_);
  current_.username = username_of(local, remote_ufrag);
  current_.local = std::move(local);
  current_.number = number;
  current_used_ = false;
}

bool LiteAgent::expire(Instant now) {
  std::erase_if(paths_, [now](const ValidPath& p) { return p.heard + kConsentLifetime <= now; });
  return reselect();
}

std::optional<Instant> LiteAgent::next_expiry() const {
  const auto oldest = std::ranges::min_element(paths_, {}, &ValidPath::heard);
  if (oldest == paths_.end()) return std::nullopt;
  return oldest->heard + kConsentLifetime;
}

bool LiteAgent::forget(std::uint32_t via) {
  std::erase_if(paths_, [via](const ValidPath& p) {
    return p.path.via == via && p.path.remote.transport == Transport::tcp;
  });
  return reselect();
}

bool LiteAgent::is_valid(const Path& path) const {
  return std::ranges::find(paths_, path, &ValidPath::path) != paths_.end();
}

bool LiteAgent::answers_to(std::string_view local_ufrag) const {
  return local_ufrag == current_.local.ufrag ||
         (previous_ && local_ufrag == previous_->local.ufrag);
}

std::optional<std::string_view> addressed_ufrag(ByteView packet) {
  const auto request = stun::MessageView::parse(packet);
  if (!request || request->message_class() != stun::Class::request ||
      request->method() != stun::kBinding) {
    return std::nullopt;
  }
  const auto username = request->username();
  if (!username) return std::nullopt;
  const std::size_t colon = username->find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  return username->substr(0, colon);
}

}  // namespace geili::media::ice
