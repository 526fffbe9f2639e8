#pragma once
// Test support: the caller's side of SRT, blocking.

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "media/ingest/srt/library.hpp"

namespace geili::media::testing {

class SrtCaller {
 public:
  struct Options {
    std::string stream_id = "key-7";
    std::string passphrase;
  };

  // Calls, and waits for the answer.
  SrtCaller(std::uint16_t port, const Options& options);
  explicit SrtCaller(std::uint16_t port) : SrtCaller(port, Options{}) {}
  ~SrtCaller();
  SrtCaller(const SrtCaller&) = delete;
  SrtCaller& operator=(const SrtCaller&) = delete;

  bool was_let_in() const { return rejection_ == 0; }
  // Why not: SRT_REJECT_REASON, or a code of its access control guidelines.
  int rejection() const { return rejection_; }
  // In messages of seven transport packets. False when the connection is over.
  bool send(ByteView bytes) const;
  bool is_open() const;
  // False when the server does not in many seconds.
  bool wait_for_close() const;
  // Once all is there that was sent, or never will be.
  void close();

 private:
  srt::Library library_;
  std::int32_t socket_;
  int rejection_ = 0;
};

}  // namespace geili::media::testing
