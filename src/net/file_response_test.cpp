#include "net/file_response.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "net/cookies.hpp"
#include "net/etag.hpp"
#include "net/http_date.hpp"
#include "net/server.hpp"
#include "net/static_files.hpp"
#include "net/testing/test_client.hpp"

namespace geili::net {
namespace {

namespace fs = std::filesystem;
using testing::TestClient;

TEST(Range, ReadsOneRangeOfBytes) {
  using Kind = RangeAnswer::Kind;
  struct Case {
    const char* field;
    Kind kind;
    ByteRange part;
  };
  const Case cases[] = {
      {"bytes=0-9", Kind::part, {0, 10}},
      {"bytes=5-", Kind::part, {5, 95}},
      {"bytes=-3", Kind::part, {97, 3}},
      {"bytes=-300", Kind::part, {0, 100}},
      {"bytes=90-500", Kind::part, {90, 10}},
      {"bytes=99-99", Kind::part, {99, 1}},
      {"bytes=100-", Kind::unsatisfiable, {}},
      {"bytes=-0", Kind::unsatisfiable, {}},
      {"bytes=9-0", Kind::whole, {}},
      {"bytes=0-1,5-6", Kind::whole, {}},
      {"bytes=-", Kind::whole, {}},
      {"bytes=a-b", Kind::whole, {}},
      {"lines=0-1", Kind::whole, {}},
      {"bytes=0x1-2", Kind::whole, {}},
      {"", Kind::whole, {}},
      {"bytes=99999999999999999999-", Kind::whole, {}},
  };
  for (const Case& c : cases) {
    const RangeAnswer answer = read_range(c.field, 100);
    EXPECT_EQ(answer.kind, c.kind) << c.field;
    EXPECT_EQ(answer.part.offset, c.part.offset) << c.field;
    EXPECT_EQ(answer.part.length, c.part.length) << c.field;
  }
  EXPECT_EQ(read_range("bytes=0-", 0).kind, Kind::unsatisfiable);
}

TEST(HttpDate, ReadsWhatItWrites) {
  EXPECT_EQ(to_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  for (const std::int64_t seconds : {0LL, 784111777LL, 1'795'000'000LL, 253402300799LL}) {
    EXPECT_EQ(parse_http_date(to_http_date(seconds)), seconds);
  }
  for (const char* bad : {"", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
                          "Sun, 06 Nov 1994 24:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                          "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(parse_http_date(bad), std::nullopt) << bad;
  }
}

TEST(Etag, ComparesListsWeaklyAndStrongly) {
  const std::string tag = strong_etag("a");
  EXPECT_TRUE(etag_list_has(R"("b", "a")", tag, EtagComparison::strong));
  EXPECT_TRUE(etag_list_has(R"(W/"a")", tag, EtagComparison::weak));
  EXPECT_FALSE(etag_list_has(R"(W/"a")", tag, EtagComparison::strong));
  EXPECT_TRUE(etag_list_has(" * ", tag, EtagComparison::weak) ||
              etag_list_has("*", tag, EtagComparison::weak));
  for (const char* bad : {"", "a", "\"a", "\"b\" x \"a\"", "W/a", "w/\"a\""}) {
    EXPECT_FALSE(etag_list_has(bad, tag, EtagComparison::weak)) << bad;
  }
  Headers headers;
  EXPECT_EQ(check_if_match(headers, tag).error().kind, ErrorKind::precondition_required);
  headers.set("If-Match", "\"old\"");
  EXPECT_EQ(check_if_match(headers, tag).error().kind, ErrorKind::precondition);
  headers.set("If-Match", "\"a\"");
  EXPECT_TRUE(check_if_match(headers, tag));
}

TEST(Cookies, KeepSessionsFromScriptsByDefault) {
  const SetCookie cookie{.name = "session", .value = "abc", .max_age = std::chrono::hours(1)};
  EXPECT_EQ(to_header(cookie), "session=abc; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax");
  EXPECT_EQ(forget_cookie(cookie), "session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax");
  Request request;
  request.headers.add("Cookie", "a=1; session=abc ;b=\"x\"");
  request.headers.add("cookie", "c=3;; d");
  EXPECT_EQ(request.cookie("session"), "abc");
  EXPECT_EQ(request.cookie("b"), "\"x\"");
  EXPECT_EQ(request.cookie("c"), "3");
  EXPECT_EQ(request.cookie("d"), std::nullopt);
  EXPECT_EQ(request.cookie("sess"), std::nullopt);
}

TEST(Codings, AreAcceptedUnlessRefused) {
  EXPECT_TRUE(accepts_coding("gzip, br", "br"));
  EXPECT_TRUE(accepts_coding("gzip;q=0.5, BR ; q=1", "br"));
  EXPECT_FALSE(accepts_coding("gzip, br;q=0", "br"));
  EXPECT_FALSE(accepts_coding("gzip, br; q=0.000", "br"));
  EXPECT_FALSE(accepts_coding("*", "br"));
  EXPECT_FALSE(accepts_coding("", "br"));
}

class StaticFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("static_" + std::to_string(::getpid()));
    write("index.html", "home");
    write("about.html", "about");
    write("200.html", "app");
    write("_app/immutable/a.js", "long script");
    write("_app/immutable/a.js.br", "B");
    write("_app/immutable/a.js.gz", "G");
    write("film.mp4", std::string(1 << 20, 'f') + "end");
    fs::create_symlink("/etc/hostname", folder_ / "link.txt");
    Router router;
    const auto handler = static_files({.folder = folder_.string(), .fallback = "200.html"});
    router.add({.method = Method::get, .pattern = "/{rest...}", .handler = handler});
    server_ = Server::create({}, std::move(router), {});
    server_->start();
  }
  void TearDown() override {
    server_.reset();
    fs::remove_all(folder_);
  }
  void write(const std::string& name, const std::string& content) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }

  fs::path folder_;
  std::unique_ptr<Server> server_;
};

TEST_F(StaticFiles, FindsPagesByTheirNames) {
  TestClient client(server_->port());
  EXPECT_EQ(client.get("/").body, "home");
  EXPECT_EQ(client.get("/about").body, "about");
  EXPECT_EQ(client.get("/about.html").header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(client.get("/some/route").body, "app");
  EXPECT_EQ(client.get("/missing.js").status, 404U);
  EXPECT_EQ(client.get("/link.txt").status, 404U);
  EXPECT_EQ(client.get("/..%2f..%2fetc/passwd").status, 400U);
}

TEST_F(StaticFiles, SendsWhatTheBrowserTakesAndKeeps) {
  TestClient client(server_->port());
  const auto brotli = client.get("/_app/immutable/a.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(brotli.body, "B");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(brotli.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(brotli.header("Cache-Control"), "public, max-age=31536000, immutable");
  const auto plain = client.get("/_app/immutable/a.js");
  EXPECT_EQ(plain.body, "long script");
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(client.get("/_app/immutable/a.js", {{"Accept-Encoding", "gzip"}}).body, "G");
  const auto page = client.get("/about");
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");
  EXPECT_EQ(client.get("/about", {{"If-None-Match", page.header("ETag")}}).status, 304U);
}

TEST_F(StaticFiles, SendsPartsOfLargeFiles) {
  TestClient client(server_->port());
  const auto whole = client.get("/film.mp4");
  EXPECT_EQ(whole.body.size(), (1U << 20) + 3);
  EXPECT_TRUE(whole.body.ends_with("fend"));
  const auto part = client.get("/film.mp4", {{"Range", "bytes=-3"}});
  EXPECT_EQ(part.status, 206U);
  EXPECT_EQ(part.body, "end");
  EXPECT_EQ(part.header("Content-Range"), "bytes 1048576-1048578/1048579");
  EXPECT_EQ(client.get("/film.mp4", {{"Range", "bytes=2000000-"}}).status, 416U);
  const std::string etag = whole.header("ETag");
  EXPECT_EQ(client.get("/film.mp4", {{"Range", "bytes=0-0"}, {"If-Range", etag}}).status, 206U);
  EXPECT_EQ(client.get("/film.mp4", {{"Range", "bytes=0-0"}, {"If-Range", "\"x\""}}).status, 200U);
  EXPECT_EQ(client.get("/film.mp4", {{"If-None-Match", etag}}).status, 304U);
  const std::string date = whole.header("Last-Modified");
  EXPECT_EQ(client.get("/film.mp4", {{"If-Modified-Since", date}}).status, 304U);
  EXPECT_EQ(client.request("HEAD", "/film.mp4", "").header("Content-Length"), "1048579");
}

}  // namespace
}  // namespace geili::net
