// Questions of the chat: /shows/{show_id}/questions, /shows/{show_id}/messages/{seq}/answer.

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/person_names.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "flows/questions.hpp"
#include "shows/questions.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

struct NamedQuestion {
  shows::Question question;
  std::string by;  // of an answered one
};
using Questions = std::vector<NamedQuestion>;

Result<Questions> run_list(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  PersonNames names(tx);
  Questions all;
  for (shows::Question& one : shows::questions_of(tx, show)) {
    std::string by = one.answered_by ? names.of(*one.answered_by) : std::string();
    all.push_back({std::move(one), std::move(by)});
  }
  return all;
}

json::object question_json(const NamedQuestion& named) {
  const shows::Question& one = named.question;
  json::object out{{"seq", one.seq},
                   {"at", instant_json(one.said_at)},
                   {"name", one.author_name},
                   {"text", one.text}};
  if (one.answered_at) {
    out["answered_at"] = instant_json(*one.answered_at);
    out["answered_by"] = named.by;
  }
  return out;
}

Response encode_list(const Questions& all, const Request&) {
  json::array items;
  for (const NamedQuestion& one : all) items.push_back(question_json(one));
  Response response = json_response({{"items", std::move(items)}});
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

struct Answer {
  ShowId show;
  std::int64_t seq = 0;
};

Result<Answer> decode_answer(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  const auto seq = path_number(request, "seq");
  if (!seq) return std::unexpected(seq.error());
  return Answer{*show, *seq};
}

Result<Done> run_answer(store::Tx& tx, const Answer& answer, const Caller& caller) {
  const auto own = own_show(tx, answer.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  const auto session = caller.signed_in(tx);
  if (!session) return std::unexpected(session.error());
  const auto was_open =
      flows::answer_question(tx, answer.show, answer.seq, *session->actor.person, *caller.clock);
  if (!was_open) return std::unexpected(was_open.error());
  if (*was_open) {
    note_deed(tx, caller, own->shop, "question-answered",
              identity::subject_of("show", own->id.value), "message/" + std::to_string(answer.seq));
  }
  return Done{};
}

}  // namespace

void add_question_routes(net::Router& router, const Context& context) {
  const std::string show = "/api/v1/shows/{show_id}";
  router.add({Method::get, show + "/questions", "listQuestions",
              handler(context,
                      Endpoint<ShowId, Questions>{Job::read, decode_show, run_list, encode_list})});
  router.add({Method::post, show + "/messages/{seq}/answer", "answerQuestion",
              handler(context,
                      Endpoint<Answer, Done>{Job::write, decode_answer, run_answer, encode_done})});
}

}  // namespace geili::api
