#include "net/router.hpp"

#include <gtest/gtest.h>

namespace geili::net {
namespace {

Router sample() {
  Router router;
  const auto add = [&](Method method, const char* pattern) {
    router.add(
        {.method = method, .pattern = pattern, .operation_id = pattern, .handler = [](Request) {
           return Response{};
         }});
  };
  add(Method::get, "/");
  add(Method::get, "/shops");
  add(Method::post, "/shops");
  add(Method::get, "/shops/mine");
  add(Method::get, "/shops/{shop_id}");
  add(Method::patch, "/shops/{shop_id}");
  add(Method::post, "/shops/mine/close");
  add(Method::get, "/shops/{shop_id}/{part}");
  add(Method::get, "/files/{rest...}");
  add(Method::put, "/files/mine");
  return router;
}

struct Case {
  Method method;
  const char* path;
  const char* pattern;  // "" when nothing matches
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<Method> allowed;
};

TEST(Router, PrefersLiteralsThenParametersThenTheRest) {
  const Router router = sample();
  const Case cases[] = {
      {Method::get, "/", "/", {}, {}},
      {Method::get, "/shops", "/shops", {}, {}},
      {Method::head, "/shops", "/shops", {}, {}},
      {Method::post, "/shops", "/shops", {}, {}},
      {Method::put, "/shops", "", {}, {Method::get, Method::head, Method::post}},
      {Method::get, "/shops/", "", {}, {}},
      {Method::get, "/shops/mine", "/shops/mine", {}, {}},
      {Method::patch, "/shops/mine", "/shops/{shop_id}", {{"shop_id", "mine"}}, {}},
      {Method::get, "/shops/7", "/shops/{shop_id}", {{"shop_id", "7"}}, {}},
      {Method::get,
       "/shops/mine/photo",
       "/shops/{shop_id}/{part}",
       {{"shop_id", "mine"}, {"part", "photo"}},
       {}},
      {Method::get,
       "/shops/mine/close",
       "/shops/{shop_id}/{part}",
       {{"shop_id", "mine"}, {"part", "close"}},
       {}},
      {Method::del, "/shops/7", "", {}, {Method::get, Method::head, Method::patch}},
      {Method::get, "/files/a/b.css", "/files/{rest...}", {{"rest", "a/b.css"}}, {}},
      {Method::get, "/files/", "/files/{rest...}", {{"rest", ""}}, {}},
      {Method::get, "/files", "", {}, {}},
      {Method::get, "/files/mine", "", {}, {Method::put}},
      {Method::get, "//shops", "", {}, {}},
      {Method::get, "", "", {}, {}},
      {Method::get, "shops", "", {}, {}},
  };
  for (const Case& c : cases) {
    const Match match = router.match(c.method, c.path);
    EXPECT_EQ(match.route == nullptr ? "" : match.route->pattern, c.pattern) << c.path;
    EXPECT_EQ(match.parameters, c.parameters) << c.path;
    EXPECT_EQ(match.allowed, c.allowed) << c.path;
  }
}

TEST(RouterDeathTest, RefusesTwoRoutesOfOneShape) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Router router = sample();
  Route same{.method = Method::get,
             .pattern = "/shops/{other}",
             .operation_id = "",
             .handler = [](Request) { return Response{}; }};
  EXPECT_DEATH(router.add(same), "kNone");
}

}  // namespace
}  // namespace geili::net
