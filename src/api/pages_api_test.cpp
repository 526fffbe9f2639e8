#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "api/routes.hpp"
#include "net/server.hpp"
#include "net/testing/test_client.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::api {
namespace {

using net::testing::Answer;
using net::testing::TestClient;

constexpr const char* kNavigation = "text/html,application/xhtml+xml,*/*;q=0.8";

class PagesTest : public ::testing::Test {
 protected:
  PagesTest() {
    write("index.html", "<html><head><!--geili:head--></head><body>the app</body></html>");
    write("favicon.svg", "<svg/>");
    context_.web_dir = folder_.path().string();
    server_ = net::Server::create({}, make_router(context_), {});
    server_->start();
  }
  ~PagesTest() override { server_->stop(0); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  Answer get(const std::string& path, const std::string& accept) {
    return TestClient(server_->port()).get(path, {{"Accept", accept}});
  }

  store::sqlite::TempFolder folder_;
  Context context_;
  std::unique_ptr<net::Server> server_;
};

TEST_F(PagesTest, WhoComesToAnUnknownAddressSeesTheAppsPage) {
  for (const char* path : {"/nowhere", "/shows/7/replay", "/studio/nothing/here", "/old.html"}) {
    const Answer answer = get(path, kNavigation);
    EXPECT_EQ(answer.status, 404U) << path;
    EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8") << path;
    EXPECT_NE(answer.body.find("the app"), std::string::npos) << path;
    EXPECT_NE(answer.body.find("<title>"), std::string::npos) << path;
  }
}

TEST_F(PagesTest, WhatIsNotAPageStaysWithoutOne) {
  const Answer asset = get("/_app/immutable/gone.js", kNavigation);
  EXPECT_EQ(asset.status, 404U);
  EXPECT_EQ(asset.header("Content-Type"), "text/plain; charset=utf-8");
  const Answer picture = get("/gone.png", "image/*");
  EXPECT_EQ(picture.status, 404U);
  EXPECT_EQ(picture.header("Content-Type"), "text/plain; charset=utf-8");
  for (const char* path : {"/api/v1/nothing", "/api/nothing", "/api"}) {
    const Answer operation = get(path, kNavigation);
    EXPECT_EQ(operation.status, 404U) << path;
    EXPECT_EQ(operation.header("Content-Type"), "application/problem+json") << path;
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
      EXPECT_EQ(TestClient(server_->port()).request(method, path, "{}").status, 404U)
          << method << path;
    }
  }
}

TEST_F(PagesTest, AnOperationUnderAnotherMethodIsNamed) {
  const Answer answer = get("/api/v1/setup", kNavigation);
  EXPECT_EQ(answer.status, 405U);
  EXPECT_EQ(answer.header("Allow"), "POST");
}

TEST_F(PagesTest, FilesAndPagesAreStillFound) {
  EXPECT_EQ(get("/favicon.svg", kNavigation).body, "<svg/>");
  EXPECT_EQ(get("/studio", kNavigation).status, 200U);
}

}  // namespace
}  // namespace geili::api
