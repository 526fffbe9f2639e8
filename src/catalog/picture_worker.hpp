#pragma once
// One thread that turns uploads into pictures, one after another, so that they never starve the
// sales.

#include <cstddef>
#include <functional>
#include <memory>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "catalog/photo.hpp"

namespace geili::catalog {

inline constexpr std::size_t kPicturesWaitingMax = 32;

// Thread-safe. Its destructor finishes the picture under work and answers the others with
// pictures-stopping.
class PictureWorker {
 public:
  // Called once, on the worker's thread; it must neither block nor throw: post to your own
  // executor.
  using Done = std::move_only_function<void(Result<Picture>)>;

  explicit PictureWorker(std::size_t waiting_max = kPicturesWaitingMax);
  ~PictureWorker();
  PictureWorker(const PictureWorker&) = delete;
  PictureWorker& operator=(const PictureWorker&) = delete;

  // Answers as process_picture() does, or with picture-failed where memory ran out. Fails with
  // pictures-busy, and then does not take the file.
  Result<void> submit(Bytes file, Done done);

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace geili::catalog
