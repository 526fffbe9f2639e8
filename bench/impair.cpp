// A bad network as a program: passes UDP and TCP on with loss, delay, jitter, a rate and cuts (see
// media/testing/impairment/relay.hpp). All routes share one link.
//   impair [--udp LISTEN=TARGET]… [--tcp LISTEN=TARGET]… [--seed N] [--set JSON]
//   impair --udp 127.0.0.2:0=127.0.0.1:5004 --set '{"both":{"loss_permille":50,"delay_ms":50}}'
// The first line it prints says where it listens. Each line on standard input is a change like
// --set's, and is answered by a line of figures, or of an error; {} asks for them. Members:
//   up, down, both: loss_permille, burst_packets, duplicate_permille, delay_ms, jitter_ms, reorder,
//                   rate_kbps, queue_bytes; what is not named stays
//   cut: "none", "all", "udp", "tcp"
//   reset: true ends every TCP connection
// It ends with its standard input.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "media/testing/impairment/relay.hpp"
#include "net/json_reader.hpp"

namespace {

using namespace geili;
using namespace geili::media;
using namespace geili::media::testing;

constexpr std::size_t kLineBytesMax = 4'096;

struct Change {
  LinkSettings settings;
  bool resets = false;
};

void read_number(net::ObjectReader& reader, std::string_view name, unsigned max, unsigned& value) {
  if (const auto number = reader.optional_integer(name, 0, max)) {
    value = static_cast<unsigned>(*number);
  }
}

void read_direction(net::ObjectReader& reader, LineSettings& line) {
  constexpr unsigned kWhole = 1'000;
  constexpr unsigned kPacketsMax = 10'000;
  constexpr unsigned kTimeMsMax = 60'000;
  constexpr unsigned kRateKbpsMax = 10'000'000;
  constexpr unsigned kQueueBytesMax = 64 * 1024 * 1024;
  read_number(reader, "loss_permille", kWhole, line.loss_permille);
  read_number(reader, "burst_packets", kPacketsMax, line.burst_packets);
  read_number(reader, "duplicate_permille", kWhole, line.duplicate_permille);
  read_number(reader, "delay_ms", kTimeMsMax, line.delay_ms);
  read_number(reader, "jitter_ms", kTimeMsMax, line.jitter_ms);
  line.reorder = reader.optional_boolean("reorder").value_or(line.reorder);
  read_number(reader, "rate_kbps", kRateKbpsMax, line.rate_kbps);
  read_number(reader, "queue_bytes", kQueueBytesMax, line.queue_bytes);
  reader.refuse_others();
}

void read_cut(net::ObjectReader& reader, Cut& cut) {
  constexpr std::array<std::pair<std::string_view, Cut>, 4> kCuts{
      {{"none", Cut::none}, {"all", Cut::all}, {"udp", Cut::udp}, {"tcp", Cut::tcp}}};
  if (!reader.has("cut")) return;
  const std::string name = reader.opaque("cut", 1, 8);
  const auto found = std::ranges::find(kCuts, name, &std::pair<std::string_view, Cut>::first);
  if (found == kCuts.end()) return reader.fault("cut", "Must be none, all, udp or tcp.");
  cut = found->second;
}

Result<Change> read_change(std::string_view text, const LinkSettings& now) {
  Change change{now};
  auto read = net::read_object(text, [&change](net::ObjectReader& reader) {
    for (LineSettings* line : {&change.settings.up, &change.settings.down}) {
      reader.optional_object("both",
                             [line](net::ObjectReader& both) { read_direction(both, *line); });
    }
    for (const auto& [name, line] :
         {std::pair{"up", &change.settings.up}, std::pair{"down", &change.settings.down}}) {
      reader.optional_object(name, [line](net::ObjectReader& one) { read_direction(one, *line); });
    }
    read_cut(reader, change.settings.cut);
    change.resets = reader.optional_boolean("reset").value_or(false);
    reader.refuse_others();
  });
  if (!read) return fail_as(read);
  return change;
}

boost::json::object json_of(const LineFigures& figures) {
  return {{"packets", figures.packets},
          {"bytes", figures.bytes},
          {"forwarded", figures.forwarded},
          {"lost", figures.lost},
          {"queue_dropped", figures.queue_dropped},
          {"cut_dropped", figures.cut_dropped},
          {"duplicated", figures.duplicated},
          {"stream_losses", figures.stream_losses}};
}

std::string figures_of(Relay& relay) {
  const RelayFigures figures = relay.figures();
  return boost::json::serialize(boost::json::object{{"up", json_of(figures.up)},
                                                    {"down", json_of(figures.down)},
                                                    {"udp_flows", figures.udp_flows},
                                                    {"tcp_connections", figures.tcp_connections}});
}

std::string error_of(const Error& error) {
  boost::json::object told{{"error", error.code}, {"detail", error.detail}};
  if (!error.fields.empty()) {
    told["field"] = error.fields.front().path;
    told["detail"] = error.fields.front().message;
  }
  return boost::json::serialize(told);
}

std::string follow(Relay& relay, std::string_view line) {
  if (line.size() > kLineBytesMax)
    return error_of(
        Error::make(ErrorKind::too_large, "line-too-long", "A line has 4 KiB at most."));
  const auto change = read_change(line, relay.settings());
  if (!change) return error_of(change.error());
  relay.set(change->settings);
  if (change->resets) relay.reset_connections();
  return figures_of(relay);
}

template <class Number>
Number number_of(std::string_view text) {
  Number number{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("not a number: " + std::string(text));
  return number;
}

// "127.0.0.1:5004", "[::1]:5004"
TransportAddress address_of(std::string_view text, Transport transport) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos)
    throw std::invalid_argument("an address lacks its port: " + std::string(text));
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto ip = IpAddress::parse(host);
  if (!ip) throw std::invalid_argument("not an IP address: " + std::string(host));
  return {*ip, number_of<std::uint16_t>(text.substr(colon + 1)), transport};
}

