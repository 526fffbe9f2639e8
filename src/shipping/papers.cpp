#include "shipping/papers.hpp"

#include <map>
#include <set>
#include <utility>

#include "paper/pdf.hpp"
#include "shipping/country.hpp"
#include "shipping/paper_words.hpp"

namespace geili::shipping {
namespace {

using paper::Align;
using paper::Block;
using paper::Document;
using paper::PageSize;
using paper::Style;

std::unexpected<Error> too_many() {
  return fail(ErrorKind::too_large, "shipping-too-many-papers",
              "More is to be printed than one file holds.");
}

Result<void> check_count(std::span<const SlipParcel> parcels) {
  if (parcels.empty()) {
    return fail(ErrorKind::unprocessable, "shipping-nothing-to-print", "There is no parcel.");
  }
  if (parcels.size() > kSlipsMax) return too_many();
  for (const SlipParcel& parcel : parcels) {
    if (parcel.items.size() > kSlipItemsMax) return too_many();
  }
  return {};
}

std::int64_t pieces_of(const SlipParcel& parcel) {
  std::int64_t pieces = 0;
  for (const SlipItem& item : parcel.items) pieces += item.quantity;
  return pieces;
}

std::string joined(const std::set<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    if (!text.empty()) text += ", ";
    text += std::to_string(number);
  }
  return text;
}

// The largest size, down from `largest_pt`, at which a text on a label is likely to stay within
// `height_pt`. Chinese letters are counted as twice as wide as others.
int fitting_pt(std::string_view text, int largest_pt, std::int64_t height_pt) {
  constexpr int kSmallestPt = 8;
  constexpr std::int64_t kWidthPt = 250;
  for (int size_pt = largest_pt; size_pt > kSmallestPt; --size_pt) {
    std::int64_t lines = 0;
    std::int64_t halves = 0;  // half squares in the line
    const auto end_line = [&] { lines += halves * size_pt * 11 / 20 / kWidthPt + 1; };
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '\n') {
        end_line();
        halves = 0;
      } else if ((byte & 0xC0U) != 0x80) {
        halves += byte >= 0xE0 ? 2 : 1;
      }
    }
    end_line();
    if (lines * size_pt * 14 / 10 <= height_pt) return size_pt;
  }
  return kSmallestPt;
}

// What is to be found in the store: parts in the place of their bundle.
std::vector<SlipPart> goods_of(const SlipParcel& parcel) {
  std::vector<SlipPart> pieces;
  for (const SlipItem& item : parcel.items) {
    if (item.parts.empty()) pieces.push_back({item.product, item.title, item.quantity});
    pieces.insert(pieces.end(), item.parts.begin(), item.parts.end());
  }
  return pieces;
}

// "Evening set (1 × Chain, 2 × Earrings)"
std::string with_parts(const SlipItem& item) {
  std::string text = item.title;
  for (const SlipPart& part : item.parts) {
    text += (&part == item.parts.data() ? " (" : ", ") + std::to_string(part.quantity) + " × ";
    text += part.title;
  }
  return item.parts.empty() ? text : text + ")";
}

class Printer {
 public:
  explicit Printer(const PaperRequest& request)
      : request_(request), words_(paper_words(request.language)) {}

  Document slip(const SlipParcel& parcel, PageSize size) const {
    const bool is_small = size == PageSize::a6;
    Document document = page(size, is_small ? 6 : 16, words_.slip);
    document.footer =
        request_.sender.shop + " · " + paper::filled(words_.box, {number(parcel.box)});
    if (!parcel.order_link.empty()) document.footer += " · " + std::string(words_.scan);
    auto& blocks = document.blocks;
    blocks.emplace_back(paper::Masthead{.eyebrow = heading(),
                                        .title = number(parcel.box),
                                        .title_pt = is_small ? 60 : 96,
                                        .lines = {orders_of(parcel), pieces(pieces_of(parcel))},
                                        .qr = parcel.order_link,
                                        .qr_mm = is_small ? 30 : 42});
    if (parcel.is_gift) blocks.emplace_back(strong(std::string(words_.gift), is_small ? 11 : 14));
    blocks.emplace_back(paper::Rule{});
    blocks.emplace_back(strong(parcel.to.recipient, is_small ? 12 : 16));
    blocks.emplace_back(text(address_of(parcel), is_small ? 10 : 12));
    blocks.emplace_back(items_of(parcel, is_small));
    if (!parcel.note.empty()) {
      blocks.emplace_back(text(std::string(words_.note) + ": " + parcel.note, is_small ? 10 : 12));
    }
    return document;
  }

