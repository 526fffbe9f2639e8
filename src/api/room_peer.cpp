#include "api/room_peer.hpp"

#include <deque>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "api/decode.hpp"
#include "api/paced.hpp"
#include "flows/comment_order.hpp"
#include "identity/devices.hpp"
#include "live/await.hpp"
#include "live/event_json.hpp"
#include "live/hub.hpp"
#include "live/room.hpp"
#include "live/viewer_sink.hpp"
#include "net/json_reader.hpp"
#include "orders/order.hpp"
#include "store/await.hpp"

namespace geili::api {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kCommandsWaitingMax = 16;  // from one connection; more is a flood
constexpr std::chrono::seconds kMemberAskedEvery{5};

// Hands frames to the socket; the Hub and the peer share it.
class SocketSink final : public live::ViewerSink {
 public:
  explicit SocketSink(std::shared_ptr<net::WebSocket> socket) : socket_(std::move(socket)) {}

  bool offer(const live::Frame& frame) override { return socket_ && socket_->send(frame); }

  void close(live::CloseReason reason) override {
    if (!socket_) return;
    switch (reason) {
      case live::CloseReason::too_slow:
        return socket_->close(net::CloseCode::too_slow, "too slow: come back with since");
      case live::CloseReason::ended:
        return socket_->close(net::CloseCode::ended, "the room has ended");
      case live::CloseReason::not_found:
        return socket_->close(net::CloseCode::try_again, "the room is not open");
      case live::CloseReason::room_full:
        return socket_->close(net::CloseCode::try_again, "the room is full");
    }
  }

  void gone() { socket_.reset(); }
  net::WebSocket* socket() const { return socket_.get(); }

 private:
  std::shared_ptr<net::WebSocket> socket_;
};

// What a coroutine of the peer needs after the peer itself may be gone.
struct Connection {
  const Context* context;
  Visitor visitor;
  std::shared_ptr<SocketSink> sink;
  std::deque<std::string> waiting;
  bool is_working = false;
  std::optional<Instant> member_asked_at = {};
};

void refuse(const Connection& connection, std::string_view ref, const Error& error) {
  connection.sink->offer(net::text_frame(live::refused_frame(ref, error)));
}

// The name a device has chosen since it joined without one.
awaitable<std::string> device_name(std::shared_ptr<Connection> connection) {
  auto job = [token = connection->visitor.device_token](store::Tx& tx) -> Result<std::string> {
    auto device = identity::find_device(tx, token);
    return device ? device->display_name.value_or("") : std::string();
  };
  auto name = co_await store::read(*connection->context->database, job);
  co_return name ? std::move(*name) : std::string();
}

// Whether the device has bought since it joined; one that keeps trying is not looked up each time.
awaitable<bool> has_become_member(std::shared_ptr<Connection> connection) {
  const Visitor& visitor = connection->visitor;
  const Instant now = connection->context->clock->now();
  const auto asked_at = connection->member_asked_at;
  const bool is_soon = asked_at && now - *asked_at < kMemberAskedEvery;
  if (is_soon || visitor.actor.device == DeviceId{}) co_return false;
  connection->member_asked_at = now;
  auto job = [shop = visitor.shop, device = visitor.actor.device](store::Tx& tx) -> Result<bool> {
    return orders::has_bought(tx, shop, device);
  };
  auto bought = co_await store::read(*connection->context->database, job);
  connection->visitor.actor.is_member = bought && *bought;
  co_return connection->visitor.actor.is_member;
}

// What was ordered in the chat is held as if it had been tapped; its author alone hears how it
// went.
awaitable<void> hold_order(std::shared_ptr<Connection> connection, std::string ref,
                           flows::CommentWish wish) {
  const Context* context = connection->context;
  if (auto paced = check_pace(context, connection->visitor.device_token); !paced) {
    refuse(*connection, ref, paced.error());
    co_return;
  }
  live::Wanted wanted{.order = {.quantity = wish.quantity, .number = wish.number}, .product = {}};
  auto find = [show = wish.show, number = wish.number](store::Tx& tx) {
    return flows::ordered_product(tx, show, number);
  };
  auto product = co_await store::read(*context->database, find);
  if (!product) {
    refuse(*connection, ref, product.error());
    co_return;
  }
  wanted.product = *product;
  auto job = [wish = std::move(wish), clock = context->clock](store::Tx& tx) {
    return flows::hold_by_comment(tx, wish, *clock);
  };
  auto held = co_await store::write(*context->database, job);
  if (!held) wanted.refused = held.error().code;
  connection->sink->offer(net::text_frame(live::wanted_frame(wanted)));
}

awaitable<void> carry_out(std::shared_ptr<Connection> connection, std::string message) {
  std::string ref;
  auto command = decode_command(message, connection->visitor, ref);
  if (!command) {
    refuse(*connection, ref, command.error());
    co_return;
  }
  if (auto* chat = std::get_if<live::SendChat>(&*command); chat && chat->name.empty()) {
    auto name = co_await device_name(connection);
    connection->visitor.name = name;
    chat->name = std::move(name);
  }
  live::Hub* hub = connection->context->hub;
  const ShowId show = connection->visitor.show;
  auto done = co_await live::ask(hub, show, *command);
  if (!done && done.error().code == "chat-members-only" && co_await has_become_member(connection)) {
    std::get<live::SendChat>(*command).actor.is_member = true;
    done = co_await live::ask(hub, show, *command);
  }
  if (!done) {
    refuse(*connection, ref, done.error());
    co_return;
  }
  if (done->unheard) connection->sink->offer(net::text_frame(live::own_frame(*done->unheard)));
  if (!done->order) co_return;
  const auto& chat = std::get<live::SendChat>(*command);
  co_await hold_order(connection, ref,
                      {.device = chat.actor.device,
                       .show = show,
                       .number = done->order->number,
                       .quantity = done->order->quantity,
                       .name = chat.name,
                       .is_told = !done->unheard});
}

// One command after another, so that what a person says keeps its order.
awaitable<void> work(std::shared_ptr<Connection> connection) {
  connection->is_working = true;
  while (!connection->waiting.empty() && connection->sink->socket()) {
    std::string message = std::move(connection->waiting.front());
    connection->waiting.pop_front();
    co_await carry_out(connection, std::move(message));
  }
  connection->is_working = false;
}

class RoomPeer final : public net::WebSocketPeer {
 public:
  RoomPeer(const Context& context, Visitor visitor)
      : connection_(std::make_shared<Connection>(&context, std::move(visitor), nullptr)) {}

