#pragma once
// What a process has used, as the kernel tells.

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace geili::bench {

// All throw std::runtime_error when there is no such process.
double cpu_seconds(pid_t process);  // user and system, of all threads
double resident_kib(pid_t process);
std::size_t open_descriptors(pid_t process);

}  // namespace geili::bench
