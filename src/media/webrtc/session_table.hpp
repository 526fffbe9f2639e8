#pragma once
// The sessions of a thread, by what names them. Single-threaded.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "media/webrtc/session.hpp"

namespace geili::media::webrtc {

class SessionTable {
 public:
  Session& add(std::unique_ptr<Session> session) {
    Session& added = *session;
    by_ufrag_[added.ufrags.front()] = &added;
    by_name_[added.name] = std::move(session);
    return added;
  }
  // After a restart: the session's newest ufrag.
  void name_anew(Session& session) { by_ufrag_[session.ufrags.back()] = &session; }
  // Datagrams from there are the session's; a session before it loses them. False when it had them.
  bool claim(Session& session, const TransportAddress& remote) {
    Session*& owner = by_path_[remote];
    if (owner == &session) return false;
    if (owner != nullptr) std::erase(owner->paths, remote);
    owner = &session;
    session.paths.push_back(remote);
    return true;
  }
  // Null when there is none.
  Session* named(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second.get();
  }
  Session* with_ufrag(std::string_view ufrag) const { return find(by_ufrag_, std::string(ufrag)); }
  Session* at(const TransportAddress& remote) const { return find(by_path_, remote); }

  void remove(Session& session) {
    for (const std::string& ufrag : session.ufrags) by_ufrag_.erase(ufrag);
    for (const TransportAddress& path : session.paths) by_path_.erase(path);
    by_name_.erase(std::string(session.name));
  }
  std::size_t size() const { return by_name_.size(); }
  const std::unordered_map<std::string, std::unique_ptr<Session>>& all() const { return by_name_; }

 private:
  template <class Key>
  static Session* find(const std::unordered_map<Key, Session*>& in, const Key& key) {
    const auto found = in.find(key);
    return found == in.end() ? nullptr : found->second;
  }

  std::unordered_map<std::string, std::unique_ptr<Session>> by_name_;
  std::unordered_map<std::string, Session*> by_ufrag_;
  std::unordered_map<TransportAddress, Session*> by_path_;
};

}  // namespace geili::media::webrtc
