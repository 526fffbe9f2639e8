#include "store/postgres/values.hpp"

#include <cassert>
#include <limits>

#include "store/tx.hpp"

namespace geili::store::postgres {
namespace {

// Of the types that the common dialect meets (PostgreSQL's catalogue pg_type).
constexpr Oid kBool = 16;
constexpr Oid kName = 19;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kVarchar = 1043;
constexpr Oid kBytesArray = 1001;
constexpr Oid kTextArray = 1009;
constexpr Oid kInt8Array = 1016;

// In bytes; 0 for what is no whole number.
int integer_size(Oid type) {
  switch (type) {
    case kInt8:
      return 8;
    case kInt4:
      return 4;
    case kInt2:
      return 2;
    case kBool:
      return 1;
    default:
      return 0;
  }
}

bool is_text(Oid type) {
  return type == kText || type == kVarchar || type == kName;
}

bool takes_bytes(Oid type) {
  return type == kBytes || type == kBytesArray || type == kTextArray || type == kInt8Array;
}

bool fits(std::int64_t number, Oid type) {
  if (type == kBool) return number == 0 || number == 1;
  if (type == kInt8) return true;
  const std::int64_t most = type == kInt4 ? std::int64_t{std::numeric_limits<std::int32_t>::max()}
                                          : std::int64_t{std::numeric_limits<std::int16_t>::max()};
  return number <= most && number >= -most - 1;
}

[[noreturn]] void refuse(std::size_t i, std::string_view what, std::string_view sql) {
  throw StoreFailure("$" + std::to_string(i + 1) + " " + std::string(what) + ": " +
                     std::string(sql));
}

}  // namespace

void Parameters::assign(std::span<const Oid> types, std::span<const Value> values,
                        std::string_view sql) {
  if (values.size() < types.size()) {
    throw StoreFailure("more parameters in the statement than values given: " + std::string(sql));
  }
  pointers_.resize(types.size());
  lengths_.resize(types.size());
  formats_.assign(types.size(), 1);
  numbers_.resize(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) set(i, types[i], values[i], sql);
}

void Parameters::set(std::size_t i, Oid type, const Value& value, std::string_view sql) {
  pointers_[i] = nullptr;
  lengths_[i] = 0;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    set_integer(i, type, *number, sql);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    if (!is_text(type)) refuse(i, "is a text, but the statement wants none there", sql);
    if (text->contains('\0')) refuse(i, "is a text that holds a NUL character", sql);
    pointers_[i] = text->empty() ? "" : text->data();
    lengths_[i] = static_cast<int>(text->size());
  } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
    if (!takes_bytes(type)) refuse(i, "is a byte string, but the statement wants none there", sql);
    const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
    pointers_[i] = static_cast<const char*>(data);
    lengths_[i] = static_cast<int>(bytes->size());
  }
}

void Parameters::set_integer(std::size_t i, Oid type, std::int64_t number, std::string_view sql) {
  const int size = integer_size(type);
  if (size == 0) refuse(i, "is a number, but the statement wants none there: CAST it", sql);
  if (!fits(number, type)) refuse(i, "is a number too large for its place: CAST it", sql);
  auto bits = static_cast<std::uint64_t>(number);
  for (int at = size - 1; at >= 0; --at, bits >>= 8U) {
    numbers_[i][static_cast<std::size_t>(at)] = static_cast<char>(bits & 0xFFU);
  }
  pointers_[i] = numbers_[i].data();
  lengths_[i] = size;
}

std::size_t Parameters::size_bytes() const {
  std::size_t sum = 0;
  for (const int length : lengths_) sum += static_cast<std::size_t>(length);
  return sum;
}

std::string Parameters::joined() const {
  std::string text;
  for (std::size_t i = 0; i < pointers_.size(); ++i) {
    text += pointers_[i] == nullptr ? std::string("null") : std::to_string(lengths_[i]);
    text += ' ';
    if (pointers_[i] != nullptr) text.append(pointers_[i], static_cast<std::size_t>(lengths_[i]));
  }
  return text;
}

std::string_view name_in_array(Oid type) {
  switch (type) {
    case kInt8:
      return "bigint";
    case kText:
      return "text";
    case kBytes:
      return "bytea";
    default:
      return "";
  }
}

bool fits_in_array(Oid type, const Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return type == kInt8;
  if (std::holds_alternative<ByteView>(value)) return type == kBytes;
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    return type == kText && !text->contains('\0');
  }
  return !name_in_array(type).empty();
}

ArrayWriter::ArrayWriter(Oid type, std::size_t count) {
  put(1, 4);
  put(1, 4);
  put(type, 4);
  put(count, 4);
  put(1, 4);
}

void ArrayWriter::add(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    put(8, 4);
    put(static_cast<std::uint64_t>(*number), 8);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    put(text->size(), 4);
    out_ += *text;
  } else if (const auto* bytes = std::get_if<ByteView>(&value)) {
    put(bytes->size(), 4);
    for (const auto byte : *bytes) out_ += static_cast<char>(byte);
  } else {
    put(static_cast<std::uint64_t>(-1), 4);
  }
}

void ArrayWriter::put(std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out_ += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
  }
}

std::string_view ResultRow::raw(int column) const {
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool ResultRow::is_null(int column) const {
  assert(column >= 0 && column < PQnfields(result_));
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t ResultRow::integer(int column) const {
  assert(!is_null(column));
  // SUM over 64-bit numbers is of another type: the common dialect says CAST(SUM(x) AS BIGINT).
  assert(integer_size(PQftype(result_, column)) != 0);
  const std::string_view digits = raw(column);
  const bool is_negative = digits.size() > 1 && (static_cast<unsigned char>(digits[0]) & 0x80U);
  std::uint64_t bits = is_negative ? std::numeric_limits<std::uint64_t>::max() : 0;
  for (const char byte : digits) bits = (bits << 8U) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(bits);
}

std::string_view ResultRow::text(int column) const {
  assert(!is_null(column));
  assert(is_text(PQftype(result_, column)));
  return raw(column);
}

ByteView ResultRow::bytes(int column) const {
  assert(!is_null(column));
  assert(PQftype(result_, column) == kBytes);
  const std::string_view data = raw(column);
  return as_bytes(data);
}

}  // namespace geili::store::postgres
