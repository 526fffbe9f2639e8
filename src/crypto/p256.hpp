#pragma once
// The curve P-256 (SEC 1, FIPS 186-5): key agreement and ES256 signatures (RFC 7518 section 3.4).

#include <cstddef>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace geili::crypto {

inline constexpr std::size_t kP256ScalarBytes = 32;
inline constexpr std::size_t kP256PointBytes = 65;  // 0x04 and two coordinates
inline constexpr std::size_t kP256SignatureBytes = 64;

struct P256Pair {
  Secret<Bytes> scalar;
  Bytes point;  // uncompressed
};

// All of it: any thread. Throws std::runtime_error when the library has no P-256.

P256Pair new_p256_pair();
// Fails with p256-scalar-invalid: not kP256ScalarBytes, zero, or not below the order of the curve.
Result<P256Pair> p256_pair_of(const Secret<Bytes>& scalar);
// Whether it is an uncompressed point of the curve.
bool is_p256_point(ByteView point);
// The x coordinate of the point that both arrive at. Fails with p256-point-invalid.
Result<Secret<Bytes>> p256_agree(const P256Pair& own, ByteView peer);
// r and s, kP256SignatureBytes, of SHA-256 of the message.
Bytes p256_sign(const P256Pair& own, std::string_view message);

}  // namespace geili::crypto
