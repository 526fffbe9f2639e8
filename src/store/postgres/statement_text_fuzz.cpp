// Whatever text comes, what is told of it lies within it: the values of a row are pieces of the
// text, parameters are named once in its statement of many rows, and words are found by their
// names.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgres/statement_text.hpp"

namespace {

void require(bool is_true) {
  if (!is_true) std::abort();
}

bool is_within(std::string_view part, std::string_view text) {
  return part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili::store::postgres;
  const void* bytes = data;
  const std::string sql(static_cast<const char*>(bytes), size);
  const StatementText text(sql);
  require(text.sql() == sql);
  if (!text.target().empty()) require(text.names(text.target()));
  if (!text.only_table().empty()) require(text.names(text.only_table()));
  for (const std::string& column : text.changed_columns()) require(text.names(column));
  if (text.kind() == StatementText::Kind::select) {
    require(text.rests_on_what(StatementText("VACUUM")));  // not understood: changes everything
    (void)select_for_update(text.sql());
  }
  const auto& insert = text.row_insert();
  if (!insert) return 0;
  require(text.kind() == StatementText::Kind::insert && insert->table == text.target());
  require(insert->values.size() == insert->columns.size());
  std::size_t parameters = 0;
  for (const RowInsert::Column& column : insert->columns) {
    if (column.parameter != RowInsert::kNoParameter) {
      parameters = std::max(parameters, column.parameter + 1);
    }
  }
  for (const std::string_view value : insert->values) require(is_within(value, text.sql()));
  const std::vector<std::string_view> types(parameters, "bigint");
  require(insert_of_many(*insert, types).starts_with("INSERT INTO " + insert->table + " ("));
  return 0;
}
