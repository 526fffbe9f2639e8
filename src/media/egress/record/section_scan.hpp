#pragma once
// Reads a section back: which of its fragments are whole, where they lie and when they were
// captured. Looks at box headers and moof boxes only, so that hours of video are read in a moment.

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/egress/record/section_index.hpp"

namespace geili::media::record {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Fewer bytes than `count` at the end. Throws std::system_error when the disk cannot be read.
  virtual Bytes read(std::uint64_t offset, std::size_t count) const = 0;
};

struct SectionScan {
  SectionIndex index;  // ends with the last whole fragment
  bool torn = false;   // more bytes follow, which are no whole fragment
};

// Fails with unprocessable "record-section" when the file does not begin with an initialisation
// segment of ours, which nothing can be played without.
Result<SectionScan> scan_section(const ByteSource& file);

}  // namespace geili::media::record
