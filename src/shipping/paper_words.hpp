#pragma once
// The words on slips, labels and lists, in the languages of the product.

#include <string>
#include <string_view>

#include "paper/language.hpp"

namespace geili::shipping {

struct PaperWords {
  std::string_view slip;  // titles of files
  std::string_view label;
  std::string_view pick_list;
  std::string_view box;  // "{}" stands for its number, as in the others
  std::string_view order;
  std::string_view orders;
  std::string_view pieces_one;
  std::string_view pieces;
  std::string_view item;
  std::string_view quantity;
  std::string_view price;  // "{}" stands for the currency
  std::string_view shipping;
  std::string_view elsewhere;  // what goods of these orders in other parcels cost
  std::string_view coupon;     // what it took off
  std::string_view total;
  std::string_view note;
  std::string_view gift;  // on a gift's slip
  std::string_view scan;  // at the foot: what the code is for
  std::string_view from;
  std::string_view to;
  std::string_view phone;
  std::string_view weight;
  std::string_view boxes;    // column of the pick list
  std::string_view nothing;  // a pick list without items
};
const PaperWords& paper_words(paper::Language language);

}  // namespace geili::shipping
