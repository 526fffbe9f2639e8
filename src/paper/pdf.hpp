#pragma once
// Documents as PDF.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "paper/document.hpp"

namespace geili::paper {

// How pages lie on sheets.
enum class Imposition : std::uint8_t {
  one_page,
  four_a6_on_a4,  // with lines to cut along
};

struct PdfOptions {
  std::optional<Instant> created_at;  // none: the file tells no time
  Imposition imposition = Imposition::one_page;
};

// All documents in one file, each beginning on a page of its own; of four_a6_on_a4 each is A6. The
// same documents, fonts and libraries give the same bytes. Thread-safe; it computes for
// milliseconds, so an io thread hands it to another: one that lives long, since what a thread loads
// of the fonts stays with the process.
//
// Fails with invalid-field (the path names document, block and text: text that is not UTF-8 or has
// control or bidirectional characters, sizes out of their range, a code that cannot be made),
// paper-too-many-documents, paper-too-many-blocks, paper-too-many-cells, paper-too-many-pages,
// paper-too-large, paper-row-too-tall (a row or line that no page can hold). A table whose rows
// have another number of cells than it has columns is a programmer's mistake and asserts.
Result<Bytes> to_pdf(std::span<const Document> documents, const PdfOptions& options = {});

// What the fonts of this machine cannot write, of what Geili prints: "latin", "han". Thread-safe.
std::vector<std::string> missing_fonts();

}  // namespace geili::paper
