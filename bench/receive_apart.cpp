#include "receive_apart.hpp"

#include <cstring>
#include <fstream>
#include <ios>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geili::bench {
namespace {

bool raise_loopback() {
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) return false;
  ifreq request{};
  std::strncpy(request.ifr_name, "lo", IFNAMSIZ - 1);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const bool is_up = ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  ::close(fd);
  return is_up;
}

}  // namespace

bool receive_apart(unsigned processor) {
  if (::sysconf(_SC_NPROCESSORS_ONLN) < 2) return false;
  if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0) return false;
  // What this process mounts is seen by nobody else; /sys shows the network it was mounted in.
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  if (::mount("sysfs", "/sys", "sysfs", 0, nullptr) != 0) return false;
  if (!raise_loopback()) return false;
  std::ofstream mask("/sys/class/net/lo/queues/rx-0/rps_cpus");
  mask << std::hex << (1U << processor) << std::flush;
  return static_cast<bool>(mask);
}

}  // namespace geili::bench
