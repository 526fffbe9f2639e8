#pragma once
// What is printed for parcels: slips to put in them, labels to put on them, and the list of what to
// fetch. Pure functions, thread-safe; like paper::to_pdf they compute for about a millisecond a
// page.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "paper/language.hpp"
#include "shipping/parcel.hpp"

namespace geili::shipping {

inline constexpr std::size_t kSlipsMax = 500;        // of a file; labels likewise
inline constexpr std::size_t kSlipItemsMax = 1'000;  // of a parcel
inline constexpr std::size_t kPickRowsMax = 10'000;  // items of all parcels, or their parts

struct SlipPart {
  ProductId product;
  std::string title;
  std::int64_t quantity = 1;  // in all
};

struct SlipItem {
  ProductId product;
  std::string title;
  std::int64_t order_number = 0;
  std::int64_t quantity = 1;
  Money unit_price;
  std::vector<SlipPart> parts = {};  // of bundles: what is to be taken from the shelf
};

struct SlipParcel {
  std::int64_t box = 0;
  Address to;
  std::vector<SlipItem> items;
  std::string note;        // the buyer's
  bool is_gift = false;    // no price is printed
  std::string order_link;  // https://…, as a QR code
  std::int64_t shipping_paid_minor = 0;
  std::int64_t goods_elsewhere_minor = 0;  // of these items, what lies in other parcels
  std::int64_t discount_minor = 0;         // that coupons took off what lies here
  std::string service;                     // "DHL Express"
  std::string tracking_number;             // as a barcode on the label; may be empty
  std::int64_t weight_g = 0;               // 0: not told
};

struct Sender {
  std::string shop;
  std::string show;     // its title; may be empty
  std::string address;  // lines, without shop and country
  std::string country;  // a parcel that stays in it has no line with the country
};

enum class SlipLayout : std::uint8_t { a6, a4, four_a6_on_a4 };

struct PaperRequest {
  Sender sender;
  paper::Language language = paper::Language::en;  // the shop's
  std::optional<Instant> created_at;               // none: the file tells no time
};

// A slip a parcel, in the order given. Fails with shipping-too-many-papers,
// shipping-nothing-to-print and like paper::to_pdf.
Result<Bytes> packing_slips_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request,
                                SlipLayout layout);
// A label of 100 by 150 mm a parcel. Fails likewise.
Result<Bytes> address_labels_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request);
// What to fetch for all parcels on A4: by product, with the boxes it goes into. Without parcels it
// says so. Fails with shipping-too-many-papers and like paper::to_pdf.
Result<Bytes> pick_list_pdf(std::span<const SlipParcel> parcels, const PaperRequest& request);

}  // namespace geili::shipping
