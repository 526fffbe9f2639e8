#include "app/key_file.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace geili::app {
namespace {

// Whole or not at all: it is written beside its place, made durable, and linked there. When another
// process was faster its key stays.
void write(const std::filesystem::path& path, const std::string& text) {
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

Secret<Bytes> key_file(const std::filesystem::path& path, std::size_t size,
                       const std::function<Bytes()>& make) {
  std::filesystem::create_directories(path.parent_path());
  if (!std::filesystem::exists(path)) write(path, to_hex(make()));
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto key = from_hex(text);
  if (!key || key->size() != size) {
    throw std::runtime_error(path.string() + " is not a key of " + std::to_string(2 * size) +
                             " hexadecimal digits");
  }
  return Secret<Bytes>(*std::move(key));
}

}  // namespace geili::app
