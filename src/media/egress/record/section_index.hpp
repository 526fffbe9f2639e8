#pragma once
// Where the fragments of one section lie. A section is one file: an initialisation segment and the
// fragments of a run of unchanged configurations. The index is kept beside it once the section is
// closed, and can be made anew from the section itself (section_scan.hpp).

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"

namespace geili::media::record {

struct FragmentEntry {
  std::uint64_t offset = 0;  // of the whole fragment: prft, moof and mdat
  std::uint32_t size = 0;
  std::int64_t start_us = 0;  // from the section's start
  std::int64_t duration_us = 0;
  Instant captured;          // UTC of its first frame
  bool independent = false;  // decoding can begin here
  std::int64_t end_us() const { return start_us + duration_us; }
  friend bool operator==(const FragmentEntry&, const FragmentEntry&) = default;
};

struct SectionIndex {
  std::uint32_t init_bytes = 0;          // the initialisation segment, which begins the file
  std::vector<FragmentEntry> fragments;  // without a gap in the file
  std::uint64_t bytes() const {
    return fragments.empty() ? init_bytes : fragments.back().offset + fragments.back().size;
  }
  std::int64_t duration_us() const { return fragments.empty() ? 0 : fragments.back().end_us(); }
  friend bool operator==(const SectionIndex&, const SectionIndex&) = default;
};

inline constexpr std::size_t kFragmentsMax = 1'000'000;

std::string encode_index(const SectionIndex& index);
// Fails with invalid "record-index" for anything that encode_index() does not write.
Result<SectionIndex> decode_index(ByteView file);

}  // namespace geili::media::record
