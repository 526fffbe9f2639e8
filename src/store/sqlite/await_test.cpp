// store/await.hpp over a real store.
#include "store/await.hpp"

#include <stdexcept>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "store/contract_fixture.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::store {
namespace {

using boost::asio::awaitable;

Result<std::int64_t> insert(Tx& tx) {
  return *tx.integer("INSERT INTO entry (label) VALUES ('x') RETURNING id");
}
Result<std::int64_t> insert_and_refuse(Tx& tx) {
  (void)insert(tx);
  return fail(ErrorKind::conflict, "sold-out", "None left.");
}
Result<std::int64_t> insert_and_throw(Tx& tx) {
  (void)insert(tx);
  throw std::runtime_error("broken");
}
Result<std::int64_t> count(Tx& tx) {
  return *tx.integer("SELECT count(*) FROM entry");
}

class Await : public ::testing::Test {
 protected:
  // Runs the coroutine to its end on this thread.
  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(io_, std::move(work), [&](std::exception_ptr thrown, T value) {
      failure = thrown;
      if (!thrown) result.emplace(std::move(value));
    });
    io_.restart();
    io_.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }

  boost::asio::io_context io_;
  sqlite::TempDatabase database_{sqlite::Settings{.migrations = contract::kSteps}};
};

awaitable<std::int64_t> write_then_read(Database* database) {
  const auto here = std::this_thread::get_id();
  const auto id = co_await write(*database, insert);
  EXPECT_EQ(std::this_thread::get_id(), here);
  EXPECT_TRUE(id.has_value());
  const auto found = co_await read(*database, count);
  EXPECT_EQ(std::this_thread::get_id(), here);
  co_return *found;
}

TEST_F(Await, ResumesWhereItWasWithTheAnswer) {
  EXPECT_EQ(run(write_then_read(&*database_)), 1);
}

TEST_F(Await, ARefusalIsAValue) {
  const auto refused = run(write(*database_, insert_and_refuse));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sold-out");
  EXPECT_EQ(*run(read(*database_, count)), 0);
}

TEST_F(Await, WhatTheJobThrewIsThrown) {
  EXPECT_THROW((void)run(write(*database_, insert_and_throw)), std::runtime_error);
  EXPECT_EQ(*run(read(*database_, count)), 0);
}

}  // namespace
}  // namespace geili::store
