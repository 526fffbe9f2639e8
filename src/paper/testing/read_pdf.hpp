#pragma once
// For tests: printed files read back by programs that know nothing of how they were made (poppler's
// pdftotext, pdfinfo and pdftoppm, and zbarimg). A test fails when a program is missing.

#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace geili::paper::testing {

// The text of all pages in reading order; a form feed ends each page.
std::string text_of(const Bytes& pdf);
// The same, page by page.
std::vector<std::string> pages_of(const Bytes& pdf);
// What pdfinfo says.
std::string info_of(const Bytes& pdf);
// Every code found on the first page, a line each: "QR-Code:https://…".
std::string codes_of(const Bytes& pdf);
// Page 1 as grey pixels of `dpi`, a portable graymap (P5).
std::string picture_of(const Bytes& pdf, int dpi = 60);

// Keeps a file for the eye when GEILI_PAPER_DIR names a folder.
void keep(const std::string& name, const Bytes& pdf);

}  // namespace geili::paper::testing
