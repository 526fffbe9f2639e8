#include "media/dtls/datagram_bio.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <openssl/bio.h>

namespace geili::media::dtls {
namespace {

Datagrams& of(BIO* bio) {
  return *static_cast<Datagrams*>(BIO_get_data(bio));
}

int read_one(BIO* bio, char* out, int size) {
  BIO_clear_retry_flags(bio);
  Datagrams& datagrams = of(bio);
  if (datagrams.incoming.empty() || size <= 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  // What is longer than asked for is cut off, as recv() does.
  const auto taken = std::min(static_cast<std::size_t>(size), datagrams.incoming.size());
  std::ranges::copy(as_text(datagrams.incoming.first(taken)), out);
  datagrams.incoming = {};
  return static_cast<int>(taken);
}

int write_one(BIO* bio, const char* in, int size) {
  BIO_clear_retry_flags(bio);
  if (size <= 0) return 0;
  Datagrams& datagrams = of(bio);
  if (datagrams.outgoing.size() < Datagrams::kOutgoingMax) {
    const ByteView bytes = as_bytes({in, static_cast<std::size_t>(size)});
    datagrams.outgoing.emplace_back(bytes.begin(), bytes.end());
  }
  return size;
}

long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

struct FreeMethod {
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};

std::unique_ptr<BIO_METHOD, FreeMethod> make_method() {
  std::unique_ptr<BIO_METHOD, FreeMethod> method(
      BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams"));
  if (!method) throw std::runtime_error("openssl: BIO method");
  BIO_meth_set_read(method.get(), read_one);
  BIO_meth_set_write(method.get(), write_one);
  BIO_meth_set_ctrl(method.get(), control);
  return method;
}

}  // namespace

bio_st* make_datagram_bio(Datagrams& datagrams) {
  static const auto method = make_method();
  BIO* bio = BIO_new(method.get());
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, &datagrams);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace geili::media::dtls
