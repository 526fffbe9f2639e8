#include "ops/config.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <gtest/gtest.h>

namespace geili::ops {
namespace {

std::filesystem::path test_folder() {
  auto name = (std::filesystem::temp_directory_path() / "geili_config_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

class ConfigTest : public ::testing::Test {
 protected:
  ~ConfigTest() override { std::filesystem::remove_all(folder_); }

  ConfigSources with_file(std::string_view text) const {
    const auto path = folder_ / "geili.toml";
    std::ofstream(path) << text;
    return {.file = path.string(), .environment = {}, .flags = {}};
  }

  std::filesystem::path folder_ = test_folder();
};

TEST_F(ConfigTest, DefaultsStandAlone) {
  const auto config = load_config({});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->server.port, 8080);
  EXPECT_EQ(config->server.public_url, "http://127.0.0.1:8080");
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
  EXPECT_EQ(config->server.web_root, program.parent_path().parent_path() / "share/geili/web");
}

TEST_F(ConfigTest, FlagOverrulesEnvironmentOverrulesFile) {
  auto sources = with_file("[server]\nport = 1001\nio_threads = 3\n[log]\nlevel = \"warn\"\n");
  sources.environment = {"GEILI_SERVER_PORT=1002", "GEILI_LOG_LEVEL=debug", "HOME=/x",
                         "GEILI_JOBS=2"};
  sources.flags = {{"server.port", "1003"}};
  const auto config = load_config(sources);
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->server.port, 1003);
  EXPECT_EQ(config->log.level, "debug");
  EXPECT_EQ(config->server.io_threads, 3);
  EXPECT_EQ(config->server.public_url, "http://127.0.0.1:1003");
}

TEST_F(ConfigTest, ListsComeFromArraysAndFromCommas) {
  const auto from_file =
      load_config(with_file("[server]\ntrusted_proxies = [\"10.0.0.1\", \"::1\"]\n"));
  ASSERT_TRUE(from_file);
  EXPECT_EQ(from_file->server.trusted_proxies, (std::vector<std::string>{"10.0.0.1", "::1"}));
  const auto from_text = load_config(
      {.file = {}, .environment = {"GEILI_SERVER_TRUSTED_PROXIES=10.0.0.1, ::1"}, .flags = {}});
  ASSERT_TRUE(from_text);
  EXPECT_EQ(from_text->server.trusted_proxies, from_file->server.trusted_proxies);
}

struct BadInput {
  const char* name;
  const char* file;
  const char* where;
  const char* says;
};

class BadFileTest : public ConfigTest, public ::testing::WithParamInterface<BadInput> {};

TEST_P(BadFileTest, IsRefusedWithItsPlace) {
  const auto config = load_config(with_file(GetParam().file));
  ASSERT_FALSE(config);
  ASSERT_EQ(config.error().fields.size(), 1U) << describe(config.error());
  EXPECT_EQ(config.error().fields[0].path, GetParam().where);
  EXPECT_NE(config.error().fields[0].message.find(GetParam().says), std::string::npos)
      << config.error().fields[0].message;
}

INSTANTIATE_TEST_SUITE_P(
    , BadFileTest,
    ::testing::Values(
        BadInput{"UnknownKey", "[server]\n\nprot = 1\n", "geili.toml:3",
                 "did you mean server.port?"},
        BadInput{"UnknownSection", "[sever]\nport = 1\n", "geili.toml:2",
                 "did you mean server.port?"},
        BadInput{"KeyWithoutSection", "port = 1\n", "geili.toml:1", "unknown key port"},
        BadInput{"NestedTable", "[server.port]\na = 1\n", "geili.toml:1", "must be a whole number"},
        BadInput{"PortTooLarge", "[server]\nport = 65536\n", "geili.toml:2", "between 0 and 65535"},
        BadInput{"PortNegative", "[server]\nport = -1\n", "geili.toml:2", "between 0 and 65535"},
        BadInput{"NumberAsText", "[server]\nport = \"80\"\n", "geili.toml:2",
                 "must be a whole number"},
        BadInput{"Fraction", "[server]\nport = 80.5\n", "geili.toml:2", "must be a whole number"},
        BadInput{"TextAsNumber", "[log]\nlevel = 1\n", "geili.toml:2", "must be a text"},
        BadInput{"WrongChoice", "[log]\nlevel = \"loud\"\n", "geili.toml:2",
                 "must be one of trace"},
        BadInput{"NumberAsTruth", "[rtmp]\nenabled = 1\n", "geili.toml:2", "must be true or false"},
        BadInput{"HostName", "[server]\naddress = \"localhost\"\n", "geili.toml:2", "IPv4 or IPv6"},
        BadInput{"MixedList", "[server]\ntrusted_proxies = [\"::1\", 2]\n", "geili.toml:2",
                 "list of texts"},
        BadInput{"BadProxy", "[server]\ntrusted_proxies = [\"x\"]\n", "geili.toml:2",
                 "IPv4 or IPv6"},
        BadInput{"UrlWithPath", "[server]\npublic_url = \"https://a.b/c\"\n", "geili.toml:2",
                 "without a path"},
        BadInput{"ContactWithoutScheme", "[push]\ncontact = \"a@b\"\n", "geili.toml:2",
                 "must be mailto:"},
        BadInput{"ContactWithQuote", "[push]\ncontact = 'mailto:a@b\"'\n", "geili.toml:2",
                 "must be mailto:"},
        BadInput{"UrlWithoutScheme", "[server]\npublic_url = \"a.b\"\n", "geili.toml:2",
                 "must be http"},
        BadInput{"EmptyDirectory", "[data]\ndir = \"\"\n", "geili.toml:2", "must not be empty"},
        BadInput{"StoreOfAnotherKind", "[store]\nurl = \"mysql://a:b@c/d\"\n", "geili.toml:2",
                 "must be postgresql://"},
        BadInput{"SecretAsNumber", "[store]\nurl = 1\n", "geili.toml:2", "must be a text"},
        BadInput{"NotToml", "[server]\nport = = 1\n", "geili.toml:2", ""}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(ConfigTest, ASecretIsReadAndNeverRepeated) {
  const auto config = load_config(
      {.file = {}, .environment = {"GEILI_STORE_URL=postgresql://a:hunter2@b/c"}, .flags = {}});
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->store.url.reveal(), "postgresql://a:hunter2@b/c");
  const auto refused =
      load_config({.file = {}, .environment = {}, .flags = {{"store.url", "a:hunter2"}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(describe(refused.error()).find("hunter2"), std::string::npos);
}

TEST_F(ConfigTest, UnknownVariableOfASectionIsRefused) {
  const auto config =
      load_config({.file = {}, .environment = {"GEILI_SERVER_PROT=1"}, .flags = {}});
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().fields[0].path, "GEILI_SERVER_PROT");
  EXPECT_EQ(config.error().fields[0].message, "unknown variable; did you mean GEILI_SERVER_PORT?");
}

TEST_F(ConfigTest, EveryFaultIsNamedAtOnce) {
  auto sources = with_file("[server]\nport = -1\nprot = 1\n");
  sources.environment = {"GEILI_RTMP_PORT=ninety"};
  sources.flags = {{"log.level", "loud"}};
  const auto config = load_config(sources);
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().fields.size(), 4U) << describe(config.error());
}

TEST_F(ConfigTest, MissingFileIsAnError) {
  const auto config =
      load_config({.file = (folder_ / "none.toml").string(), .environment = {}, .flags = {}});
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, "config-unreadable");
}

TEST_F(ConfigTest, ExampleFileIsTheOneTheCodeWrites) {
  const std::filesystem::path path = GEILI_SOURCE_DIR "/geili.example.toml";
  if (std::getenv("GEILI_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << example_config();
  std::ifstream stream(path);
  const std::string kept{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_EQ(kept, example_config()) << "run ./dev test unit --update";
}

TEST_F(ConfigTest, ExampleWithoutCommentMarksIsTheDefaults) {
  std::string text;
  for (std::size_t at = 0; at < example_config().size();) {
    const auto end = example_config().find('\n', at);
    auto line = example_config().substr(at, end - at);
    if (line.starts_with("# ") && line.contains(" = ")) line = line.substr(2);
    text += line + "\n";
    at = end + 1;
  }
  const auto config = load_config(with_file(text));
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->server.connections_max, Config{}.server.connections_max);
}

}  // namespace
}  // namespace geili::ops
