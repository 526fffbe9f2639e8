#pragma once
// Which handler answers a request. Built once at start, then read by every thread.

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/http.hpp"
#include "net/websocket.hpp"

namespace geili::net {

struct Route {
  Method method = Method::get;
  std::string pattern;       // "/api/v1/shops/{shop_id}"; a last "{rest...}" takes the remaining path
  std::string operation_id;  // as in api/openapi.yaml; empty for files and pages
  std::variant<Handler, UpgradeHandler> handler;
  std::size_t body_bytes_max = 64 * 1024;
};

// The route for a request, the parameters of its pattern, and when nothing fits, whether the path is known
// under other methods (405 with Allow) or not at all (404).
struct Match {
  const Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<Method> allowed;
};

class Router {
 public:
  // Asserts that no route of the same method and shape was added before. Literal segments win over
  // parameters, parameters over "{rest...}". HEAD is answered by the GET route.
  void add(Route route);
  Match match(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace geili::net
