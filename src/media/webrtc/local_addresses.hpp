#pragma once
// The addresses of this machine that others may reach it by.

#include <vector>

#include "media/transport_address.hpp"

namespace geili::media::webrtc {

// Of all interfaces that are up, without loopback and link-local ones; loopback when there is no
// other. Throws std::system_error when the kernel does not tell.
std::vector<IpAddress> local_addresses();

}  // namespace geili::media::webrtc
