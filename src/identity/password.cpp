#include "identity/password.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <argon2.h>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <openssl/crypto.h>

#include "base/random.hpp"
#include "base/text.hpp"

namespace geili::identity {
namespace {

constexpr std::size_t kLengthMin = 8;
constexpr std::size_t kLengthMax = 128;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

Error sign_in_busy() {
  return Error::make(ErrorKind::unavailable, "sign-in-busy",
                     "Too many people sign in at this moment; try again.");
}

char fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_folded(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, fold, fold);
}

// "19456" out of "…m=19456,…"; 0 when it is not there.
std::uint32_t parameter(std::string_view phc, std::string_view name) {
  const auto at = phc.find(name);
  std::uint32_t value = 0;
  if (at != std::string_view::npos) {
    std::from_chars(phc.data() + at + name.size(), phc.data() + phc.size(), value);
  }
  return value;
}

PasswordCost cost_of(std::string_view phc) {
  return {parameter(phc, "$m="), parameter(phc, ",t="), parameter(phc, ",p=")};
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view login) {
  const auto length = utf8_length(password);
  if (!length || *length < kLengthMin || *length > kLengthMax || password.contains('\0')) {
    return fail(Error::invalid_field("/password", "A password has 8 to 128 characters"));
  }
  if (equal_folded(password, login)) {
    return fail(Error::invalid_field("/password", "The password must not be the login"));
  }
  return {};
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  const Bytes salt = random_bytes(kSaltBytes);
  std::string phc(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, kSaltBytes,
                                    kHashBytes, Argon2_id),
                  '\0');
  const int code = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(),
                                         password.size(), salt.data(), salt.size(), kHashBytes,
                                         phc.data(), phc.size());
  if (code != ARGON2_OK) return fail(sign_in_busy());
  phc.resize(phc.find('\0'));
  return phc;
}

Result<PasswordCheck> verify_password(std::string_view password, std::string_view hash,
                                      const PasswordCost& cost) {
  if (hash.empty()) {
    auto spent = hash_password(password, cost);
    if (!spent) return fail_as(spent);
    return PasswordCheck{};
  }
  const std::string phc(hash);
  const int code = argon2id_verify(phc.c_str(), password.data(), password.size());
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) return fail(sign_in_busy());
  const bool right = code == ARGON2_OK;
  return PasswordCheck{.right = right, .stale = right && cost_of(hash) != cost};
}

struct PasswordHasher::Pool {
  explicit Pool(std::size_t threads) : pool(threads) {}
  boost::asio::thread_pool pool;
};

PasswordHasher::PasswordHasher(const Settings& settings)
    : settings_(settings), pool_(std::make_unique<Pool>(settings.threads)) {}

PasswordHasher::~PasswordHasher() {
  pool_->pool.join();
}

template <class Work>
Result<void> PasswordHasher::submit(Work work) {
  if (++taken_ > settings_.queue_max) {
    --taken_;
    return fail(sign_in_busy());
  }
  boost::asio::post(pool_->pool, [this, work = std::move(work)]() mutable {
    auto answer = work.compute(settings_.cost);
    OPENSSL_cleanse(work.password.data(), work.password.size());
    --taken_;
    work.done(std::move(answer));
  });
  return {};
}

Result<void> PasswordHasher::submit_hash(std::string password, HashDone done) {
  struct Work {
    std::string password;
    HashDone done;
    auto compute(const PasswordCost& cost) const { return hash_password(password, cost); }
  };
  return submit(Work{std::move(password), std::move(done)});
}

Result<void> PasswordHasher::submit_verify(std::string password, std::string hash,
                                           VerifyDone done) {
  struct Work {
    std::string password;
    std::string hash;
    VerifyDone done;
    auto compute(const PasswordCost& cost) const { return verify_password(password, hash, cost); }
  };
  return submit(Work{std::move(password), std::move(hash), std::move(done)});
}

}  // namespace geili::identity
