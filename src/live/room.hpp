#pragma once
// A show's room as a state machine: commands in, numbered events and states out. It knows no
// threads, no sockets and no clock, so every history can be replayed.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "live/cheers.hpp"
#include "live/commands.hpp"
#include "live/comment_order.hpp"
#include "live/events.hpp"
#include "live/flood.hpp"
#include "live/recent_ids.hpp"

namespace geili::live {

struct RoomLimits {
  std::int64_t viewers_max = 15'000;
  std::size_t history_events_max = 500;  // how far back since=seq reaches
  std::size_t chat_backlog_max = 50;     // messages a newcomer is shown
  std::size_t products_max = 1'000;      // the bag holds 200 at a time, and variants
  std::size_t deals_max = 50;            // that have not ended
  std::size_t hands_max = 50'000;        // up at a time
  std::size_t people_max = 20'000;       // whose pace is remembered
  std::size_t addresses_max = 20'000;    // whose pace is remembered
  Rate chat_per_person{.count = 5, .per = std::chrono::seconds(5)};
  Rate chat_per_address{.count = 50, .per = std::chrono::seconds(5)};
  Rate hearts_per_person{.count = 20, .per = std::chrono::seconds(1)};
  Rate hearts_per_address{.count = 200, .per = std::chrono::seconds(1)};
  Rate hands_per_person{.count = 10, .per = std::chrono::seconds(10)};
  Rate hands_per_address{.count = 100, .per = std::chrono::seconds(10)};
  std::chrono::microseconds duplicate_window = std::chrono::seconds(10);
};

inline constexpr std::size_t kNameLengthMax = 40;   // code points
inline constexpr std::size_t kChatLengthMax = 300;  // code points
inline constexpr std::size_t kTitleLengthMax = 200;
inline constexpr std::size_t kBagProductsMax = 200;
inline constexpr std::size_t kPrizeLengthMax = 120;
inline constexpr std::size_t kDrawWinnersMax = 50;
inline constexpr std::size_t kPhotoUrlBytesMax = 500;
inline constexpr std::int64_t kHeartsPerCommandMax = 20;
inline constexpr std::size_t kToldIdsMax = 4096;  // how many outbox ids are remembered

// How a room begins, from what the store remembers of the show.
struct RoomStart {
  std::string epoch;           // this life of the room, in which numbers count
  std::int64_t seq = 0;        // the first event gets seq + 1
  std::int64_t outbox_id = 0;  // what the outbox tells up to this id is included
  ShowStatus status = ShowStatus::scheduled;
  VideoState video = VideoState::none;
  std::optional<ProductCard> pinned;
  std::vector<StockLevel> stock;
  std::vector<DealCard> deals;  // that have not ended
  std::int64_t hearts = 0;
  std::int64_t sold = 0;    // orders
  std::vector<Event> chat;  // numbered up to seq, oldest first
  ChatRules chat_rules;
  bool translates = false;  // messages can be had in other languages
};

// When what a command did is to be told.
enum class Lane : std::uint8_t {
  none,       // nothing to tell, or the number of viewers, which can wait for company
  tick,       // with the next frame
  immediate,  // now, with whatever waits
};

struct Applied {
  std::vector<SharedEvent> events;  // in order
  Lane lane = Lane::none;
  // What was said by somebody whom others do not hear: for its author alone, and without a number.
  SharedEvent unheard = nullptr;
  // What was written is no talk but an order of its author, which is to be held.
  std::optional<CommentOrder> order = std::nullopt;
  bool asks_for_chat = false;  // the store is to be read, and SetChat given
};

class Room {
 public:
  explicit Room(RoomStart start, RoomLimits limits = {});

