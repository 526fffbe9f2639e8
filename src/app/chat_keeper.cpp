#include "app/chat_keeper.hpp"

#include <string>
#include <utility>

#include "live/names.hpp"

namespace geili::app {

namespace {

shows::ChatLine line_of(const live::Event& event, const live::ChatMessage& message) {
  shows::ChatLine line{.seq = std::nullopt,
                       .said_at = event.at,
                       .author_name = message.author_name,
                       .author_role = std::string(live::name_of(message.author_role)),
                       .text = message.text,
                       .device = std::nullopt,
                       .is_question = message.is_question,
                       .language = message.language};
  if (event.seq != 0) line.seq = event.seq;
  if (message.author_device != DeviceId{}) line.device = message.author_device;
  return line;
}

}  // namespace

void ChatKeeper::told(ShowId show, const live::SharedEvent& event) {
  if (live::must_last(*event)) submit(show, event);
}

void ChatKeeper::submit(ShowId show, const live::SharedEvent& event) {
  if (counts_->waiting.fetch_add(1) >= kLinesWaitingMax) {
    counts_->waiting.fetch_sub(1);
    ++counts_->dropped;
    return;
  }
  auto job = [show, event, lines_max = lines_max_](store::Tx& tx) {
    if (const auto* hidden = std::get_if<live::MessageHidden>(&event->body)) {
      shows::hide_chat(tx, show, hidden->message_seq, std::nullopt, event->at);
    } else if (const auto* message = std::get_if<live::ChatMessage>(&event->body)) {
      shows::keep_chat(tx, show, line_of(*event, *message), lines_max);
    }
    return store::Verdict::keep;
  };
  auto taken = database_.submit_write(std::move(job), [counts = counts_](store::Outcome outcome) {
    counts->waiting.fetch_sub(1);
    if (outcome.failure) ++counts->dropped;
  });
  if (taken) return;
  counts_->waiting.fetch_sub(1);
  ++counts_->dropped;
}

}  // namespace geili::app
