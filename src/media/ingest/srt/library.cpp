#include "media/ingest/srt/library.hpp"

#include <stdexcept>

#include <fmt/format.h>
#include <srt/srt.h>
#include <syslog.h>

namespace geili::media::srt {

Library::Library() {
  if (srt_startup() < 0) throw std::runtime_error("libsrt does not start");
  // It would write to standard error about every packet that came too late; we count them.
  srt_setloglevel(LOG_CRIT);
}

Library::~Library() {
  srt_cleanup();
}

std::string library_version() {
  const std::uint32_t version = srt_getversion();
  return fmt::format("{}.{}.{}", version >> 16, version >> 8 & 0xFFU, version & 0xFFU);
}

}  // namespace geili::media::srt
