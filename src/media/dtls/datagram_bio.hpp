#pragma once
// What OpenSSL reads from and writes to: whole datagrams, each kept apart.

#include <vector>

#include "base/bytes.hpp"

struct bio_st;

namespace geili::media::dtls {

struct Datagrams {
  static constexpr std::size_t kOutgoingMax = 64;  // further ones are lost, as on a network

  ByteView incoming;  // one at a time; empty once read
  std::vector<Bytes> outgoing;
};

// Owned by the SSL object it is set on; `datagrams` outlives it. Throws when OpenSSL cannot.
bio_st* make_datagram_bio(Datagrams& datagrams);

}  // namespace geili::media::dtls