  Document label(const SlipParcel& parcel) const {
    Document document = page(PageSize::label_100x150, 5, words_.label);
    document.page_numbers = false;
    auto& blocks = document.blocks;
    blocks.emplace_back(paper::Paragraph{
        .text = std::string(words_.from) + ": " + sender_of(parcel), .size_pt = 8});
    blocks.emplace_back(paper::Rule{});
    blocks.emplace_back(
        paper::Paragraph{.text = std::string(words_.to), .size_pt = 9, .style = Style::muted});
    blocks.emplace_back(strong(parcel.to.recipient, fitting_pt(parcel.to.recipient, 18, 36)));
    blocks.emplace_back(text(parcel.to.lines, fitting_pt(parcel.to.lines, 15, 85)));
    if (leaves_country(parcel)) {
      blocks.emplace_back(strong(country_line(parcel.to.country, language()), 18));
    }
    if (!parcel.to.phone.empty()) {
      blocks.emplace_back(text(paper::filled(words_.phone, {parcel.to.phone}), 11));
    }
    blocks.emplace_back(paper::Rule{});
    blocks.emplace_back(paper::Masthead{.eyebrow = heading(),
                                        .title = number(parcel.box),
                                        .title_pt = 40,
                                        .lines = handling_of(parcel),
                                        .qr = parcel.order_link,
                                        .qr_mm = 26});
    if (!parcel.tracking_number.empty()) {
      blocks.emplace_back(
          paper::Barcode{.data = parcel.tracking_number, .height_mm = 14, .align = Align::centre});
    }
    return document;
  }

  Document pick_list(std::span<const SlipParcel> parcels) const {
    struct Row {
      std::string title;
      std::int64_t quantity = 0;
      std::map<std::int64_t, std::int64_t> boxes;  // pieces by box
    };
    std::map<std::pair<std::string, ProductId>, Row> rows;
    std::int64_t sum = 0;
    for (const SlipParcel& parcel : parcels) {
      for (const SlipPart& piece : goods_of(parcel)) {
        Row& row = rows[{piece.title, piece.product}];
        row.title = piece.title;
        row.quantity += piece.quantity;
        row.boxes[parcel.box] += piece.quantity;
        sum += piece.quantity;
      }
    }
    Document document = page(PageSize::a4, 16, words_.pick_list);
    document.footer = request_.sender.shop + " · " + std::string(words_.pick_list);
    document.blocks.emplace_back(paper::Masthead{.eyebrow = heading(),
                                                 .title = std::string(words_.pick_list),
                                                 .title_pt = 26,
                                                 .lines = {pieces(sum)},
                                                 .qr = {}});
    if (rows.empty()) {
      document.blocks.emplace_back(text(std::string(words_.nothing), 12));
      return document;
    }
    paper::Table table{
        .columns = {{.title = "", .share = 6},
                    {.title = std::string(words_.quantity), .share = 12, .align = Align::centre},
                    {.title = std::string(words_.item), .share = 52},
                    {.title = std::string(words_.boxes), .share = 30}},
        .rows = {},
        .size_pt = 12};
    for (const auto& [key, row] : rows) {
      table.rows.push_back({{"☐", number(row.quantity), row.title, boxes(row.boxes)}});
    }
    document.blocks.emplace_back(std::move(table));
    return document;
  }

 private:
  static std::string number(std::int64_t value) { return std::to_string(value); }
  std::string_view language() const { return paper::to_text(request_.language); }
  std::string pieces(std::int64_t count) const {
    return count == 1 ? std::string(words_.pieces_one)
                      : paper::filled(words_.pieces, {number(count)});
  }
  static paper::Paragraph strong(std::string text, int size_pt) {
    return {.text = std::move(text), .size_pt = size_pt, .style = Style::strong};
  }
  static paper::Paragraph text(std::string text, int size_pt) {
    return {.text = std::move(text), .size_pt = size_pt};
  }

  Document page(PageSize size, int margin_mm, std::string_view title) const {
    return {.size = size,
            .margin_mm = margin_mm,
            .language = std::string(language()),
            .title = std::string(title) + " – " + request_.sender.shop,
            .footer = {},
            .blocks = {}};
  }
  // Of the sheet: "Taller Piedra Viva · Noche de perlas".
  std::string heading() const {
    const Sender& sender = request_.sender;
    return sender.show.empty() ? sender.shop : sender.shop + " · " + sender.show;
  }
  bool leaves_country(const SlipParcel& parcel) const {
    return !parcel.to.country.empty() && parcel.to.country != request_.sender.country;
  }

