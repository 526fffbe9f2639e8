#include "app/http_transport.hpp"

#include <atomic>
#include <span>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/public_address.hpp"

namespace geili::app {
namespace {

using Done = std::function<void(HttpAnswer)>;
using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr int kPollMax_ms = 1'000;
constexpr int kPortHttps = 443;
constexpr int kHighPortMin = 1024;

struct Exchange {
  HttpRequest request;
  Done done;
  HttpAnswer answer;
  std::size_t header_bytes = 0;
  bool is_cut = false;        // its body is longer than is read
  bool is_forbidden = false;  // an address was out of reach
  Easy easy{nullptr, curl_easy_cleanup};
  List headers{nullptr, curl_slist_free_all};
  Exchange* next = nullptr;  // of those that wait
};

// libcurl takes the size it was given for "all is well".
std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::size_t bytes = size * count;
  if (exchange.answer.body.size() + bytes > exchange.request.body_bytes_max) {
    exchange.is_cut = exchange.request.may_cut_body;
    return 0;
  }
  exchange.answer.body.append(data, bytes);
  return bytes;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  const std::string_view line(data, size * count);
  exchange.header_bytes += line.size();
  if (exchange.header_bytes > kHeaderBytesMax) return 0;
  // A status line begins the headers anew: before it came those of a 1xx.
  if (line.starts_with("HTTP/")) {
    exchange.answer.headers.clear();
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    exchange.answer.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
  }
  return line.size();
}

bool is_in_reach(Reach reach, ByteView address, int port) {
  if (reach == Reach::loopback_too && is_loopback_address(address)) return true;
  const bool may_be_high = reach == Reach::public_high_port || reach == Reach::loopback_too;
  if (port != kPortHttps && !(may_be_high && port >= kHighPortMin)) return false;
  return is_public_address(address);
}

// Of an address that libcurl is about to connect to. No other families are reached.
bool is_in_reach(Reach reach, const curl_sockaddr& to) {
  const void* raw = &to.addr;
  if (to.family == AF_INET) {
    const auto& v4 = *static_cast<const sockaddr_in*>(raw);
    return is_in_reach(reach, std::as_bytes(std::span(&v4.sin_addr, 1)), ntohs(v4.sin_port));
  }
  if (to.family != AF_INET6) return false;
  const auto& v6 = *static_cast<const sockaddr_in6*>(raw);
  return is_in_reach(reach, std::as_bytes(std::span(&v6.sin6_addr, 1)), ntohs(v6.sin6_port));
}

// libcurl goes on to the next address of the name, if there is one.
curl_socket_t open_socket(void* user, curlsocktype /*purpose*/, curl_sockaddr* to) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (!is_in_reach(exchange.request.reach, *to)) {
    exchange.is_forbidden = true;
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

bool is_in_reach(Reach reach, const char* address, int port) {
  in_addr v4{};
  if (inet_pton(AF_INET, address, &v4) == 1) {
    return is_in_reach(reach, std::as_bytes(std::span(&v4, 1)), port);
  }
  in6_addr v6{};
  return inet_pton(AF_INET6, address, &v6) == 1 &&
         is_in_reach(reach, std::as_bytes(std::span(&v6, 1)), port);
}

// Before the request is sent: a connection that is there already may have been made by a call that
// goes further.
int look_at_connection(void* user, char* address, char* /*own*/, int port, int /*own*/) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (is_in_reach(exchange.request.reach, address, port)) return CURL_PREREQFUNC_OK;
  exchange.is_forbidden = true;
  return CURL_PREREQFUNC_ABORT;
}

void set_reach(Exchange& exchange) {
  if (exchange.request.reach == Reach::chosen) return;
  CURL* easy = exchange.easy.get();
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, look_at_connection);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  if (exchange.request.may_reuse_connection) return;
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
}

void add_header(Exchange& exchange, const std::string& line) {
  curl_slist* list = curl_slist_append(exchange.headers.get(), line.c_str());
  if (list == nullptr) throw std::bad_alloc();
  (void)exchange.headers.release();
  exchange.headers.reset(list);
}

void set_headers(Exchange& exchange) {
  const HttpRequest& request = exchange.request;
  for (const auto& [name, value] : request.headers) add_header(exchange, name + ": " + value);
  if (!request.authorization.reveal().empty()) {
    add_header(exchange, "Authorization: " + request.authorization.reveal());
  }
  if (!request.content_type.empty()) {
    add_header(exchange, "Content-Type: " + request.content_type);
  }
  add_header(exchange, "Expect:");  // no round trip before a body of a few hundred bytes
}

