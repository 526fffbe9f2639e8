#include "media/testing/webrtc_client/ice_controller.hpp"

#include <random>
#include <utility>

#include "media/stun/builder.hpp"

namespace geili::media::testing {
namespace {

// RFC 8445 section 5.1.2.1, of a host candidate.
constexpr std::uint32_t kPriority = 126U << 24 | 65'535U << 8 | 255U;
constexpr unsigned kQuickTries = 10;

stun::TransactionId new_transaction() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  stun::TransactionId id;
  for (std::byte& octet : id) octet = static_cast<std::byte>(random());
  return id;
}

}  // namespace

void IceController::start(ice::Credentials remote, std::vector<TransportAddress> candidates,
                          Instant now) {
  remote_ = std::move(remote);
  candidates_ = std::move(candidates);
  next_ = now;
  fresh_ = true;
}

void IceController::restart(ice::Credentials local, ice::Credentials remote, Instant now) {
  local_ = std::move(local);
  remote_ = std::move(remote);
  pending_.clear();
  tries_ = 0;
  next_ = now;
  fresh_ = true;
}

std::string IceController::make_check(const stun::TransactionId& transaction) const {
  stun::MessageBuilder builder(stun::Class::request, transaction);
  return builder.username(remote_.ufrag + ":" + local_.ufrag)
      .priority(kPriority)
      .ice_controlling(0x6765'696C'6921)
      .use_candidate()
      .finish(remote_.pwd);
}

std::vector<IceController::Check> IceController::due(Instant now) {
  std::vector<Check> checks;
  if (candidates_.empty() || now < next_) return checks;
  const bool settled = is_answered(now) && !fresh_;
  next_ = now + (settled ? kConsent : ++tries_ < kQuickTries ? kRetry : kRetryLater);
  const auto& targets = settled ? std::vector{*selected_} : candidates_;
  while (pending_.size() >= kPendingMax) pending_.erase(pending_.begin());
  for (const TransportAddress& to : targets) {
    const stun::TransactionId transaction = new_transaction();
    checks.push_back({make_check(transaction), to});
    pending_[transaction] = {to, now};
  }
  return checks;
}

bool IceController::on_packet(ByteView packet, const TransportAddress& from, Instant now) {
  const auto message = stun::MessageView::parse(packet);
  if (!message || message->message_class() != stun::Class::success) return false;
  const auto asked = pending_.find(message->transaction());
  if (asked == pending_.end() || asked->second.to != from) return false;
  if (!message->has_integrity(remote_.pwd)) return false;
  round_trip_us_ = (now - asked->second.sent).count();
  pending_.erase(asked);
  if (!selected_ || fresh_ || !is_answered(now)) {
    selected_ = from;
    next_ = now + kConsent;
  }
  heard_ = now;
  fresh_ = false;
  tries_ = 0;
  return true;
}

}  // namespace geili::media::testing
