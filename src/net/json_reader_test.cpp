#include "net/json_reader.hpp"

#include <gtest/gtest.h>

#include "net/query.hpp"

namespace geili::net {
namespace {

struct Sample {
  std::string title;
  std::int64_t count = 0;
  std::vector<std::int64_t> ids;
  std::string nested;
};

Result<Sample> read_sample(std::string_view text) {
  Sample sample;
  auto read = read_object(text, [&](ObjectReader& reader) {
    sample.title = reader.text("title", {.min_length = 1, .max_length = 5});
    sample.count = reader.integer("count", 0, 10);
    if (reader.has("ids")) sample.ids = reader.ids("ids", 2);
    reader.optional_object("inner", [&](ObjectReader& inner) {
      sample.nested = inner.text("a~/b", {.max_length = 5});
    });
  });
  if (!read) return fail_as(read);
  return sample;
}

TEST(JsonReader, ReadsWhatIsAskedFor) {
  const auto sample =
      read_sample(R"({"title":" Perle ","count":3,"ids":["7","8"],"inner":{"a~/b":"x"}})");
  ASSERT_TRUE(sample);
  EXPECT_EQ(sample->title, "Perle");
  EXPECT_EQ(sample->count, 3);
  EXPECT_EQ(sample->ids, (std::vector<std::int64_t>{7, 8}));
  EXPECT_EQ(sample->nested, "x");
}

TEST(JsonReader, TellsEveryFaultWithItsPath) {
  const auto sample =
      read_sample(R"({"title":"","count":11,"ids":["07","8"],"inner":{"a~/b":5},"extra":null})");
  ASSERT_FALSE(sample);
  std::string told;
  for (const auto& field : sample.error().fields) told += field.path + " " + field.message + "\n";
  EXPECT_EQ(told,
            "/title is empty\n"
            "/count is not between 0 and 10\n"
            "/ids/0 is not an identity\n"
            "/inner/a~0~1b is not a string\n"
            "/extra is not known\n");
}

TEST(JsonReader, RefusesWhatIsNotOneObject) {
  std::string deep(1000, '[');
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("{} x"), std::string("{'a':1}"), deep,
        std::string("{\"a\":\"\xC0\x80\"}"), std::string("{\"a\":1,}"), std::string("nul"),
        std::string(R"([{"a":1e9999}])"), std::string(R"({"title":"a","title":"b"})"),
        std::string(R"({"inner":{"a":1,"\u0061":2}})")}) {
    const auto value = parse_json(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().code, "json-invalid") << text;
  }
  for (const char* text : {"[]", "1", "null", "\"x\""}) {
    const auto sample = read_sample(text);
    ASSERT_FALSE(sample) << text;
    EXPECT_EQ(sample.error().fields.at(0).message, "is not an object");
  }
  EXPECT_TRUE(parse_json(R"({"a":{"x":1},"b":{"x":1}})"));
}

TEST(JsonReader, RefusesNumbersThatAreNoIntegers) {
  for (const char* count : {"1.5", "1e2", "true", "\"1\"", "99999999999999999999", "-1", "null"}) {
    EXPECT_FALSE(read_sample(std::string(R"({"title":"a","count":)") + count + "}")) << count;
  }
}

TEST(Query, ReadsAndRefuses) {
  const auto query = Query::parse("a=1&b=x+%C3%A9&c=true&d");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query->integer("a", 0, 5).value(), 1);
  EXPECT_EQ(query->text("b"), "x é");
  EXPECT_TRUE(query->boolean("c").value());
  EXPECT_EQ(query->text("d"), "");
  EXPECT_FALSE(query->integer("z", 0, 5).value());
  EXPECT_EQ(query->integer("b", 0, 5).error().fields.at(0).path, "b");
  EXPECT_FALSE(query->check_names({"a", "b", "c"}));
  for (const std::string& raw :
       {std::string("a=%"), std::string("a=%4"), std::string("a=%zz"), std::string("a=%C0%80"),
        std::string("a=%00"), std::string("a=1&a=2"), std::string(3000, 'a'),
        std::string("1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17&18&19&20&21")}) {
    EXPECT_FALSE(Query::parse(raw)) << raw;
  }
}

}  // namespace
}  // namespace geili::net
