#include "bus/local/local_bus.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

namespace geili::bus {
namespace {

// The bounded queue of one subscription, drained on its executor.
class Queue : public std::enable_shared_from_this<Queue> {
 public:
  explicit Queue(Subscribe subscribe) : subscribe_(std::move(subscribe)) {}

  const std::string& filter() const { return subscribe_.filter; }
  std::uint64_t dropped_count() const { return dropped_count_.load(std::memory_order_relaxed); }
  void stop() { stopped_.store(true, std::memory_order_release); }

  void push(std::string_view topic, const Payload& payload) {
    bool must_post = false;
    {
      const std::lock_guard lock(mutex_);
      if (messages_.size() >= subscribe_.queue_messages_max) {
        ++missed_;
        dropped_count_.fetch_add(1, std::memory_order_relaxed);
        return;
      }
      messages_.push_back({std::string(topic), payload, std::exchange(missed_, 0)});
      must_post = !std::exchange(is_posted_, true);
    }
    if (must_post) post_drain();
  }

 private:
  void post_drain() {
    boost::asio::post(subscribe_.executor, [self = shared_from_this()] { self->drain(); });
  }

  // Takes what waits now and comes back for the rest, so that one busy topic leaves the thread to
  // others. The messages stay counted in the queue until they are handed over.
  void drain() {
    for (std::size_t left = kMessagesPerTurn; left > 0; --left) {
      Message message;
      {
        const std::lock_guard lock(mutex_);
        if (messages_.empty()) {
          is_posted_ = false;
          return;
        }
        message = std::move(messages_.front());
        messages_.pop_front();
      }
      if (stopped_.load(std::memory_order_acquire)) return;
      subscribe_.receive(message);
    }
    post_drain();
  }

  static constexpr std::size_t kMessagesPerTurn = 64;

  const Subscribe subscribe_;
  std::atomic<bool> stopped_ = false;
  std::atomic<std::uint64_t> dropped_count_ = 0;
  std::mutex mutex_;
  std::deque<Message> messages_;
  std::uint64_t missed_ = 0;
  bool is_posted_ = false;
};

using QueuePtr = std::shared_ptr<Queue>;

// Who listens. Subscriptions share it, so that one of them may end after the bus.
class Registry {
 public:
  bool add(const QueuePtr& queue) {
    const std::lock_guard lock(mutex_);
    if (count_ >= kSubscriptionsMax) return false;
    ++count_;
    list_of(queue->filter()).push_back(queue);
    return true;
  }

  void remove(const QueuePtr& queue) {
    const std::lock_guard lock(mutex_);
    auto& list = list_of(queue->filter());
    list.erase(std::find(list.begin(), list.end(), queue));
    if (list.empty() && &list != &wide_) exact_.erase(queue->filter());
    --count_;
  }

  // Under the lock, so that all subscriptions see one order.
  void push(std::string_view topic, const Payload& payload) {
    const std::lock_guard lock(mutex_);
    if (const auto found = exact_.find(topic); found != exact_.end()) {
      for (const auto& queue : found->second) queue->push(topic, payload);
    }
    for (const auto& queue : wide_) {
      if (matches(queue->filter(), topic)) queue->push(topic, payload);
    }
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  std::vector<QueuePtr>& list_of(const std::string& filter) {
    return is_topic(filter) ? exact_[filter] : wide_;
  }

  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<QueuePtr>, Hash, std::equal_to<>> exact_;
  std::vector<QueuePtr> wide_;
  std::size_t count_ = 0;
};

class LocalSubscription final : public Subscription {
 public:
  LocalSubscription(std::shared_ptr<Registry> registry, QueuePtr queue)
      : registry_(std::move(registry)), queue_(std::move(queue)) {}
  LocalSubscription(const LocalSubscription&) = delete;
  LocalSubscription& operator=(const LocalSubscription&) = delete;
  ~LocalSubscription() override {
    queue_->stop();
    registry_->remove(queue_);
  }
  std::uint64_t dropped_count() const override { return queue_->dropped_count(); }

 private:
  std::shared_ptr<Registry> registry_;
  QueuePtr queue_;
};

class LocalBus final : public Bus {
 public:
  Result<void> publish(std::string_view topic, Payload payload) override {
    if (!is_topic(topic)) {
      return fail(ErrorKind::invalid, "bus-topic-invalid", "A topic is made of dotted tokens.");
    }
    if (payload->size() > kPayloadBytesMax) {
      return fail(ErrorKind::too_large, "bus-payload-too-large", "A bus message is too large.");
    }
    registry_->push(topic, payload);
    return {};
  }

  Result<std::unique_ptr<Subscription>> subscribe(Subscribe subscribe) override {
    if (!is_filter(subscribe.filter)) {
      return fail(ErrorKind::invalid, "bus-topic-invalid", "A filter is a topic, or ends in .>");
    }
    auto queue = std::make_shared<Queue>(std::move(subscribe));
    if (!registry_->add(queue)) {
      return fail(ErrorKind::unavailable, "bus-subscriptions-limit", "Too many subscriptions.");
    }
    return std::make_unique<LocalSubscription>(registry_, std::move(queue));
  }

 private:
  std::shared_ptr<Registry> registry_ = std::make_shared<Registry>();
};

}  // namespace

std::unique_ptr<Bus> make_local_bus() {
  return std::make_unique<LocalBus>();
}

}  // namespace geili::bus
