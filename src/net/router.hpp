#pragma once
// Which handler answers a request. Built once at start, then read by every thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/http.hpp"
#include "net/websocket.hpp"

namespace geili::net {

struct Route {
  Method method = Method::get;
  std::string pattern;  // "/api/v1/shops/{shop_id}"; a last "{rest...}" takes the remaining path
  std::string operation_id;  // as in api/openapi.yaml; empty for files and pages
  std::variant<Handler, DirectHandler, UpgradeHandler> handler;
  std::size_t body_bytes_max = 64 * 1024;
};

// The route for a request, the parameters of its pattern, and when nothing fits, whether the path
// is known under other methods (405 with Allow) or not at all (404).
struct Match {
  const Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<Method> allowed;
};

class Router {
 public:
  Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  // Asserts that no route of the same method and shape was added before. Literal segments win over
  // parameters, parameters over "{rest...}", which may be empty; "{rest...}" takes no path that
  // another route knows under any method. HEAD is answered by the GET route.
  void add(Route route);
  // `Match::route` points into this router.
  Match match(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Node;
  struct Search;
  void look(const Node& node, std::string_view rest, Search& search) const;
  void try_routes(const Node& node, Search& search) const;

  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace geili::net
