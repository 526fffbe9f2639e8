#pragma once
// One thread of WebRTC: a UDP socket on the shared port, the sessions whose home it is, and the
// fan-outs of what they watch. All but the constructor, start(), post() and figures() belong to its
// thread.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"
#include "media/web_rtc.hpp"
#include "media/webrtc/feed.hpp"
#include "media/webrtc/programme.hpp"
#include "media/webrtc/session_table.hpp"
#include "media/webrtc/strangers.hpp"
#include "media/webrtc/tcp_connection.hpp"
#include "media/webrtc/udp_port.hpp"

namespace geili::media::webrtc {

class Worker;

// What the threads have in common. Unchanged once they run; outlives them.
struct Surroundings {
  const WebRtcSettings& settings;
  const Clock& clock;
  const dtls::Context& dtls;
  std::shared_ptr<boost::asio::io_context> media_io;
  std::vector<std::unique_ptr<Worker>>& workers;
  // Where we can be reached now; from any thread.
  std::function<std::vector<ice::Candidate>()> candidates;
};

// What an offer came to, before there is a session.
struct Negotiated {
  std::string name;  // of the session to be
  ice::Credentials local;
  sdp::Answer answer;
};

class Worker final : public Wire, private TcpConnection::Owner {
 public:
  using Io = std::shared_ptr<boost::asio::io_context>;
  // Sessions and packets forwarded by other threads that wait here.
  static constexpr std::size_t kForwardedMax = 4'096;

  // Binds `port`; throws std::system_error.
  Worker(std::uint8_t index, Surroundings& around, std::uint16_t port);
  ~Worker() override { stop(); }

  std::uint16_t port() const { return udp_.port(); }
  void start();
  // Ends every session and the thread; from another thread.
  void stop();
  const Io& io() const { return io_; }
  // The first letter of the user names and session names that live here.
  char home() const { return static_cast<char>('a' + index_); }
  std::size_t sessions() const { return session_count_; }
  void add_to(WebRtcFigures& figures) const;

  // From any thread. Errors: those of sdp::answer_ingest().
  Result<Negotiated> negotiate_ingest(const sdp::SessionDescription& offer) const;
  // The same of answer_playback(); `sending` gets its SSRCs.
  Result<Negotiated> negotiate_playback(const sdp::SessionDescription& offer,
                                        sdp::Sending& sending) const;

  // `inlet` ends with the session. Errors of both: unavailable "stopping".
  Result<SessionAnswer> publish(ShowId show, Negotiated negotiated, std::shared_ptr<Inlet> inlet);
  Result<SessionAnswer> play(const Programme& programme, Negotiated negotiated);
  // Errors: not_found "session-not-found", and those of Session::patch().
  Result<PatchAnswer> patch(const SessionRef& ref, std::string_view if_match,
                            const sdp::IceFragment& fragment);
  Result<void> close(const SessionRef& ref, const char* reason);
  WebRtcShowFigures figures_of(ShowId show) const;
  // A viewer needs a key frame of what the session publishes.
  void want_key_frame(const SessionRef& publisher, Layer layer);

  // An ICE-TCP connection that another thread accepted.
  void adopt(TcpConnection::Released connection);
  // Takes ICE-TCP connections for all threads.
  void accept_tcp(boost::asio::ip::tcp::acceptor acceptor);

  void send(const ice::Path& path, ByteView datagram) override;
  void begin(const ice::Path& path) override;
  std::span<std::byte> slot(std::size_t bytes_max) override;
  void commit(std::size_t bytes) override;
  void flush() override;

 private:
  struct ShowOut {  // a show that is watched here
    ShowOut(std::function<void(Layer)> want_key, std::size_t viewers_to_join_sound)
        : fan_out(std::move(want_key), viewers_to_join_sound) {}
    FanOut fan_out;
    std::shared_ptr<Feed> feed;
    Instant idle_since;
  };

  void run();
  void listen();
  void on_udp(std::span<std::byte> datagram, const UdpPath& path);
  // By another thread, which was given it by the kernel.
  void on_forwarded(Bytes datagram, UdpPath path, unsigned from);
  void take(std::span<std::byte> datagram, const ice::Path& path, unsigned came_by);
  // The thread whose session it is, when it is another's.
  std::optional<unsigned> home_of(ByteView datagram, const TransportAddress& remote) const;
  void forward(unsigned to, ByteView datagram, const UdpPath& path);
  std::uint32_t via_of(const IpAddress& local);
  void on_claimed(Session& session, const ice::Path& path, unsigned came_by);

  bool on_packet(TcpConnection& connection, std::span<std::byte> packet) override;
  void on_closed(TcpConnection& connection) override;
  void accept_next();
  void take_connection(boost::asio::ip::tcp::socket socket, ByteView early);
  // False when sessions have all there is.
  bool make_room_for(const IpAddress& from);
  void refuse(std::uint32_t via);
  void refuse_strangers_until(Instant since_max);
  void forget(std::uint32_t via);
  void close_connections_of(const Session& session);

  void tick();
  void tick_publisher(Session& session, Instant now);
  void after_batch(Session& session, Instant now);
  void push_units(Session& session);
  void reap(Instant now);
  void remove(Session& session);
  std::unique_ptr<Session> make_session(ShowId show, const Negotiated& negotiated, Instant now);
  Result<SessionAnswer> keep(std::unique_ptr<Session> session, const sdp::Answer& answer);
  Negotiated begin_negotiation(const sdp::LocalTransport& local, sdp::Answer answer) const;
  sdp::LocalTransport local_transport() const;
  ShowOut& show_out(const Programme& programme);
  Session* find(const SessionRef& ref) const;
  void publish_figures();

  const std::uint8_t index_;
  Surroundings& around_;
  Io io_;
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
  std::thread thread_;
  std::atomic<bool> running_ = false;
  std::atomic<std::size_t> session_count_ = 0;
  std::atomic<std::size_t> forwarded_ = 0;
  struct {
    std::atomic<std::size_t> publishers = 0, viewers = 0, tcp_connections = 0;
    std::atomic<std::uint64_t> received_packets = 0, received_bytes = 0, sent_packets = 0,
                               sent_bytes = 0, dropped_packets = 0, retransmitted_packets = 0,
                               refused_packets = 0, tcp_refused = 0;
  } published_;

  UdpPort udp_;
  boost::asio::posix::stream_descriptor readable_;
  boost::asio::steady_timer ticker_;
  std::uint64_t ticks_ = 0;
  UdpBatch batch_;
  std::vector<IpAddress> locals_;  // by ice::Path::via
  SessionTable sessions_;
  std::vector<Session*> publishers_;
  std::vector<Session*> touched_;  // of those, since the last after_batch()
  std::unordered_map<ShowId, std::unique_ptr<ShowOut>> shows_;
  std::unordered_map<TransportAddress, unsigned> elsewhere_;  // whose datagrams arrive here
  std::uint64_t retransmitted_before_ = 0;                    // of sessions that are gone
  std::uint64_t refused_before_ = 0;

  std::optional<boost::asio::ip::tcp::acceptor> acceptor_;
  // By ice::Path::via.
  std::unordered_map<std::uint32_t, std::shared_ptr<TcpConnection>> connections_;
  Strangers strangers_;  // of these
  std::uint64_t refused_connections_ = 0;
  std::uint32_t next_via_;
  // Of the run that was begun: by UDP, or to a connection, or nowhere because that is gone.
  bool runs_by_udp_ = true;
  TcpConnection* run_to_ = nullptr;
  Bytes run_slot_;
};

}  // namespace geili::media::webrtc
