#pragma once
// A process with nothing but the media plane in it, and questions to it without HTTP: what is
// measured of it is what viewers cost, whatever else a server does.

#include <string>
#include <string_view>

#include <sys/types.h>

#include "media/testing/webrtc_client/client_peer.hpp"

namespace geili::bench {

class MediaServer {
 public:
  struct Settings {
    unsigned threads = 1;
    bool segmentation = true;
  };
  // Forks; to be called before there are threads.
  explicit MediaServer(const Settings& settings);
  // Ends it.
  ~MediaServer();
  MediaServer(const MediaServer&) = delete;
  MediaServer& operator=(const MediaServer&) = delete;

  pid_t process() const { return process_; }

  // WHIP and WHEP: asks with the client's offer and hands it the answer. The value is the session's
  // name, for the other two. All throw std::runtime_error with what was wrong.
  std::string publish(media::testing::ClientPeer& peer);
  std::string play(media::testing::ClientPeer& peer);
  void unpublish(const std::string& session);
  void leave(const std::string& session);

 private:
  std::string ask(char kind, std::string_view text);
  static std::string follow(const std::string& text, media::testing::ClientPeer& peer);

  pid_t process_ = -1;
  int questions_ = -1;
};

// The other side: answers until `in` ends. A message is a letter, the length of its text in four
// bytes (big endian) and the text. Questions: P and V with an offer (WHIP and WHEP), p and v with a
// session (to end it). Answers: + with the session, a line feed and the SDP; - with what was wrong.
void serve_media(int in, int out, const MediaServer::Settings& settings);

}  // namespace geili::bench
