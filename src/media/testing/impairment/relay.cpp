#include "media/testing/impairment/relay.hpp"

#include <future>
#include <list>
#include <thread>
#include <type_traits>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "media/testing/impairment/tcp_route.hpp"
#include "media/testing/impairment/udp_route.hpp"

namespace geili::media::testing {
namespace asio = boost::asio;
namespace {

template <class Protocol>
typename Protocol::endpoint endpoint_of(const TransportAddress& address) {
  return {asio::ip::make_address(address.ip.to_text()), address.port};
}

template <class Endpoint>
TransportAddress address_of(const Endpoint& endpoint, Transport transport) {
  return {*IpAddress::parse(endpoint.address().to_string()), endpoint.port(), transport};
}

}  // namespace

struct Relay::Parts {
  Parts(std::uint64_t seed, const LinkSettings& settings) : link(io, seed, settings) {}

  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  Link link;
  std::list<UdpRoute> udp;
  std::list<TcpRoute> tcp;
  std::thread thread;

  // What `call` gives, on the relay's thread.
  template <class Call>
  auto ask(Call call) {
    std::packaged_task<std::invoke_result_t<Call>()> task(std::move(call));
    auto answer = task.get_future();
    asio::post(io, [&task] { task(); });
    return answer.get();
  }
};

Relay::Relay(const RelayOptions& options)
    : parts_(std::make_unique<Parts>(options.seed, options.settings)) {
  for (const auto& [at, target] : options.routes) {
    if (at.transport == Transport::udp) {
      using asio::ip::udp;
      const UdpRoute& route = parts_->udp.emplace_back(
          parts_->io, parts_->link, endpoint_of<udp>(at), endpoint_of<udp>(target));
      addresses_.push_back(address_of(route.address(), Transport::udp));
    } else {
      using asio::ip::tcp;
      const TcpRoute& route = parts_->tcp.emplace_back(
          parts_->io, parts_->link, endpoint_of<tcp>(at), endpoint_of<tcp>(target));
      addresses_.push_back(address_of(route.address(), Transport::tcp));
    }
  }
  parts_->thread = std::thread([parts = parts_.get()] { parts->io.run(); });
}

Relay::~Relay() {
  parts_->ask([this] {
    parts_->udp.clear();
    parts_->tcp.clear();
    parts_->work.reset();
  });
  parts_->io.stop();
  parts_->thread.join();
}

LinkSettings Relay::settings() {
  return parts_->ask([this] { return parts_->link.settings(); });
}

void Relay::set(const LinkSettings& settings) {
  parts_->ask([this, &settings] { parts_->link.set(settings); });
}

void Relay::cut(Cut cut) {
  parts_->ask([this, cut] {
    LinkSettings settings = parts_->link.settings();
    settings.cut = cut;
    parts_->link.set(settings);
  });
}

void Relay::reset_connections() {
  parts_->ask([this] {
    for (TcpRoute& route : parts_->tcp) route.reset();
  });
}

RelayFigures Relay::figures() {
  return parts_->ask([this] {
    RelayFigures figures{.up = parts_->link.figures(Direction::up),
                         .down = parts_->link.figures(Direction::down)};
    for (const UdpRoute& route : parts_->udp) figures.udp_flows += route.flows();
    for (const TcpRoute& route : parts_->tcp) figures.tcp_connections += route.flows();
    return figures;
  });
}

}  // namespace geili::media::testing
