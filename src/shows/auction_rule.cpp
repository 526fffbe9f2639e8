#include "shows/auction_rule.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "store/canon.hpp"
#include "store/names.hpp"

namespace geili::shows {
namespace {

constexpr std::array<std::string_view, 2> kModes{"extend", "sudden_death"};
constexpr std::array<std::string_view, 6> kSteps{"bid",       "extended", "closed",
                                                 "cancelled", "offered",  "passed"};

std::optional<std::string> fault_of(const AuctionTerms& terms) {
  const bool is_extended = terms.mode == AuctionMode::extend;
  if (terms.start_minor < 1 || terms.step_minor < 1) return "the start or the step is nothing";
  if (terms.first_close_at <= terms.opened_at) return "it closes before it opens";
  if (is_extended ? terms.extend < std::chrono::seconds(1) : terms.extend.count() != 0) {
    return "the extension does not fit the mode";
  }
  if (terms.last_close_at < terms.first_close_at ||
      (!is_extended && terms.last_close_at != terms.first_close_at)) {
    return "the last close does not fit the mode";
  }
  return std::nullopt;
}

// Follows a log line by line.
class Follower {
 public:
  explicit Follower(const AuctionTerms& terms)
      : terms_(terms),
        head_(hash_of(terms)),
        last_at_(terms.opened_at),
        closes_at_(terms.first_close_at) {}

  // What is wrong with the next line; empty: nothing.
  std::string take(const AuctionLine& line) {
    if (line.position != ++position_) return "is missing";
    if (line.at < last_at_) return "is earlier than the one before";
    if (hash_of(head_, line) != line.hash) return "does not continue the chain";
    if (must_extend_ && line.what != AuctionStep::extended) return "does not extend as it must";
    std::string fault = follow(line);
    if (fault.empty() && line.closes_at != closes_at_) fault = "tells another close";
    head_ = line.hash;
    last_at_ = line.at;
    return fault;
  }

  std::optional<std::string> at_end() const {
    if (must_extend_) return "the last bid does not extend as it must";
    if (!has_ended_) return "it has not ended";
    if (!is_cancelled_ && !leader_.empty() && !was_offered_) return "it was offered to nobody";
    return std::nullopt;
  }

 private:
  std::string follow(const AuctionLine& line) {
    switch (line.what) {
      case AuctionStep::bid:
        return follow_bid(line);
      case AuctionStep::extended:
        if (!must_extend_) return "extends without need";
        must_extend_ = false;
        closes_at_ = close_after_bid(terms_, closes_at_, last_at_);
        return line.amount_minor == highest_minor_ ? "" : "tells another price";
      case AuctionStep::closed:
      case AuctionStep::cancelled:
        if (has_ended_) return "ends it twice";
        has_ended_ = true;
        is_cancelled_ = line.what == AuctionStep::cancelled;
        return line.amount_minor == highest_minor_ && line.mark.empty() ? ""
                                                                        : "tells another price";
      case AuctionStep::offered:
      case AuctionStep::passed:
        return follow_offer(line);
    }
    return "is of no known kind";
  }

  std::string follow_bid(const AuctionLine& line) {
    if (has_ended_ || line.at >= closes_at_) return "is a bid after the close";
    if (line.mark.empty()) return "is nobody's bid";
    const auto highest = best_.empty() ? std::nullopt : std::optional(highest_minor_);
    if (line.amount_minor < least_bid_minor(terms_, highest)) return "is a bid below the least";
    if (line.mark == leader_) return "is a bid against the own one";
    leader_ = line.mark;
    highest_minor_ = line.amount_minor;
    best_[line.mark] = line.amount_minor;
    must_extend_ = close_after_bid(terms_, closes_at_, line.at) != closes_at_;
    return "";
  }

  std::string follow_offer(const AuctionLine& line) {
    if (!has_ended_ || is_cancelled_) return "offers what is not to be had";
    const auto next =
        std::ranges::max_element(best_, {}, [](const auto& one) { return one.second; });
    if (next == best_.end() || next->first != line.mark) return "offers it out of turn";
    if (next->second != line.amount_minor) return "offers it at another price";
    if (line.what == AuctionStep::offered && ++offers_ > kAuctionOffersMax)
      return "offers it too often";
    best_.erase(next);
    was_offered_ = true;
    return "";
  }

  const AuctionTerms& terms_;
  Bytes head_;
  Instant last_at_;
  Instant closes_at_;
  std::int64_t position_ = 0;
  std::int64_t highest_minor_ = 0;
  std::string leader_;
  std::map<std::string, std::int64_t> best_;  // of each who was not offered it
  std::int64_t offers_ = 0;
  bool was_offered_ = false;
  bool must_extend_ = false;
  bool has_ended_ = false;
  bool is_cancelled_ = false;
};

}  // namespace

std::string_view to_text(AuctionMode mode) {
  return store::name_of(kModes, mode);
}
std::optional<AuctionMode> parse_auction_mode(std::string_view text) {
  return store::parse_name<AuctionMode>(kModes, text);
}
std::string_view to_text(AuctionStep step) {
  return store::name_of(kSteps, step);
}
std::optional<AuctionStep> parse_auction_step(std::string_view text) {
  return store::parse_name<AuctionStep>(kSteps, text);
}

Bytes hash_of(const AuctionTerms& terms) {
  return store::Canon{}
      .add(std::string_view("auction"))
      .add(terms.show.value)
      .add(terms.auction.value)
      .add(terms.product.value)
      .add(std::string_view(terms.title))
      .add(std::string_view(terms.currency))
      .add(terms.start_minor)
      .add(terms.step_minor)
      .add(to_text(terms.mode))
      .add(terms.extend.count())
      .add(terms.opened_at.us)
      .add(terms.first_close_at.us)
      .add(terms.last_close_at.us)
      .sha256();
}

Bytes hash_of(ByteView before, const AuctionLine& line) {
  return store::Canon{}
      .add(before)
      .add(line.position)
      .add(to_text(line.what))
      .add(line.at.us)
      .add(std::string_view(line.mark))
      .add(line.amount_minor)
      .add(line.closes_at.us)
      .sha256();
}

std::int64_t least_bid_minor(const AuctionTerms& terms, std::optional<std::int64_t> highest_minor) {
  return highest_minor ? *highest_minor + terms.step_minor : terms.start_minor;
}

Instant close_after_bid(const AuctionTerms& terms, Instant closes_at, Instant at) {
  if (terms.mode != AuctionMode::extend) return closes_at;
  return std::max(closes_at, std::min(at + terms.extend, terms.last_close_at));
}

AuctionOutcome outcome_of(const AuctionLog& log) {
  AuctionOutcome outcome;
  for (const AuctionLine& line : log.lines) {
    if (line.what == AuctionStep::bid) ++outcome.bids;
    if (line.what == AuctionStep::cancelled) outcome.is_cancelled = true;
    if (line.what != AuctionStep::offered) continue;
    outcome.winner = line.mark;
    outcome.price_minor = line.amount_minor;
  }
  return outcome;
}

std::optional<std::string> fault_of(const AuctionLog& log) {
  if (auto fault = fault_of(log.terms)) return fault;
  Follower follower(log.terms);
  std::int64_t number = 0;
  for (const AuctionLine& line : log.lines) {
    ++number;
    if (std::string fault = follower.take(line); !fault.empty()) {
      return "line " + std::to_string(number) + " " + fault;
    }
  }
  return follower.at_end();
}

}  // namespace geili::shows
