#include "process_figures.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

namespace geili::bench {
namespace {

std::ifstream open_of(pid_t process, const char* name) {
  std::ifstream in("/proc/" + std::to_string(process) + "/" + name);
  if (!in) throw std::runtime_error("the server is gone");
  return in;
}

}  // namespace

double cpu_seconds(pid_t process) {
  std::ifstream in = open_of(process, "stat");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  // Behind the name in parentheses, which may contain anything: state is the third field, utime
  // the 14th, stime the 15th (proc(5)).
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 3; i < 14; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double resident_kib(pid_t process) {
  std::ifstream in = open_of(process, "statm");
  double size = 0;
  double resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1024;
}

std::size_t open_descriptors(pid_t process) {
  const std::filesystem::directory_iterator list("/proc/" + std::to_string(process) + "/fd");
  return static_cast<std::size_t>(std::distance(begin(list), end(list)));
}

}  // namespace geili::bench
