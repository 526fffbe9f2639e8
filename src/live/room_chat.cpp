// The chat of a room: who may say what, and who is heard.

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "live/language.hpp"
#include "live/links.hpp"
#include "live/question.hpp"
#include "live/room.hpp"
#include "live/room_refusals.hpp"

namespace geili::live {
namespace {

std::unexpected<Error> timed_out(std::chrono::microseconds wait) {
  return fail(Error::make(ErrorKind::rate_limited, "chat-timeout",
                          "The host has asked you to be quiet for a time.")
                  .with("retry_after_ms", in_ms(wait)));
}

std::unexpected<Error> refused_at(std::string_view code, std::string_view path,
                                  std::string_view why) {
  Error error = Error::make(ErrorKind::unprocessable, std::string(code), std::string(why));
  error.fields.push_back({std::string(path), std::string(why)});
  return fail(std::move(error));
}

}  // namespace

void Room::remember(SharedEvent message) {
  chat_.push_back(std::move(message));
  if (chat_.size() > limits_.chat_backlog_max) chat_.pop_front();
}

const Sanction* Room::sanction_of(const Actor& actor, Instant now) const {
  if (actor.role != Role::viewer) return nullptr;
  const auto found = sanctions_.find(actor.device);
  if (found == sanctions_.end()) return nullptr;
  const Sanction& sanction = found->second;
  return sanction.until && *sanction.until <= now ? nullptr : &sanction;
}

Result<void> Room::allow_viewer(const Actor& actor, Instant now) const {
  if (const Sanction* sanction = sanction_of(actor, now)) {
    if (sanction->kind == SanctionKind::ban) {
      return fail(ErrorKind::forbidden, "chat-banned", "You cannot chat in this shop any more.");
    }
    if (sanction->kind == SanctionKind::timeout) return timed_out(*sanction->until - now);
  }
  if (terms_.who == ChatWho::members && !actor.is_member) {
    return fail(ErrorKind::forbidden, "chat-members-only", "Who has bought here may chat.");
  }
  return {};
}

Result<void> Room::allow_words(const std::string& name, const std::string& text) const {
  const auto said = {std::pair<std::string_view, const std::string&>("/name", name),
                     std::pair<std::string_view, const std::string&>("/text", text)};
  for (const auto& [path, words] : said) {
    if (terms_.links == ChatLinks::off && has_link(words)) {
      return refused_at("chat-link", path, "has a link, which the host does not allow");
    }
    if (muted_ && muted_->match(words)) {
      return refused_at("chat-muted-word", path, "has a word that the host does not allow");
    }
  }
  return {};
}

Result<void> Room::allow_pace(const Actor& actor, const std::string& text, Instant now) {
  Person& person = people_.use(actor.key);
  const std::size_t text_hash = std::hash<std::string>{}(text);
  if (person.last_text_hash == text_hash && now - person.last_text_at < limits_.duplicate_window) {
    return fail(ErrorKind::conflict, "chat-duplicate", "That was just said.");
  }
  Address& address = addresses_.use(actor.address);
  auto wait = std::max(person.chat.wait(limits_.chat_per_person, 1, now),
                       address.chat.wait(limits_.chat_per_address, 1, now));
  if (actor.role == Role::viewer && person.last_said_at) {
    const std::chrono::microseconds slow = std::chrono::seconds(terms_.slow_mode_s);
    wait = std::max(wait, slow - (now - *person.last_said_at));
  }
  if (wait.count() > 0) return rate_limited(wait);
  person.chat.take(limits_.chat_per_person, 1, now);
  address.chat.take(limits_.chat_per_address, 1, now);
  return {};
}

void Room::note_said(const Actor& actor, const std::string& text, Instant now) {
  Person& person = people_.use(actor.key);
  person.last_text_hash = std::hash<std::string>{}(text);
  person.last_text_at = now;
  person.last_said_at = now;
}

Result<Applied> Room::on(const SendChat& command, Instant now) {
  if (status_ == ShowStatus::ended) return show_ended();
  if (command.name.empty()) {
    return fail(ErrorKind::conflict, "name-needed", "Choose a name before you chat.");
  }
  auto name = checked_text(command.name, {.min_length = 1, .max_length = kNameLengthMax}, "/name");
  if (!name) return fail_as(name);
  auto text = checked_text(command.text, {.min_length = 1, .max_length = kChatLengthMax}, "/text");
  if (!text) return fail_as(text);
  const Actor& actor = command.actor;
  const bool is_viewer = actor.role == Role::viewer;
  if (is_viewer) {
    if (auto allowed = allow_viewer(actor, now); !allowed) return fail_as(allowed);
  }
  // Before the words: looking for them costs the most.
  if (auto allowed = allow_pace(actor, *text, now); !allowed) return fail_as(allowed);
  if (is_viewer) {
    if (auto allowed = allow_words(*name, *text); !allowed) return fail_as(allowed);
  }
  note_said(actor, *text, now);
  const auto order = order_in(actor, *text);
  const bool is_shadow = sanction_of(actor, now) != nullptr;  // the others are refused above
  if (order && !is_shadow) return Applied{.order = order};
  const bool is_cheering = is_cheer(*text);
  const bool is_question = command.is_question || reads_as_question(*text);
  std::string language = language_of(*text, command.page_language);
  ChatMessage message{.author_name = *std::move(name),
                      .author_role = actor.role,
                      .text = *std::move(text),
                      .author_device = is_viewer ? actor.device : DeviceId{},
                      .is_question = is_viewer && is_question,
                      .language = std::move(language)};
  if (is_shadow) {
    return Applied{.unheard = std::make_shared<const Event>(Event{0, now, std::move(message)}),
                   .order = order};
  }
  Applied applied = number(std::move(message), now, Lane::tick);
  remember(applied.events.front());
  if (is_cheering) note_cheer(actor, applied, now);
  return applied;
}

Result<Applied> Room::on(const SendHearts& command, Instant now) {
  if (command.count < 1 || command.count > kHeartsPerCommandMax) {
    return fail(Error::invalid_field("/count", "is out of range"));
  }
  if (status_ == ShowStatus::ended) return show_ended();
  if (const Sanction* sanction = sanction_of(command.actor, now);
      sanction && sanction->kind == SanctionKind::ban) {
    return Applied{};
  }
  Person& person = people_.use(command.actor.key);
  Address& address = addresses_.use(command.actor.address);
  const auto wait = std::max(person.hearts.wait(limits_.hearts_per_person, command.count, now),
                             address.hearts.wait(limits_.hearts_per_address, command.count, now));
  if (wait.count() > 0) return rate_limited(wait);
  person.hearts.take(limits_.hearts_per_person, command.count, now);
  address.hearts.take(limits_.hearts_per_address, command.count, now);
  hearts_ += command.count;
  hearts_changed_ = true;
  Applied applied{.lane = Lane::tick};
  if (sanction_of(command.actor, now) == nullptr) note_cheer(command.actor, applied, now);
  return applied;
}

// Takes a message's words out of everything that newcomers and returning viewers are sent.
void Room::redact(std::int64_t message_seq) {
  const auto is_it = [&](const SharedEvent& event) { return event->seq == message_seq; };
  std::erase_if(chat_, is_it);
  const auto found = std::find_if(history_.begin(), history_.end(), is_it);
  if (found == history_.end()) return;
  Event redacted{message_seq, (*found)->at, ChatMessage{.is_hidden = true}};
  *found = std::make_shared<const Event>(std::move(redacted));
}

Result<SharedEvent> Room::shown_message(std::int64_t message_seq) const {
  for (const auto* events : {&chat_, &history_}) {
    for (const SharedEvent& event : *events) {
      const auto* message = std::get_if<ChatMessage>(&event->body);
      if (event->seq == message_seq && message && !message->is_hidden) return event;
    }
  }
  return fail(ErrorKind::not_found, "message-not-found", "No such message is shown.");
}

Result<Applied> Room::on(const HideMessage& command, Instant now) {
  if (auto allowed = moderators_only(command.role); !allowed) return fail_as(allowed);
  if (auto shown = shown_message(command.message_seq); !shown) return fail_as(shown);
  redact(command.message_seq);
  return number(MessageHidden{command.message_seq}, now, Lane::immediate);
}

Result<Applied> Room::on(const MarkAnswered& command, Instant now) {
  for (auto* events : {&chat_, &history_}) {
    for (SharedEvent& event : *events) {
      const auto* message = std::get_if<ChatMessage>(&event->body);
      if (event->seq != command.message_seq || !message || message->is_hidden) continue;
      ChatMessage answered = *message;
      answered.is_answered = true;
      event = std::make_shared<const Event>(Event{event->seq, event->at, std::move(answered)});
    }
  }
  return number(QuestionAnswered{command.message_seq}, now, Lane::tick);
}

Result<Applied> Room::on(const ChatChanged&, Instant) {
  return Applied{.asks_for_chat = true};
}

void Room::keep_quiet(const std::vector<Sanction>& sanctions) {
  sanctions_.clear();
  for (const Sanction& sanction : sanctions) sanctions_[sanction.device] = sanction;
}

std::vector<std::int64_t> Room::shown_of(DeviceId device) const {
  std::set<std::int64_t> seqs;
  for (const auto* events : {&chat_, &history_}) {
    for (const SharedEvent& event : *events) {
      const auto* message = std::get_if<ChatMessage>(&event->body);
      if (message && !message->is_hidden && message->author_device == device) {
        seqs.insert(event->seq);
      }
    }
  }
  return {seqs.begin(), seqs.end()};
}

Result<Applied> Room::on(const SetChat& command, Instant now) {
  Applied all;
  if (command.outbox_id < chat_version_) return all;
  chat_version_ = command.outbox_id;
  const ChatRules& rules = command.rules;
  if (terms_ != rules.terms) {
    terms_ = rules.terms;
    terms_changed_ = true;
    all.lane = Lane::immediate;
  }
  if (announcement_ != rules.announcement) {
    announcement_ = rules.announcement;
    announcement_changed_ = true;
    all.lane = Lane::immediate;
  }
  muted_ = rules.muted;
  keep_quiet(rules.sanctions);
  for (const Sanction& sanction : rules.sanctions) {
    if (sanction.kind != SanctionKind::ban) continue;
    for (const std::int64_t seq : shown_of(sanction.device)) {
      redact(seq);
      const Applied hidden = number(MessageHidden{seq}, now, Lane::immediate);
      all.events.push_back(hidden.events.front());
      all.lane = Lane::immediate;
    }
  }
  return all;
}

}  // namespace geili::live
