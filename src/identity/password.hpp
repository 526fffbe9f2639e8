#pragma once
// Passwords: the rule, and Argon2id (RFC 9106) on a few threads of its own, so that neither the
// event loops nor the store wait for it and a crowd at the door cannot eat the machine's memory.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace geili::identity {

// 8 to 128 characters, and not the login. Errors name /password.
Result<void> check_password(std::string_view password, std::string_view login);

struct PasswordCost {
  std::uint32_t memory_kib = 19 * 1'024;
  std::uint32_t passes = 2;
  std::uint32_t lanes = 1;
  friend bool operator==(const PasswordCost&, const PasswordCost&) = default;
};

struct PasswordCheck {
  bool right = false;
  bool stale = false;  // right, and hashed at another cost: hash it again and keep that
};

// Both take about 20 ms and the memory of the cost. The hash is a PHC string with its own salt.
// Errors: sign-in-busy when there is no memory.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);
// Without a hash (unknown login, or a person without password) it works as long and says no.
Result<PasswordCheck> verify_password(std::string_view password, std::string_view hash,
                                      const PasswordCost& cost);

// Thread-safe. Its destructor finishes what was taken.
class PasswordHasher {
 public:
  struct Settings {
    std::size_t threads = 1;
    std::size_t queue_max = 64;  // waiting and running
    PasswordCost cost;
  };
  // Called once, on a thread of the hasher: post to your own executor.
  using HashDone = std::move_only_function<void(Result<std::string>)>;
  using VerifyDone = std::move_only_function<void(Result<PasswordCheck>)>;

  PasswordHasher() : PasswordHasher(Settings{}) {}
  explicit PasswordHasher(const Settings& settings);
  PasswordHasher(const PasswordHasher&) = delete;
  PasswordHasher& operator=(const PasswordHasher&) = delete;
  ~PasswordHasher();

  // A full queue does not take the work and fails with sign-in-busy.
  Result<void> submit_hash(std::string password, HashDone done);
  Result<void> submit_verify(std::string password, std::string hash, VerifyDone done);

 private:
  struct Pool;
  template <class Work>
  Result<void> submit(Work work);

  const Settings settings_;
  std::atomic<std::size_t> taken_ = 0;
  std::unique_ptr<Pool> pool_;
};

}  // namespace geili::identity
