#include "ops/doctor.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/clock.hpp"

namespace geili::ops {

std::vector<Finding> examine(const DoctorInput& input) {
  const auto& config = input.config;
  std::vector<Finding> findings;
  findings.push_back(check_data_dir(config.data.dir));
  if (findings.back().verdict != Verdict::fault) {
    findings.push_back(check_disk_space(config.data.dir));
    findings.push_back(check_fsync(config.data.dir));
  }
  findings.push_back(check_open_files(config.server.connections_max));
  findings.push_back(
      check_port("http port", config.server.address, config.server.port, input.server_is_running));
  if (config.rtmp.enabled) {
    findings.push_back(
        check_port("rtmp port", config.rtmp.address, config.rtmp.port, input.server_is_running));
  }
  if (config.srt.enabled) {
    findings.push_back(
        check_udp_port("srt port", config.srt.address, config.srt.port, input.server_is_running));
  }
  if (config.webrtc.enabled) {
    const auto& webrtc = config.webrtc;
    const bool is_ours = input.server_is_running;
    findings.push_back(check_udp_port("webrtc udp", webrtc.address, webrtc.port, is_ours));
    findings.push_back(check_port("webrtc tcp", webrtc.address, webrtc.port, is_ours));
  }
  findings.push_back(check_clock(SystemClock().now().us));
  findings.push_back(check_public_url(config));
  findings.push_back(check_web_root(config.server.web_root));
  findings.push_back(input.postgres ? check_postgres(*input.postgres)
                                    : check_sqlite(input.sqlite_version));
  if (input.translation) findings.push_back(check_translation(*input.translation));
  if (config.srt.enabled) findings.push_back(check_srt(input.srt_version, srt_package()));
  findings.push_back(check_fonts(input.missing_fonts));
  findings.push_back(check_program("ffmpeg", "the demo broadcast"));
  return findings;
}

Verdict worst(const std::vector<Finding>& findings) {
  auto result = Verdict::good;
  for (const auto& finding : findings) result = std::max(result, finding.verdict);
  return result;
}

std::string describe(const std::vector<Finding>& findings) {
  constexpr std::array<std::string_view, 3> kWords{"good", "warning", "FAULT"};
  std::string text;
  for (const auto& finding : findings) {
    text += fmt::format("{:<8} {:<13} {}\n", kWords[static_cast<std::size_t>(finding.verdict)],
                        finding.name, finding.sentence);
    if (!finding.mend.empty()) text += fmt::format("{:<22} {}\n", "", finding.mend);
  }
  return text;
}

}  // namespace geili::ops
