#pragma once
// Values on their way to the server and back, in PostgreSQL's binary format: numbers in network
// order, texts and byte strings as they are.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include "store/value.hpp"

namespace geili::store::postgres {

// The parameters of one call. Views into the values that assign() was given.
class Parameters {
 public:
  // `types` is what the server wants of $1…; values beyond them are left out. Throws StoreFailure
  // when there are too few, when one is of another type, does not fit, or is a text with a NUL. For
  // an array the value is what ArrayWriter made.
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

inline constexpr Oid kBytes = 17;
inline constexpr Oid kInt8 = 20;
inline constexpr Oid kText = 25;

// What the type is called in SQL; empty for one whose values do not travel in arrays.
std::string_view name_in_array(Oid type);
// Whether Parameters would take the value for this type, and an array of it.
bool fits_in_array(Oid type, const Value& value);

// Values of one type as a parameter of its array's, in the binary format (array_send in
// PostgreSQL's src/backend/utils/adt/arrayfuncs.c): dimensions, whether there are nulls, the type;
// length and first index of the one dimension; each value behind its length, -1 for null.
class ArrayWriter {
 public:
  ArrayWriter(Oid type, std::size_t count);
  void add(const Value& value);  // one that fits
  std::string take() && { return std::move(out_); }

 private:
  void put(std::uint64_t number, int bytes);
  std::string out_;
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
