#pragma once
// The file of `geili export`: every row of the store as JSON, a line each, whichever database it
// came from and goes to.
//
//   {"format":"geili-export","version":1,"schema":[[1,"identity",-123…],…]}   the steps, with
//   checksums
//   {"table":"person","columns":["id",…],"last_id":7}                          then its rows:
//   [1,"Ana",null,{"bytes":"base64url"},…]
//   {"end":true,"rows":123,"sha256":"…"}                                       of every line before
//
// Tables and rows come in one order, so that the same data is the same file.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/transfer.hpp"

namespace geili::app {

inline constexpr std::size_t kTransferLineBytesMax = 64UL * 1024 * 1024;

// Writes the file, of one snapshot when `tx` is; returns the rows. Throws std::runtime_error when
// it cannot be written.
std::int64_t export_rows(store::Tx& tx, const store::Catalogue& catalogue,
                         const std::filesystem::path& path);

// Reads the file into an empty store; returns the rows. Errors, after which the caller undoes
// everything: import-unreadable, import-invalid (its field says which line), import-other-schema,
// import-not-empty.
Result<std::int64_t> import_rows(store::Tx& tx, const store::Catalogue& catalogue,
                                 const std::filesystem::path& path);

// A row's line as values of the table's columns. Error: import-invalid.
Result<std::vector<store::Held>> parse_row(std::string_view line, const store::Table& table);

}  // namespace geili::app
