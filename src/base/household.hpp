#pragma once
// Whose an IP address is, for limits of how much one network may do.

#include <string>
#include <string_view>

namespace geili {

// What addresses of one household or server have in common, as text to count by: an IPv4 address
// itself (also when it is mapped into IPv6), of an IPv6 address its /64, since one household has a
// whole one (RFC 6177, RFC 7421) and could take a new address for every try. What is no address, as
// a proxy may hand one on, is taken as it is, 64 bytes of it at most.
std::string household_of(std::string_view address);

}  // namespace geili
