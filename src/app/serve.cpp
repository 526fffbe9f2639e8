// `geili serve`.

#include <csignal>
#include <cstdio>

#include <boost/json.hpp>

#include "app/commands.hpp"
#include "app/house.hpp"
#include "app/lan.hpp"

namespace geili::app {

int run_serve(const ops::Config& config) {
  // Blocked before any thread starts, so that all inherit it and sigwait() alone gets them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  House house(config);
  boost::json::object ready{{"url", house.url()},
                            {"rtmp_url", house.rtmp_url()},
                            {"srt_url", house.srt_url()},
                            {"webrtc_port", house.web_rtc_port()}};
  if (!house.lan_url().empty()) {
    ready["lan_url"] = house.lan_url();
    ready["lan_fingerprint"] = house.lan_fingerprint();
  }
  if (const auto setup = house.setup_url()) ready["setup_url"] = *setup;
  std::printf("%s\n", boost::json::serialize(ready).c_str());
  std::fflush(stdout);
  if (!house.lan_url().empty()) {
    std::fputs(lan_card(house.lan_url(), house.lan_fingerprint()).c_str(), stderr);
  }

  int signal = 0;
  sigwait(&ends, &signal);
  return 0;
}

}  // namespace geili::app
