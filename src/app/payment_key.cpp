#include "app/payment_key.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "base/random.hpp"
#include "payments/sealer.hpp"

namespace geili::app {
namespace {

// Whole or not at all: it is written beside its place, made durable, and linked there. When another
// process was faster its key stays.
void make(const std::filesystem::path& path) {
  const std::string text = to_hex(random_bytes(payments::kSealKeyBytes));
  const std::string beside = path.string() + "." + std::to_string(::getpid());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write " + beside);
  const bool is_whole =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (is_whole) ::link(beside.c_str(), path.c_str());
  ::unlink(beside.c_str());
  if (!is_whole) throw std::runtime_error("cannot write " + beside);
}

}  // namespace

Secret<Bytes> payment_key(const std::filesystem::path& data_dir) {
  std::filesystem::create_directories(data_dir);
  const auto path = data_dir / kPaymentKeyFile;
  if (!std::filesystem::exists(path)) make(path);
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto key = from_hex(text);
  if (!key || key->size() != payments::kSealKeyBytes) {
    throw std::runtime_error(path.string() + " is not a key of 64 hexadecimal digits");
  }
  return Secret<Bytes>(*std::move(key));
}

}  // namespace geili::app
