#pragma once
// Values on their way to the server and back, in PostgreSQL's binary format: numbers in network
// order, texts and byte strings as they are.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

#include "store/value.hpp"

namespace geili::store::postgres {

// The parameters of one call. Views into the values that assign() was given.
class Parameters {
 public:
  // `types` is what the server wants of $1…; values beyond them are left out. Throws StoreFailure
  // when there are too few, when one is of another type, does not fit, or is a text with a NUL.
  void assign(std::span<const Oid> types, std::span<const Value> values, std::string_view sql);

  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  std::size_t size_bytes() const;
  // One text for all values, the same for the same values only.
  std::string joined() const;

 private:
  void set(std::size_t i, Oid type, const Value& value, std::string_view sql);
  void set_integer(std::size_t i, Oid type, std::int64_t number, std::string_view sql);

  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;  // all 1: binary
  std::vector<std::array<char, 8>> numbers_;
};

// One row of a result that stays alive.
class ResultRow final : public Row {
 public:
  explicit ResultRow(const PGresult* result) : result_(result) {}
  void move_to(int row) { row_ = row; }

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string_view text(int column) const override;
  ByteView bytes(int column) const override;

 private:
  std::string_view raw(int column) const;

  const PGresult* result_;
  int row_ = 0;
};

}  // namespace geili::store::postgres
