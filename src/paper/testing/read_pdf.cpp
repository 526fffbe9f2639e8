#include "paper/testing/read_pdf.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <stdlib.h>

namespace geili::paper::testing {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& path, const Bytes& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(as_text(bytes).data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.good()) throw std::runtime_error("cannot write " + path.string());
}

// A file in a folder of its own, gone at the end.
class PdfFile {
 public:
  explicit PdfFile(const Bytes& pdf)
      : folder_((fs::temp_directory_path() / "geili-paper-XXXXXX").string()) {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    write_file(path(), pdf);
  }
  ~PdfFile() { fs::remove_all(folder_); }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;
  std::string path() const { return folder_ + "/file.pdf"; }

 private:
  std::string folder_;
};

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 65'536> block{};
  for (std::size_t size = 0; (size = std::fread(block.data(), 1, block.size(), pipe)) > 0;) {
    output.append(block.data(), size);
  }
  if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return output;
}

}  // namespace

std::string text_of(const Bytes& pdf) {
  const PdfFile file(pdf);
  return output_of("pdftotext -layout -enc UTF-8 '" + file.path() + "' -");
}

std::vector<std::string> pages_of(const Bytes& pdf) {
  const std::string text = text_of(pdf);
  std::vector<std::string> pages;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\f', at);
    pages.push_back(text.substr(at, end - at));
    if (end == std::string::npos) break;
    at = end + 1;
  }
  return pages;
}

std::string info_of(const Bytes& pdf) {
  const PdfFile file(pdf);
  return output_of("pdfinfo '" + file.path() + "'");
}

std::string codes_of(const Bytes& pdf) {
  const PdfFile file(pdf);
  return output_of("pdftoppm -r 200 -png -f 1 -l 1 '" + file.path() + "' '" + file.path() +
                   "' && zbarimg --nodbus -q '" + file.path() + "'*.png");
}

std::string picture_of(const Bytes& pdf, int dpi) {
  const PdfFile file(pdf);
  return output_of("pdftoppm -r " + std::to_string(dpi) + " -gray -f 1 -l 1 '" + file.path() + "'");
}

void keep(const std::string& name, const Bytes& pdf) {
  const char* folder = std::getenv("GEILI_PAPER_DIR");
  if (folder != nullptr) write_file(fs::path(folder) / (name + ".pdf"), pdf);
}

}  // namespace geili::paper::testing
