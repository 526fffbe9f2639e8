// A line of an export's file: whatever it holds, it is a row of the table's kinds or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/transfer_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  static const store::Table table{
      "t",
      {{"n", store::Kind::integer}, {"label", store::Kind::text}, {"data", store::Kind::bytes}},
      {"n"},
      true};
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto row = app::parse_row(as_text(bytes), table);
  if (row && row->size() != table.columns.size()) std::abort();
  return 0;
}
