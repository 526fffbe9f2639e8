#pragma once
// Sockets and threads for load generators.

#include <cstdint>
#include <string>
#include <string_view>

namespace geili::bench {

// A connected, blocking TCP socket without Nagle's delay; throws std::system_error.
int connect_to(const std::string& address, std::uint16_t port);

// Sends all of a small message to a socket whose buffer has room; throws std::system_error.
void send_all(int fd, std::string_view bytes);

// Keeps the calling thread on one processor, so that server and load do not disturb each other.
// Does nothing where there is only one.
void pin_to_processor(unsigned processor);

// Raises the limit of open files to what is allowed.
void raise_file_limit();

}  // namespace geili::bench
