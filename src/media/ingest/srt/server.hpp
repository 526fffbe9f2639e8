#pragma once
// Listens for SRT publishers and puts what they send on streams. libsrt has threads of its own that
// receive; one thread here reads from all callers and takes their transport streams apart, and the
// media thread gets the units.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "media/ingest/srt/connection.hpp"
#include "media/ingest/srt/library.hpp"
#include "media/ingest/srt/refused_keys.hpp"
#include "media/ingest/srt/seat.hpp"
#include "media/ingest/srt/socket.hpp"
#include "media/srt.hpp"

namespace geili::media::srt {

class Server final : private Door {
 public:
  // `settings` and `gate` outlive the server. `bytes_per_s_max`: of one publisher.
  Server(const SrtSettings& settings, std::uint64_t bytes_per_s_max,
         std::shared_ptr<boost::asio::io_context> media, PublishGate& gate, OpenStream open_stream);
  ~Server() override { stop(); }

  // Throws when the address cannot be had.
  void start();
  // Ends every connection and the thread; from another thread. The media thread runs on.
  void stop();
  std::uint16_t port() const { return port_; }
  // From any thread.
  SrtFigures figures() const;
  // On the media thread; none when nobody publishes the show by SRT.
  std::optional<LinkStats> link_of(ShowId show) const;

 private:
  using Io = std::shared_ptr<boost::asio::io_context>;

  Refusal look_at(std::string_view stream_id) noexcept override;
  void run();
  void accept_all(SteadyTime now);
  void take_in(Socket socket, SteadyTime now);
  // Before one more of it comes in.
  void make_room_for(const std::string& household);
  void decided(SocketId id, const Result<void>& admitted);
  void cut(SocketId id);
  void tick(SteadyTime now);
  void forget_those_over();
  void publish_figures();
  std::uint32_t seconds() const;

  const SrtSettings& settings_;
  const std::uint64_t bytes_per_s_max_;
  const std::shared_ptr<Desk> desk_;
  const SteadyTime start_ = std::chrono::steady_clock::now();
  RefusedKeys refused_keys_;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::atomic<bool> running_ = false;
  std::atomic<std::size_t> connection_count_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  struct {
    std::atomic<std::uint64_t> received_bytes = 0, received_packets = 0, lost_packets = 0,
                               dropped_packets = 0, damaged_units = 0;
  } published_;

  // Of SRT's thread.
  Io io_;
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  std::optional<Library> library_;
  std::optional<Poll> poll_;
  Socket listener_;
  std::unordered_map<SocketId, std::unique_ptr<Connection>> connections_;
  SocketStats gone_;  // sums of connections that are over
  std::uint64_t gone_damaged_ = 0;
  SteadyTime next_tick_;
};

}  // namespace geili::media::srt
