#include "paper/pdf.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <cairo-pdf.h>

#include "paper/check.hpp"
#include "paper/composer.hpp"
#include "paper/press.hpp"

namespace geili::paper {
namespace {

struct SurfaceDeleter {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CanvasDeleter {
  void operator()(cairo_t* canvas) const { cairo_destroy(canvas); }
};
using SurfacePtr = std::unique_ptr<cairo_surface_t, SurfaceDeleter>;
using CanvasPtr = std::unique_ptr<cairo_t, CanvasDeleter>;

struct Sink {
  Bytes bytes;
  bool is_full = false;
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  auto& sink = *static_cast<Sink*>(closure);
  if (sink.bytes.size() + length > kPdfBytesMax) {
    sink.is_full = true;
    return CAIRO_STATUS_WRITE_ERROR;
  }
  const auto* bytes = static_cast<const std::byte*>(static_cast<const void*>(data));
  sink.bytes.insert(sink.bytes.end(), bytes, bytes + length);
  return CAIRO_STATUS_SUCCESS;
}

std::unexpected<Error> too_large() {
  return fail(
      Error::make(ErrorKind::too_large, "paper-too-large", "The file would have too many bytes.")
          .with("bytes_max", static_cast<std::int64_t>(kPdfBytesMax)));
}

// Cairo would tell the time of day; a text that is no date leaves it out.
void describe(cairo_surface_t* surface, const Document& first, const PdfOptions& options) {
  const std::string created =
      options.created_at ? to_rfc3339(*options.created_at).substr(0, 19) + "Z" : "-";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, first.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Geili");
}

Result<int> draw(Press& press, const Document& document, int pages_left) {
  const Shaper shaper(document.language);
  int pages = 0;
  if (document.page_numbers) {
    auto counted = Composer(document, shaper, nullptr, 0, pages_left).compose();
    if (!counted) return counted;
    pages = *counted;
  }
  press.set_page(sheet_of(document.size));
  return Composer(document, shaper, &press, pages, pages_left).compose();
}

}  // namespace

Result<Bytes> to_pdf(std::span<const Document> documents, const PdfOptions& options) {
  if (documents.empty() || documents.size() > kDocumentsMax) {
    return fail(ErrorKind::too_large, "paper-too-many-documents",
                "A file holds 1 to " + std::to_string(kDocumentsMax) + " documents.");
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto checked = check_document(documents[i], "/" + std::to_string(i));
    if (!checked) return fail_as(checked);
    if (options.imposition == Imposition::four_a6_on_a4 && documents[i].size != PageSize::a6) {
      return fail(Error::invalid_field("/" + std::to_string(i) + "/size", "is not A6"));
    }
  }
  Sink sink;
  const Sheet sheet = sheet_of(documents.front().size);
  const SurfacePtr surface(
      cairo_pdf_surface_create_for_stream(append, &sink, sheet.width_pt, sheet.height_pt));
  describe(surface.get(), documents.front(), options);
  const CanvasPtr canvas(cairo_create(surface.get()));
  Press press(surface.get(), canvas.get(), options.imposition);
  int pages = 0;
  for (const Document& document : documents) {
    auto drawn = draw(press, document, kPagesMax - pages);
    if (!drawn) return fail_as(drawn);
    pages += *drawn;
  }
  press.finish();
  cairo_surface_finish(surface.get());
  if (sink.is_full) return too_large();
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error(std::string("a page could not be drawn: ") +
                             cairo_status_to_string(status));
  }
  return std::move(sink.bytes);
}

std::vector<std::string> missing_fonts() {
  struct Sample {
    std::string_view name;
    std::string_view text;
  };
  constexpr std::array kSamples{Sample{"latin", "AaÑñÉé¿¡Çç€œ№…–"},
                                Sample{"han", "珍珠直播給力订单壹"}};
  const Shaper shaper("zh");
  std::vector<std::string> missing;
  for (const Sample& sample : kSamples) {
    const auto layout = shaper.set(sample.text, {}, 500);
    if (unknown_letters(layout.get()) > 0) missing.emplace_back(sample.name);
  }
  return missing;
}

}  // namespace geili::paper