  // Errors change nothing but a pace: invalid-field · name-needed · rate-limited (with
  // retry_after_ms) · chat-duplicate · chat-muted-word · chat-link · chat-members-only ·
  // chat-banned · chat-timeout (with retry_after_ms) · show-not-live · forbidden ·
  // message-not-found · product-not-in-bag · nothing-pinned · products-limit · deals-limit ·
  // hands-limit · room-full · show-status-conflict. `now` never decides what is true, only pace,
  // how long a sanction lasts and the time written on events.
  Result<Applied> apply(const Command& command, Instant now);
  // The same for what comes from an outbox, which may tell a thing twice: already-told.
  Result<Applied> apply_once(std::int64_t outbox_id, const Command& command, Instant now);

  // The states that changed since the last call.
  StateChange take_changes();
  bool has_changes() const { return viewers_changed_ || has_pressing_changes(); }
  // Whether more than the number of viewers changed.
  bool has_pressing_changes() const {
    return hearts_changed_ || sold_changed_ || packet_changed_ || terms_changed_ ||
           announcement_changed_ || !stock_changed_.empty() || !deals_changed_.empty() ||
           !hands_changed_.empty();
  }

  // The events after `since`, oldest first; none when they left the history or `since` is not yet
  // reached: then the viewer needs the snapshot.
  std::optional<std::vector<SharedEvent>> events_after(std::int64_t since) const;
  Snapshot snapshot() const;
  // A message of the chat that is not hidden, as far back as viewers have it. Fails with
  // message-not-found.
  Result<SharedEvent> shown_message(std::int64_t message_seq) const;

  const std::string& epoch() const { return epoch_; }
  std::int64_t last_seq() const { return last_seq_; }
  std::int64_t viewers() const { return viewers_; }
  std::int64_t hearts() const { return hearts_; }
  VideoState video() const { return video_; }
  const RoomLimits& limits() const { return limits_; }

 private:
  struct Person {
    Pace chat, hearts, hands;
    std::size_t last_text_hash = 0;
    Instant last_text_at;
    std::optional<Instant> last_said_at;  // by a viewer
  };
  struct Address {
    Pace chat, hearts, hands;
  };
  struct Stock {
    std::int64_t available = 0;
    std::int64_t version = 0;
  };

  Result<Applied> on(const ViewerJoined& command, Instant now);
  Result<Applied> on(const ViewersLeft& command, Instant now);
  Result<Applied> on(const SendChat& command, Instant now);
  Result<Applied> on(const SendHearts& command, Instant now);
  Result<Applied> on(const RaiseHand& command, Instant now);
  Result<Applied> on(const HideMessage& command, Instant now);
  Result<Applied> on(const MarkAnswered& command, Instant now);
  Result<Applied> on(const PinProduct& command, Instant now);
  Result<Applied> on(const UnpinProduct& command, Instant now);
  Result<Applied> on(const ChangeProduct& command, Instant now);
  Result<Applied> on(const SetStock& command, Instant now);
  Result<Applied> on(const RecordSold& command, Instant now);
  Result<Applied> on(const TellOffer& command, Instant now);
  Result<Applied> on(const AnnounceDeal& command, Instant now);
  Result<Applied> on(const SetDealLeft& command, Instant now);
  Result<Applied> on(const EndDeal& command, Instant now);
  Result<Applied> on(const TellDraw& command, Instant now);
  Result<Applied> on(const TellAuction& command, Instant now);
  Result<Applied> on(const TellCoupon& command, Instant now);
  Result<Applied> on(const TellTaken& command, Instant now);
  Result<Applied> on(const TellPacket& command, Instant now);
  Result<Applied> on(const SetPacketLeft& command, Instant now);
  Result<Applied> on(const TellPlan& command, Instant now);
  Result<Applied> on(const TellBag& command, Instant now);
  Result<Applied> on(const SetStatus& command, Instant now);
  Result<Applied> on(const SetVideo& command, Instant now);
  Result<Applied> on(const SetCoHost& command, Instant now);
  Result<Applied> on(const ChatChanged& command, Instant now);
  Result<Applied> on(const SetChat& command, Instant now);
  Result<Applied> on(const CatchUp& command, Instant now);

