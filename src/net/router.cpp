#include "net/router.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>

namespace geili::net {
namespace {

constexpr std::size_t kMethods = 7;
constexpr std::int16_t kNone = -1;
constexpr std::size_t kDepthMax = 16;  // segments of a path that are looked at

struct Segment {
  enum class Kind : std::uint8_t { literal, parameter, rest } kind;
  std::string_view text;
};

Segment read_segment(std::string_view text) {
  if (text.size() < 3 || text.front() != '{') return {Segment::Kind::literal, text};
  assert(text.back() == '}');
  text = text.substr(1, text.size() - 2);
  if (text.ends_with("...")) return {Segment::Kind::rest, text.substr(0, text.size() - 3)};
  return {Segment::Kind::parameter, text};
}

// Splits "/a/b" into "a" and "/b".
std::string_view take_segment(std::string_view& path) {
  assert(path.starts_with('/'));
  const std::size_t end = std::min(path.find('/', 1), path.size());
  const std::string_view segment = path.substr(1, end - 1);
  path.remove_prefix(end);
  return segment;
}

std::vector<std::string> parameter_names(std::string_view pattern) {
  std::vector<std::string> names;
  while (!pattern.empty()) {
    const Segment segment = read_segment(take_segment(pattern));
    if (segment.kind != Segment::Kind::literal) names.emplace_back(segment.text);
  }
  return names;
}

using RouteTable = std::array<std::int16_t, kMethods>;
constexpr RouteTable empty_table() {
  RouteTable table{};
  table.fill(kNone);
  return table;
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Node> rest;
  RouteTable routes = empty_table();
};

struct Router::Search {
  Method method;
  std::int16_t found = kNone;
  std::vector<std::string_view> values;
  std::vector<Method> allowed;
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Route route) {
  assert(route.pattern.starts_with('/') && routes_.size() < 10'000);
  assert(route.method != Method::head);
  Node* node = root_.get();
  for (std::string_view left = route.pattern; !left.empty();) {
    const Segment segment = read_segment(take_segment(left));
    std::unique_ptr<Node>* child = nullptr;
    switch (segment.kind) {
      case Segment::Kind::literal:
        child = &node->literals[std::string(segment.text)];
        break;
      case Segment::Kind::parameter:
        child = &node->parameter;
        break;
      case Segment::Kind::rest:
        assert(left.empty());
        child = &node->rest;
        break;
    }
    if (!*child) *child = std::make_unique<Node>();
    node = child->get();
  }
  std::int16_t& slot = node->routes[static_cast<std::size_t>(route.method)];
  assert(slot == kNone);
  slot = static_cast<std::int16_t>(routes_.size());
  routes_.push_back(std::move(route));
}

void Router::try_routes(const Node& node, Search& search) const {
  const Method wanted = search.method == Method::head ? Method::get : search.method;
  search.found = node.routes[static_cast<std::size_t>(wanted)];
  if (search.found != kNone) return;
  for (std::size_t i = 0; i < kMethods; ++i) {
    const auto method = static_cast<Method>(i);
    if (node.routes[i] == kNone) continue;
    if (std::find(search.allowed.begin(), search.allowed.end(), method) != search.allowed.end()) {
      continue;
    }
    search.allowed.push_back(method);
    if (method == Method::get) search.allowed.push_back(Method::head);
  }
}

void Router::look(const Node& node, std::string_view rest, Search& search) const {
  if (rest.empty()) return try_routes(node, search);
  if (search.values.size() > kDepthMax) return;
  std::string_view after = rest;
  const std::string_view segment = take_segment(after);
  if (const auto literal = node.literals.find(segment); literal != node.literals.end()) {
    look(*literal->second, after, search);
    if (search.found != kNone) return;
  }
  if (node.parameter && !segment.empty()) {
    search.values.push_back(segment);
    look(*node.parameter, after, search);
    if (search.found != kNone) return;
    search.values.pop_back();
  }
  if (node.rest && search.allowed.empty()) {
    search.values.push_back(rest.substr(1));
    try_routes(*node.rest, search);
    if (search.found != kNone) return;
    search.values.pop_back();
  }
}

Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  Search search{.method = method, .found = kNone, .values = {}, .allowed = {}};
  look(*root_, path, search);
  if (search.found == kNone) {
    match.allowed = std::move(search.allowed);
    return match;
  }
  match.route = &routes_[static_cast<std::size_t>(search.found)];
  if (search.values.empty()) return match;
  std::vector<std::string> names = parameter_names(match.route->pattern);
  assert(names.size() == search.values.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    match.parameters.emplace_back(std::move(names[i]), search.values[i]);
  }
  return match;
}

}  // namespace geili::net
