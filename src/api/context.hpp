#pragma once
// What the handlers are given. All of it outlives the server; the composition root fills it.

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/http_call.hpp"
#include "base/rate_limiter.hpp"
#include "catalog/picture.hpp"
#include "catalog/picture_worker.hpp"
#include "crypto/sealer.hpp"
#include "flows/payment_choice.hpp"
#include "identity/password.hpp"
#include "identity/sign_in.hpp"
#include "live/hub.hpp"
#include "media/engine.hpp"
#include "media/recordings.hpp"
#include "push/vapid.hpp"
#include "store/database.hpp"

namespace geili::api {

class KeptAnswers;
struct Translations;

struct Context {
  store::Database* database = nullptr;
  KeptAnswers* answers = nullptr;
  const Clock* clock = nullptr;
  live::Hub* hub = nullptr;
  media::Engine* media = nullptr;
  media::Recordings* recordings = nullptr;
  identity::PasswordHasher* hasher = nullptr;
  identity::SignInGuard* sign_in_guard = nullptr;
  catalog::PictureWorker* pictures = nullptr;
  RateLimiter* hold_limiter = nullptr;         // by device token
  const Translations* translations = nullptr;  // none: messages are not translated
  const flows::PaymentTerms* payments = nullptr;
  Transport* transport = nullptr;                // to payment providers
  const crypto::Sealer* sealer = nullptr;        // of secrets in rows
  Reach webhook_reach = Reach::public_internet;  // of push services, too
  const push::Vapid* vapid = nullptr;
  RateLimiter* push_limiter = nullptr;  // by address
  std::string public_origin;  // "https://live.example"; empty: whatever host the request names
  std::string rtmp_url;  // what sellers send to; "{host}" stands for the host the request names
  std::string srt_url;   // likewise; empty when SRT is off
  std::string srt_passphrase;                                // that sellers give; empty without one
  std::string web_dir;                                       // the built web app
  std::size_t upload_bytes_max = catalog::kPictureBytesMax;  // of a photo as it was taken
};

}  // namespace geili::api
