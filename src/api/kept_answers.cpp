#include "api/kept_answers.hpp"

#include <memory>
#include <unordered_map>
#include <utility>

#include "api/caller.hpp"

namespace geili::api {
namespace {

constexpr std::size_t kNameBytesMax = 512;

struct Kept {
  store::ReadMark mark;
  KeptAnswers::Moment made_at;
  net::Response response;  // its body is shared
};
using Shelf = std::unordered_map<std::string, Kept>;

// What this thread keeps; for one object, as a process has one.
Shelf& shelf_of(std::uint64_t number) {
  thread_local std::uint64_t kept_for = 0;
  thread_local Shelf shelf;
  if (kept_for != number) shelf.clear();
  kept_for = number;
  return shelf;
}

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> made = 0;
  return ++made;
}

bool is_worth_keeping(const net::Response& response) {
  const auto* body = std::get_if<std::string>(&response.body);
  return body != nullptr && body->size() <= KeptAnswers::kBodyBytesMax &&
         (response.status == 200 || response.status == 304);
}

}  // namespace

std::optional<std::string> name_of(const KeptAnswers* answers, const net::Request& request,
                                   SameFor same_for) {
  if (answers == nullptr || same_for == SameFor::nobody || request.method != net::Method::get)
    return std::nullopt;
  if (same_for == SameFor::visitors && request.cookie(kSessionCookie)) return std::nullopt;
  std::string name = request.path + '?' + request.query;
  // Decides whether the answer is 304.
  if (const auto tag = request.headers.find("If-None-Match")) name.append("\n").append(*tag);
  if (name.size() > kNameBytesMax) return std::nullopt;
  return name;
}

KeptAnswer ask_kept(KeptAnswers* answers, const net::Request& request, SameFor same_for) {
  KeptAnswer kept{.name = name_of(answers, request, same_for), .known = {}};
  if (kept.name) kept.known = answers->find(*kept.name, std::chrono::steady_clock::now());
  return kept;
}

KeptAnswers::KeptAnswers(const store::Database& database)
    : database_(database), number_(next_number()) {}

std::optional<net::Response> KeptAnswers::find(const std::string& name, Moment now) {
  Shelf& shelf = shelf_of(number_);
  const auto found = shelf.find(name);
  if (found == shelf.end()) return std::nullopt;
  const Kept& kept = found->second;
  if (now - kept.made_at > kAgeMax || !database_.is_fresh(kept.mark)) {
    shelf.erase(found);
    return std::nullopt;
  }
  given_again_.fetch_add(1, std::memory_order_relaxed);
  return kept.response;
}

net::Response KeptAnswers::keep(const std::string& name, const std::optional<store::ReadMark>& mark,
                                net::Response response, Moment now) {
  read_.fetch_add(1, std::memory_order_relaxed);
  if (!mark || !is_worth_keeping(response)) return response;
  response.body =
      std::make_shared<const std::string>(std::move(std::get<std::string>(response.body)));
  Shelf& shelf = shelf_of(number_);
  // None lives long: a full shelf is emptied rather than sorted.
  if (shelf.size() >= kAnswersMax) shelf.clear();
  shelf.insert_or_assign(name, Kept{*mark, now, response});
  return response;
}

}  // namespace geili::api
