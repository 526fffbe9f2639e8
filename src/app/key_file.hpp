#pragma once
// Keys of the installation, each in a file of its own beside the data: who copies the database
// alone has none of them.

#include <filesystem>
#include <functional>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace geili::app {

// Reads it, or makes it (readable by its owner alone) when there is none. Throws std::runtime_error
// when it cannot be read or written, or is not hexadecimal digits of `size` bytes: a key that is
// lost is not quietly replaced by another.
Secret<Bytes> key_file(const std::filesystem::path& path, std::size_t size,
                       const std::function<Bytes()>& make);

}  // namespace geili::app
