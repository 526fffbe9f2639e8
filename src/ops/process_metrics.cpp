#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <unistd.h>

#include "ops/metrics.hpp"

namespace geili::ops {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Field 2 of /proc/self/statm (proc(5)): pages in memory.
double resident_bytes() {
  std::ifstream stream("/proc/self/statm");
  double whole = 0;
  double resident = 0;
  stream >> whole >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code ignored;
  const std::filesystem::directory_iterator files("/proc/self/fd", ignored);
  return ignored ? 0 : static_cast<double>(std::distance(begin(files), end(files)));
}

double files_max() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void register_process_metrics(Metrics& metrics) {
  using enum Metrics::ReadAs;
  const auto started =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  metrics.read_from(counter, "process_cpu_seconds_total", "Processor time, user and system.",
                    cpu_seconds);
  metrics.read_from(gauge, "process_resident_memory_bytes", "Memory in use.", resident_bytes);
  metrics.read_from(gauge, "process_open_fds", "Open files and sockets.", open_files);
  metrics.read_from(gauge, "process_max_fds", "Files and sockets that may be open.", files_max);
  metrics.read_from(gauge, "process_start_time_seconds", "Start of the process, Unix time.",
                    [started] { return started; });
}

}  // namespace geili::ops