  struct Deal {
    DealCard card;
    std::int64_t version = 0;  // the outbox id that `left` is known from
  };
  void note_deal_left(Deal& deal, std::int64_t left);
  // What it adds to `all` where the store knows other deals than the room.
  template <class Take>
  void catch_up_deals(const std::vector<DealCard>& deals, const Take& take, Instant now);

  Applied number(EventBody body, Instant now, Lane lane);
  void raise_sold(std::int64_t orders);
  // Whether what is pinned was decided by the fact that is being applied, or by a later one.
  bool is_pin_known() const { return outbox_id_ != 0 && outbox_id_ <= pin_version_; }
  // Of a product that is shown now, or of a show that is over.
  void lower_hands(ProductId product);
  void note_hands(ProductId product);
  void remember(SharedEvent message);
  // The sanction that holds for the actor; none for people of the shop.
  const Sanction* sanction_of(const Actor& actor, Instant now) const;
  Result<void> allow_viewer(const Actor& actor, Instant now) const;
  // Counts the message as one of the actor's, whether its words are allowed or not.
  Result<void> allow_pace(const Actor& actor, const std::string& text, Instant now);
  Result<void> allow_words(const std::string& name, const std::string& text) const;
  // What a buyer's message orders, where the show takes orders in the chat.
  std::optional<CommentOrder> order_in(const Actor& actor, const std::string& text) const;
  void note_packet_left(PacketLeft packet);
  // Adds the burst to what was applied, when this cheer makes one.
  void note_cheer(const Actor& actor, Applied& applied, Instant now);
  void note_said(const Actor& actor, const std::string& text, Instant now);
  void keep_quiet(const std::vector<Sanction>& sanctions);
  // What is shown of the device's messages, oldest first.
  std::vector<std::int64_t> shown_of(DeviceId device) const;
  void redact(std::int64_t message_seq);

  RoomLimits limits_;
  std::string epoch_;
  std::int64_t last_seq_;
  std::int64_t included_outbox_id_;
  std::int64_t outbox_id_ = 0;  // of the fact that is being applied
  ShowStatus status_;
  VideoState video_;
  VideoState co_host_ = VideoState::none;
  std::optional<ProductCard> pinned_;
  std::int64_t pin_version_;  // the outbox id that `pinned_` is known from
  std::map<ProductId, Stock> stock_;
  std::map<DealId, Deal> deals_;
  // Keys of people; a product stays here when its hands are down, so that all hear of it.
  std::map<ProductId, std::unordered_set<std::uint64_t>> hands_;
  std::size_t hands_up_ = 0;
  RecentIds ended_deals_{kToldIdsMax};  // what is read before an end may be told after it
  std::optional<PacketLeft> packet_left_;
  std::int64_t packet_version_ = 0;  // the outbox id that `packet_left_` is known from
  Cheers cheers_;
  std::int64_t viewers_ = 0;
  std::int64_t hearts_;
  std::int64_t sold_;
  std::deque<SharedEvent> history_;  // consecutive numbers, the newest is last_seq_
  std::deque<SharedEvent> chat_;     // the last messages that are not hidden
  const bool translates_;
  ChatTerms terms_;
  std::shared_ptr<const MutedWords> muted_;
  std::map<DeviceId, Sanction> sanctions_;
  std::string announcement_;
  std::int64_t chat_version_;  // the outbox id that the rules are known from
  Recent<Person> people_;
  Recent<Address> addresses_;
  RecentIds told_{kToldIdsMax};
  bool viewers_changed_ = false;
  bool hearts_changed_ = false;
  bool sold_changed_ = false;
  bool packet_changed_ = false;
  bool terms_changed_ = false;
  bool announcement_changed_ = false;
  std::vector<ProductId> stock_changed_;
  std::vector<DealId> deals_changed_;
  std::vector<ProductId> hands_changed_;
};

}  // namespace geili::live
