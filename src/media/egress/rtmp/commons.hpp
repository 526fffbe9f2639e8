#pragma once
// What all restreams of an engine share. Belongs to the media thread.

#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include "base/clock.hpp"
#include "media/restream.hpp"

namespace geili::media::rtmp {

class Commons {
 public:
  Commons(std::shared_ptr<boost::asio::io_context> media, const Clock& at)
      : io(std::move(media)), clock(at) {}

  std::shared_ptr<boost::asio::io_context> io;
  const Clock& clock;
  RestreamFigures figures;  // counters alone

  // Trusts whom this machine trusts. Reading its list takes some milliseconds: when first needed.
  boost::asio::ssl::context& tls() {
    namespace ssl = boost::asio::ssl;
    if (!tls_) {
      tls_.emplace(ssl::context::tls_client);
      tls_->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                        ssl::context::no_tlsv1_1);
      boost::system::error_code ignored;  // without the list nobody is trusted
      tls_->set_default_verify_paths(ignored);
      tls_->set_verify_mode(ssl::verify_peer);
    }
    return *tls_;
  }

 private:
  std::optional<boost::asio::ssl::context> tls_;
};

}  // namespace geili::media::rtmp
