#pragma once
// Which IP addresses are of the public internet: whoever lets others name a server to call must not
// be led to its own network by them.

#include "base/bytes.hpp"

namespace geili {

// `address` in network order: 4 bytes (IPv4) or 16 (IPv6); any other length is not public. Not
// public is what the IANA registries of special-purpose addresses (RFC 6890 and its updates) do not
// call globally reachable, multicast, and IPv6 that carries such an IPv4 address (mapped,
// compatible, NAT64, 6to4) or any (Teredo).
bool is_public_address(ByteView address);
// 127.0.0.0/8 and ::1, also mapped.
bool is_loopback_address(ByteView address);

}  // namespace geili