  std::string orders_of(const SlipParcel& parcel) const {
    std::set<std::int64_t> numbers;
    for (const SlipItem& item : parcel.items) numbers.insert(item.order_number);
    if (numbers.empty()) return paper::filled(words_.box, {number(parcel.box)});
    return paper::filled(numbers.size() == 1 ? words_.order : words_.orders, {joined(numbers)});
  }
  std::string address_of(const SlipParcel& parcel) const {
    std::string lines = parcel.to.lines;
    if (leaves_country(parcel)) lines += "\n" + country_line(parcel.to.country, language());
    if (!parcel.to.phone.empty()) lines += "\n" + paper::filled(words_.phone, {parcel.to.phone});
    return lines;
  }
  // On one line, as little of the label is left for it.
  std::string sender_of(const SlipParcel& parcel) const {
    const Sender& sender = request_.sender;
    std::string line = sender.shop;
    if (!sender.address.empty()) line += "\n" + sender.address;
    for (auto at = line.find('\n'); at != std::string::npos; at = line.find('\n')) {
      line.replace(at, 1, ", ");
    }
    if (leaves_country(parcel)) line += ", " + country_line(sender.country, language());
    return line;
  }
  std::vector<std::string> handling_of(const SlipParcel& parcel) const {
    std::vector<std::string> lines;
    if (!parcel.service.empty()) lines.push_back(parcel.service);
    if (parcel.weight_g > 0)
      lines.push_back(paper::filled(words_.weight, {number(parcel.weight_g)}));
    return lines;
  }
  std::string boxes(const std::map<std::int64_t, std::int64_t>& boxes) const {
    std::string line;
    for (const auto& [box, count] : boxes) {
      if (!line.empty()) line += ", ";
      line += number(box);
      if (count > 1) line += " (×" + number(count) + ")";
    }
    return line;
  }

  paper::Table items_of(const SlipParcel& parcel, bool is_small) const {
    paper::Table table{
        .columns = {{.title = "", .share = 9},
                    {.title = std::string(words_.item), .share = 58},
                    {.title = std::string(words_.quantity), .share = 15, .align = Align::end}},
        .rows = {},
        .size_pt = is_small ? 9 : 11};
    if (!parcel.is_gift) {
      table.columns.push_back({.title = paper::filled(words_.price, {currency_of(parcel)}),
                               .share = 28,
                               .align = Align::end});
    }
    for (const SlipItem& item : parcel.items) {
      paper::TableRow row{.cells = {"☐", with_parts(item), number(item.quantity)}};
      if (!parcel.is_gift) row.cells.push_back(money(item.unit_price * item.quantity));
      table.rows.push_back(std::move(row));
    }
    if (!parcel.is_gift && !parcel.items.empty()) add_sums(table, parcel);
    return table;
  }
  static std::string_view currency_of(const SlipParcel& parcel) {
    return parcel.items.empty() ? "" : parcel.items.front().unit_price.currency.code();
  }
  void add_sums(paper::Table& table, const SlipParcel& parcel) const {
    const Money shipping{parcel.shipping_paid_minor, parcel.items.front().unit_price.currency};
    Money total = shipping;
    for (const SlipItem& item : parcel.items) total = total + item.unit_price * item.quantity;
    if (parcel.goods_elsewhere_minor > 0) {
      const Money elsewhere{-parcel.goods_elsewhere_minor, shipping.currency};
      total = total + elsewhere;
      table.rows.push_back({.cells = {"", std::string(words_.elsewhere), "", money(elsewhere)}});
    }
    if (parcel.discount_minor > 0) {
      const Money off{-parcel.discount_minor, shipping.currency};
      total = total + off;
      table.rows.push_back({.cells = {"", std::string(words_.coupon), "", money(off)}});
    }
    table.rows.push_back({.cells = {"", std::string(words_.shipping), "", money(shipping)}});
    table.rows.push_back(
        {.cells = {"", std::string(words_.total), "", money(total)}, .style = Style::strong});
  }
  std::string money(Money amount) const { return paper::money_text(amount, request_.language); }

  const PaperRequest& request_;
  const PaperWords& words_;
};

}  // namespace

Result<Bytes> packing_slips_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request,
                                SlipLayout layout) {
  if (auto checked = check_count(parcels); !checked) return fail_as(checked);
  const PageSize size = layout == SlipLayout::a4 ? PageSize::a4 : PageSize::a6;
  std::vector<Document> documents;
  documents.reserve(parcels.size());
  for (const SlipParcel& parcel : parcels) {
    documents.push_back(Printer(request).slip(parcel, size));
  }
  return paper::to_pdf(documents, {.created_at = request.created_at,
                                   .imposition = layout == SlipLayout::four_a6_on_a4
                                                     ? paper::Imposition::four_a6_on_a4
                                                     : paper::Imposition::one_page});
}

Result<Bytes> address_labels_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request) {
  if (auto checked = check_count(parcels); !checked) return fail_as(checked);
  std::vector<Document> documents;
  documents.reserve(parcels.size());
  for (const SlipParcel& parcel : parcels) documents.push_back(Printer(request).label(parcel));
  return paper::to_pdf(documents, {.created_at = request.created_at});
}

Result<Bytes> pick_list_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request) {
  std::size_t rows = 0;
  for (const SlipParcel& parcel : parcels) rows += goods_of(parcel).size();
  if (rows > kPickRowsMax) return too_many();
  const Document document = Printer(request).pick_list(parcels);
  return paper::to_pdf(std::span(&document, 1), {.created_at = request.created_at});
}

}  // namespace geili::shipping
