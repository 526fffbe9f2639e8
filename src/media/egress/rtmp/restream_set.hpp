#pragma once
// The restreams of one show.

#include <cstddef>
#include <memory>
#include <vector>

#include "media/egress/rtmp/restream.hpp"

namespace geili::media::rtmp {

// Belongs to the media thread.
class RestreamSet {
 public:
  RestreamSet(std::shared_ptr<Commons> commons, std::shared_ptr<Stream> stream)
      : commons_(std::move(commons)), stream_(std::move(stream)) {}

  // From here on these and no others, kRestreamsPerShowMax at most; those that are the same go on.
  void use(std::vector<RestreamTarget> targets);
  void tick(SteadyTime now);
  std::vector<RestreamStatus> statuses() const;
  std::size_t live_count() const;

 private:
  const std::shared_ptr<Commons> commons_;
  const std::shared_ptr<Stream> stream_;
  std::vector<std::unique_ptr<Restream>> restreams_;
};

}  // namespace geili::media::rtmp
