#include "crypto/p256.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

namespace geili::crypto {
namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* value) const { release(value); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Number = Owned<BIGNUM, BN_clear_free>;
using Group = Owned<EC_GROUP, EC_GROUP_free>;
using Point = Owned<EC_POINT, EC_POINT_clear_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Digest = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Builder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using Signature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

void require(bool ok) {
  if (!ok) throw std::runtime_error("OpenSSL cannot work with P-256");
}

const unsigned char* as_uchar(ByteView bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}
unsigned char* as_uchar(Bytes& bytes) {
  return static_cast<unsigned char*>(static_cast<void*>(bytes.data()));
}

Group the_group() {
  Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  require(group != nullptr);
  return group;
}

Number number_of(ByteView bytes) {
  Number number(BN_bin2bn(as_uchar(bytes), static_cast<int>(bytes.size()), nullptr));
  require(number != nullptr);
  return number;
}

Point point_of(const EC_GROUP* group, ByteView bytes) {
  Point point(EC_POINT_new(group));
  require(point != nullptr);
  if (EC_POINT_oct2point(group, point.get(), as_uchar(bytes), bytes.size(), nullptr) != 1) {
    return nullptr;
  }
  return point;
}

Bytes octets_of(const EC_GROUP* group, const EC_POINT* point) {
  Bytes octets(kP256PointBytes);
  require(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, as_uchar(octets),
                             octets.size(), nullptr) == kP256PointBytes);
  return octets;
}

// `scalar` is null for a key that is another's.
Key key_of(ByteView point, const BIGNUM* scalar) {
  const Builder builder(OSSL_PARAM_BLD_new());
  require(builder != nullptr);
  require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1",
                                          0) == 1);
  require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                           point.size()) == 1);
  if (scalar != nullptr) {
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) == 1);
  }
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  require(parameters != nullptr && context != nullptr);
  require(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  const int selection = scalar == nullptr ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  require(EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) == 1);
  return Key(key);
}

Key key_of(const P256Pair& pair) {
  return key_of(pair.point, number_of(pair.scalar.reveal()).get());
}

}  // namespace

P256Pair new_p256_pair() {
  const Group group = the_group();
  const Number scalar(BN_secure_new());
  require(scalar != nullptr);
  do {
    require(BN_priv_rand_range(scalar.get(), EC_GROUP_get0_order(group.get())) == 1);
  } while (BN_is_zero(scalar.get()) == 1);
  Bytes bytes(kP256ScalarBytes);
  require(BN_bn2binpad(scalar.get(), as_uchar(bytes), static_cast<int>(bytes.size())) ==
          static_cast<int>(kP256ScalarBytes));
  return *p256_pair_of(Secret<Bytes>(std::move(bytes)));
}

Result<P256Pair> p256_pair_of(const Secret<Bytes>& scalar) {
  const Group group = the_group();
  const Number number = number_of(scalar.reveal());
  if (scalar.reveal().size() != kP256ScalarBytes || BN_is_zero(number.get()) == 1 ||
      BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0) {
    return fail(ErrorKind::invalid, "p256-scalar-invalid", "It is no private key of P-256.");
  }
  const Point point(EC_POINT_new(group.get()));
  require(point != nullptr &&
          EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
  return P256Pair{.scalar = scalar, .point = octets_of(group.get(), point.get())};
}

bool is_p256_point(ByteView point) {
  if (point.size() != kP256PointBytes || point.front() != std::byte{4}) return false;
  return point_of(the_group().get(), point) != nullptr;
}

Result<Secret<Bytes>> p256_agree(const P256Pair& own, ByteView peer) {
  if (!is_p256_point(peer)) {
    return fail(ErrorKind::invalid, "p256-point-invalid", "It is no point of P-256.");
  }
  const Key mine = key_of(own);
  const Key theirs = key_of(peer, nullptr);
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, mine.get(), nullptr));
  require(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
  require(EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1);
  Bytes shared(kP256ScalarBytes);
  std::size_t size = shared.size();
  require(EVP_PKEY_derive(context.get(), as_uchar(shared), &size) == 1 && size == shared.size());
  return Secret<Bytes>(std::move(shared));
}

Bytes p256_sign(const P256Pair& own, std::string_view message) {
  constexpr int kHalf = static_cast<int>(kP256SignatureBytes / 2);
  const Key key = key_of(own);
  const Digest digest(EVP_MD_CTX_new());
  require(digest != nullptr &&
          EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
  const unsigned char* text = as_uchar(as_bytes(message));
  std::size_t size = 0;
  require(EVP_DigestSign(digest.get(), nullptr, &size, text, message.size()) == 1);
  Bytes der(size);
  require(EVP_DigestSign(digest.get(), as_uchar(der), &size, text, message.size()) == 1);
  const unsigned char* at = as_uchar(der);
  const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  require(signature != nullptr);
  Bytes both(kP256SignatureBytes);
  require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), as_uchar(both), kHalf) == kHalf);
  require(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), as_uchar(both) + kHalf, kHalf) == kHalf);
  return both;
}

}  // namespace geili::crypto
