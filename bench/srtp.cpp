// What protecting one packet of 1,200 bytes costs, from a shared plaintext into a send slot, by
// profile. Prints one JSON object a line.

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "figures.hpp"
#include "media/srtp/sender.hpp"

namespace {

using namespace geili;
using namespace geili::media;

double us_per_packet(srtp::Profile profile) {
  constexpr std::size_t kHeaderBytes = 20;
  constexpr std::size_t kPacketBytes = 1'200;
  constexpr int kPackets = 200'000;
  const Bytes header(kHeaderBytes, std::byte{0x80});
  const Bytes payload(kPacketBytes - kHeaderBytes, std::byte{0x5A});
  Bytes slot(kPacketBytes + srtp::kOverheadBytesMax);
  srtp::Sender sender(profile, {});
  std::uint64_t index = 0;
  const auto run = [&] {
    for (int i = 0; i < kPackets; ++i) sender.protect(1, ++index, header, payload, slot);
  };
  run();
  const auto start = std::chrono::steady_clock::now();
  run();
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  return took.count() / kPackets;
}

}  // namespace

int main() {
  using srtp::Profile;
  bench::report("srtp", "gcm_us_per_packet", us_per_packet(Profile::aead_aes_128_gcm), "us");
  bench::report("srtp", "cm_sha1_us_per_packet", us_per_packet(Profile::aes128_cm_sha1_80), "us");
}
