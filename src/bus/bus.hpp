#pragma once
// Publish and subscribe between the parts of a node and between nodes. Delivery is at most once:
// what must not be lost is in the store, and a message only says that it is there.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>

#include "base/result.hpp"

namespace geili::bus {

inline constexpr std::size_t kTopicBytesMax = 128;
inline constexpr std::size_t kPayloadBytesMax = 256 * 1024;
inline constexpr std::size_t kSubscriptionsMax = 20'000;
inline constexpr std::size_t kQueueMessagesMax = 1024;

// Tokens of [a-z0-9_-] joined by dots: "show.12".
bool is_topic(std::string_view text);
// A topic, or a topic and ".>" at its end: "show.>" takes every topic that starts with "show.".
bool is_filter(std::string_view text);
bool matches(std::string_view filter, std::string_view topic);

// Payloads are shared by all who receive them.
using Payload = std::shared_ptr<const std::string>;

struct Message {
  std::string topic;
  Payload payload;
  std::uint64_t missed = 0;  // messages dropped since the one before, because the queue was full
};

// Ends when it is destroyed. Destroy it on its executor's thread (then `receive` is not called
// again), or when that executor runs no more.
class Subscription {
 public:
  virtual ~Subscription() = default;
  // How many messages found the queue full and were dropped. Thread-safe.
  virtual std::uint64_t dropped_count() const = 0;
};

struct Subscribe {
  std::string filter;
  boost::asio::any_io_executor executor;  // `receive` is posted to it, one call at a time
  std::function<void(const Message&)> receive;
  std::size_t queue_messages_max = kQueueMessagesMax;
};

// Thread-safe. Outlives its subscriptions.
class Bus {
 public:
  virtual ~Bus() = default;
  // Hands the payload to every subscription that matches; never waits for one. A subscription sees
  // the messages of one publisher in their order. Fails with bus-topic-invalid or
  // bus-payload-too-large.
  virtual Result<void> publish(std::string_view topic, Payload payload) = 0;
  // Sees what is published after the call. Fails with bus-topic-invalid or bus-subscriptions-limit.
  virtual Result<std::unique_ptr<Subscription>> subscribe(Subscribe subscribe) = 0;
};

inline Result<void> publish(Bus& bus, std::string_view topic, std::string_view payload) {
  return bus.publish(topic, std::make_shared<const std::string>(payload));
}

}  // namespace geili::bus
