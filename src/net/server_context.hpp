#pragma once
// What all connections of a server share.

#include <atomic>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

#include "net/loop.hpp"
#include "net/server.hpp"

namespace geili::net {

// Open connections by the household of the peer, or by a trusted proxy. Belongs to io thread 0; an
// entry lives while a connection holds it.
using HouseholdCounts = std::unordered_map<std::string, std::size_t>;

struct ServerContext {
  ServerSettings settings;
  Router router;
  ServerHooks hooks;
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> websockets = 0;
  HouseholdCounts households;
  Loop* accept_loop = nullptr;
};

// A connection's place in the counts. release() may be called on any io thread; address() before
// it.
class ConnectionTicket {
 public:
  ConnectionTicket() = default;
  ConnectionTicket(ServerContext& context, HouseholdCounts::value_type& entry, std::string address,
                   bool is_https)
      : context_(&context), entry_(&entry), address_(std::move(address)), is_https_(is_https) {}
  ConnectionTicket(ConnectionTicket&& other) noexcept
      : context_(std::exchange(other.context_, nullptr)),
        entry_(other.entry_),
        address_(std::move(other.address_)),
        is_https_(other.is_https_) {}
  ConnectionTicket& operator=(ConnectionTicket&&) = delete;

  const std::string& address() const { return address_; }
  bool is_https() const { return is_https_; }
  void release();

 private:
  ServerContext* context_ = nullptr;
  HouseholdCounts::value_type* entry_ = nullptr;
  std::string address_;
  bool is_https_ = false;
};

// The answer of the `refuse` hook, or a plain RFC 9457 problem when there is none.
Response refusal_response(const ServerContext& context, unsigned status, const Error& error);

// What was thrown, told to the `failed` hook; returns the incident that the answer may name.
std::string report_failure(const ServerContext& context, std::exception_ptr failure);

}  // namespace geili::net