  void opened(std::shared_ptr<net::WebSocket> socket) override {
    const auto executor = socket->executor();
    connection_->sink = std::make_shared<SocketSink>(std::move(socket));
    const Visitor& visitor = connection_->visitor;
    connection_->context->hub->join({.show = visitor.show,
                                     .sink = connection_->sink,
                                     .executor = executor,
                                     .role = visitor.actor.role,
                                     .name = visitor.name,
                                     .is_member = visitor.actor.is_member,
                                     .since = visitor.since,
                                     .epoch = visitor.epoch});
  }

  void text(std::string_view message) override {
    net::WebSocket* socket = connection_->sink->socket();
    if (!socket) return;
    if (connection_->waiting.size() == kCommandsWaitingMax) {
      return socket->close(net::CloseCode::policy, "too many commands at once");
    }
    connection_->waiting.emplace_back(message);
    if (connection_->is_working) return;
    boost::asio::co_spawn(socket->executor(), work(connection_), boost::asio::detached);
  }

  void closed() override {
    if (!connection_->sink) return;
    connection_->context->hub->leave(*connection_->sink);
    connection_->sink->gone();
  }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

Result<live::Command> decode_command(std::string_view message, const Visitor& visitor,
                                     std::string& ref) {
  live::Command command = live::SendHearts{.actor = visitor.actor};
  auto read = net::read_object(message, [&](net::ObjectReader& body) {
    ref = body.optional_text("ref", {.min_length = 1, .max_length = 32}).value_or("");
    const std::string type = body.text("type", {.min_length = 1, .max_length = 20});
    if (type == "chat") {
      command = live::SendChat{
          .actor = visitor.actor,
          .name = visitor.name,
          .text = body.text("text", {.min_length = 1, .max_length = live::kChatLengthMax}),
          .is_question = body.optional_boolean("question").value_or(false),
          .page_language = optional_language(body, "lang").value_or("")};
    } else if (type == "hearts") {
      command = live::SendHearts{.actor = visitor.actor,
                                 .count = body.integer("count", 1, live::kHeartsPerCommandMax)};
    } else if (type == "raise_hand" || type == "lower_hand") {
      command = live::RaiseHand{.actor = visitor.actor,
                                .product = ProductId{body.id("product_id")},
                                .is_up = type == "raise_hand"};
    } else if (!type.empty()) {
      body.fault("type", "is not one of the commands");
    }
  });
  if (!read) return fail_as(read);
  return command;
}

std::unique_ptr<net::WebSocketPeer> make_room_peer(const Context& context, Visitor visitor) {
  return std::make_unique<RoomPeer>(context, std::move(visitor));
}

}  // namespace geili::api