bool prepare(Exchange& exchange) {
  exchange.easy.reset(curl_easy_init());
  CURL* easy = exchange.easy.get();
  if (easy == nullptr) return false;
  const HttpRequest& request = exchange.request;
  set_headers(exchange);
  const auto connect_ms = static_cast<long>(request.connect_timeout.count());
  const auto whole_ms = connect_ms + static_cast<long>(request.answer_timeout.count());
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "127.0.0.1,::1,localhost");
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, whole_ms);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, static_cast<long>(kConnectionIdleMax.count()));
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.headers.get());
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  }
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
  set_reach(exchange);
  return true;
}

// A time-out before the request was sent leaves nothing done at the provider.
HttpAnswer told(Exchange& exchange, CURLcode code) {
  HttpAnswer answer;
  const bool is_answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && exchange.is_cut);
  if (is_answered) {
    long status = 0;
    curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    answer = std::move(exchange.answer);
    answer.carried = Carried::answered;
    answer.status = static_cast<int>(status);
    return answer;
  }
  curl_off_t sending_us = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &sending_us);
  const bool was_sent = code == CURLE_OPERATION_TIMEDOUT && sending_us > 0;
  answer.carried = was_sent ? Carried::timed_out : Carried::unreachable;
  const bool is_kept_from = code == CURLE_COULDNT_CONNECT || code == CURLE_ABORTED_BY_CALLBACK;
  if (is_kept_from && exchange.is_forbidden) answer.carried = Carried::forbidden;
  return answer;
}

}  // namespace

// Senders push onto `waiting_`, a list whose newest is first; the thread takes all of it at once.
// Everything else belongs to the thread.
class HttpTransport::Loop {
 public:
  Loop() : multi_(curl_multi_init()), thread_([this] { run(); }) {}
  ~Loop() {
    is_stopping_ = true;
    curl_multi_wakeup(multi_);
    thread_.join();
    curl_multi_cleanup(multi_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // False when it is full.
  bool take(std::unique_ptr<Exchange>& exchange) {
    if (count_.fetch_add(1) >= kCallsMax) {
      --count_;
      return false;
    }
    Exchange* pushed = exchange.release();
    pushed->next = waiting_.load();
    while (!waiting_.compare_exchange_weak(pushed->next, pushed)) {
    }
    curl_multi_wakeup(multi_);
    return true;
  }

 private:
  void run() {
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(kConnectionsMax));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(kConnectionsMax));
    while (begin_waiting()) {
      int running = 0;
      curl_multi_perform(multi_, &running);
      finish_done();
      curl_multi_poll(multi_, nullptr, 0, kPollMax_ms, nullptr);
    }
    for (auto& [easy, exchange] : under_way_) {
      curl_multi_remove_handle(multi_, easy);
      end(*exchange, {.carried = Carried::unreachable});
    }
    under_way_.clear();
  }

  // False once it is to stop; what waited is then answered.
  bool begin_waiting() {
    const bool is_stopping = is_stopping_;
    Exchange* next = waiting_.exchange(nullptr);
    while (next != nullptr) {
      std::unique_ptr<Exchange> exchange(std::exchange(next, next->next));
      if (is_stopping || !prepare(*exchange)) {
        end(*exchange, {.carried = Carried::unreachable});
        continue;
      }
      CURL* easy = exchange->easy.get();
      under_way_.emplace(easy, std::move(exchange));
      curl_multi_add_handle(multi_, easy);
    }
    return !is_stopping;
  }

  void finish_done() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode code = message->data.result;
      const auto found = under_way_.find(easy);
      auto exchange = std::move(found->second);
      under_way_.erase(found);
      curl_multi_remove_handle(multi_, easy);
      end(*exchange, told(*exchange, code));
    }
  }

  void end(Exchange& exchange, HttpAnswer answer) {
    --count_;
    exchange.done(std::move(answer));
  }

  CURLM* multi_;
  std::atomic<Exchange*> waiting_ = nullptr;
  std::atomic<std::size_t> count_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::unordered_map<CURL*, std::unique_ptr<Exchange>> under_way_;
  std::thread thread_;
};

HttpTransport::HttpTransport() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kReady != CURLE_OK) throw std::runtime_error("libcurl cannot be used");
  loop_ = std::make_unique<Loop>();
}

HttpTransport::~HttpTransport() = default;

void HttpTransport::send(HttpRequest request, Done done) {
  auto exchange = std::make_unique<Exchange>();
  exchange->request = std::move(request);
  exchange->done = std::move(done);
  if (!loop_->take(exchange)) exchange->done({.carried = Carried::busy});
}

}  // namespace geili::app