Route route_of(std::string_view text, Transport transport) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos)
    throw std::invalid_argument("a route is LISTEN=TARGET: " + std::string(text));
  return {address_of(text.substr(0, equals), transport),
          address_of(text.substr(equals + 1), transport)};
}

RelayOptions options_of(std::span<char*> arguments) {
  RelayOptions options;
  if (arguments.size() % 2 != 0) throw std::invalid_argument("an option lacks its value");
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string_view name = arguments[i];
    const std::string_view value = arguments[i + 1];
    if (name == "--udp") {
      options.routes.push_back(route_of(value, Transport::udp));
    } else if (name == "--tcp") {
      options.routes.push_back(route_of(value, Transport::tcp));
    } else if (name == "--seed") {
      options.seed = number_of<std::uint64_t>(value);
    } else if (name == "--set") {
      const auto change = read_change(value, options.settings);
      if (!change) throw std::invalid_argument(error_of(change.error()));
      options.settings = change->settings;
    } else {
      throw std::invalid_argument("not an option: " + std::string(name));
    }
  }
  if (options.routes.empty()) throw std::invalid_argument("there is no route");
  return options;
}

std::string addresses_of(const Relay& relay) {
  boost::json::array udp;
  boost::json::array tcp;
  for (const TransportAddress& address : relay.addresses()) {
    const std::string text = address.to_text();  // "udp 127.0.0.1:5004"
    (address.transport == Transport::udp ? udp : tcp).emplace_back(text.substr(text.find(' ') + 1));
  }
  return boost::json::serialize(boost::json::object{{"udp", udp}, {"tcp", tcp}});
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Relay relay(options_of(std::span(argv, static_cast<std::size_t>(argc)).subspan(1)));
    std::cout << addresses_of(relay) << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << follow(relay, line) << std::endl;
    }
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "impair: %s\n", failed.what());
    return 1;
  }
}
