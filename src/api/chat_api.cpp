// A safe chat: the rules of a shop's, whom it keeps quiet, what is announced in a show, and what
// was said. The words themselves are in no audit.

#include <map>
#include <optional>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/person_names.hpp"
#include "api/routes.hpp"
#include "api/shop_access.hpp"
#include "api/show_access.hpp"
#include "base/csv.hpp"
#include "flows/chat.hpp"
#include "shows/chat.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;
using shows::ChatRules;
using shows::Sanction;
using shows::SanctionKind;

// GET and PUT /shops/{shop_id}/chat-rules

Result<void> may_moderate(store::Tx& tx, ShopId shop, const Caller& caller) {
  return may_in_shop(tx, shop, caller, Action::host_desk);
}

Result<ChatRules> run_rules(store::Tx& tx, const ShopId& shop, const Caller& caller) {
  if (auto may = may_moderate(tx, shop, caller); !may) return fail_as(may);
  return shows::find_chat_rules(tx, shop);
}

struct RulesChange {
  ShopId shop;
  ChatRules rules;
  std::int64_t version = 0;  // that was read
};

Result<RulesChange> decode_rules(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  const auto version = expected_version(request);
  if (!version) return std::unexpected(version.error());
  RulesChange change{.shop = *shop, .rules = {}, .version = *version};
  ChatRules& rules = change.rules;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    rules.slow_mode_s = body.integer("slow_mode_s", 0, shows::kSlowModeMax_s);
    rules.who = read_word(body, "who", shows::parse_chat_who);
    rules.links = read_word(body, "links", shows::parse_chat_links);
    rules.takes_orders = body.optional_boolean("takes_orders").value_or(true);
    rules.mutes_common = body.boolean("mutes_common");
    rules.muted_words = body.texts("muted_words", shows::kMutedWordsMax,
                                   {.min_length = 1, .max_length = shows::kMutedWordMax});
  });
  if (!read) return fail_as(read);
  return change;
}

// Says what it is, and of the words how many there are.
std::string detail_of(const ChatRules& rules) {
  return "slow " + std::to_string(rules.slow_mode_s) + " s, " +
         std::string(shows::to_text(rules.who)) + ", links " +
         std::string(shows::to_text(rules.links)) + ", orders " +
         (rules.takes_orders ? "on" : "off") + ", common words " +
         (rules.mutes_common ? "on" : "off") + ", own words " +
         std::to_string(rules.muted_words.size());
}

Result<ChatRules> run_set_rules(store::Tx& tx, const RulesChange& change, const Caller& caller) {
  if (auto may = may_moderate(tx, change.shop, caller); !may) return fail_as(may);
  auto set = flows::set_chat_rules(tx, change.shop, change.rules, change.version, *caller.clock);
  if (!set) return set;
  note_deed(tx, caller, change.shop, "chat-rules-changed",
            identity::subject_of("shop", change.shop.value), detail_of(*set));
  return set;
}

Response encode_rules(const ChatRules& rules, const Request& request) {
  json::array words;
  for (const std::string& word : rules.muted_words) words.emplace_back(word);
  const json::object body{{"slow_mode_s", rules.slow_mode_s},
                          {"who", json::string_view(shows::to_text(rules.who))},
                          {"links", json::string_view(shows::to_text(rules.links))},
                          {"takes_orders", rules.takes_orders},
                          {"mutes_common", rules.mutes_common},
                          {"muted_words", std::move(words)}};
  return versioned(body, rules.version, request);
}

// Sanctions

struct NamedSanction {
  Sanction sanction;
  std::string by;
};

json::object sanction_json(const NamedSanction& named) {
  const Sanction& one = named.sanction;
  json::object out{{"id", id_json(one.id)},
                   {"kind", json::string_view(shows::to_text(one.kind))},
                   {"show_id", id_json(one.show)},
                   {"seq", one.seq},
                   {"name", one.author_name},
                   {"text", one.text},
                   {"made_at", instant_json(one.made_at)},
                   {"made_by", named.by}};
  if (one.until) out["until"] = instant_json(*one.until);
  return out;
}

// POST /shows/{show_id}/messages/{seq}/sanction

Result<flows::SanctionAuthor> decode_sanction(const Request& request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return std::unexpected(show.error());
  const auto seq = path_number(request, "seq");
  if (!seq) return std::unexpected(seq.error());
  flows::SanctionAuthor wish{.show = *show, .seq = *seq, .by = {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    const std::string word = body.text("kind", {.min_length = 1, .max_length = kWordMax});
    const auto kind = shows::parse_sanction_kind(word);
    if (!kind && !word.empty()) body.fault("kind", "is not one of the allowed words");
    const auto seconds =
        body.optional_integer("seconds", shows::kTimeoutMin_s, shows::kTimeoutMax_s);
    wish.kind = kind.value_or(SanctionKind::timeout);
    if (kind == SanctionKind::timeout && !body.has("seconds")) body.fault("seconds", "is missing");
    if (kind && kind != SanctionKind::timeout && seconds) {
      body.fault("seconds", "is of a timeout alone");
    }
    wish.seconds = seconds.value_or(0);
  });
  if (!read) return fail_as(read);
  return wish;
}

Result<NamedSanction> run_sanction(store::Tx& tx, const flows::SanctionAuthor& asked,
                                   const Caller& caller) {
  const auto own = own_show(tx, asked.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  const auto session = caller.signed_in(tx);
  if (!session) return std::unexpected(session.error());
  flows::SanctionAuthor wish = asked;
  wish.by = *session->actor.person;
  auto made = flows::sanction_author(tx, wish, *caller.clock);
  if (!made) return fail_as(made);
  std::string detail =
      "message/" + std::to_string(wish.seq) + " " + std::string(to_text(wish.kind));
  if (made->until) detail += " " + std::to_string(wish.seconds) + " s";
  note_deed(tx, caller, own->shop, "chat-author-sanctioned",
            identity::subject_of("show", own->id.value), detail);
  return NamedSanction{*std::move(made), session->name};
}

Response encode_sanction(const NamedSanction& named, const Request&) {
  return json_response(sanction_json(named), 201);
}

// Answered once the show's own room keeps to it; rooms of other shows hear of it from the outbox.
boost::asio::awaitable<Response> sanction_author(const Context* context, Request request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  const Endpoint<flows::SanctionAuthor, NamedSanction> endpoint{Job::write, decode_sanction,
                                                                run_sanction, encode_sanction};
  auto response = co_await answer(context, endpoint, std::move(request));
  if (show && response.status == 201) {
    const auto told = co_await tell_chat_rules(context, *show);
    (void)told;  // the outbox tells it again
  }
  co_return response;
}

// GET /shops/{shop_id}/chat-sanctions

struct List {
  ShopId shop;
  PageRequest page;
};

Result<List> decode_list(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return List{*shop, std::move(query->page)};
}

Result<Page<NamedSanction>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  if (auto may = may_moderate(tx, list.shop, caller); !may) return fail_as(may);
  auto page = shows::list_sanctions(tx, list.shop, list.page, caller.clock->now());
  if (!page) return fail_as(page);
  PersonNames names(tx);
  Page<NamedSanction> out{.items = {}, .next_cursor = std::move(page->next_cursor)};
  for (Sanction& one : page->items) {
    const std::string& by = names.of(one.made_by);
    out.items.push_back({std::move(one), by});
  }
  return out;
}

Response encode_list(const Page<NamedSanction>& page, const Request& request) {
  return page_response(page, request, sanction_json);
}

// DELETE /shops/{shop_id}/chat-sanctions/{sanction_id}

struct Lift {
  ShopId shop;
  shows::SanctionId sanction;
};

Result<Lift> decode_lift(const Request& request) {
  const auto shop = decode_shop(request);
  if (!shop) return std::unexpected(shop.error());
  const auto sanction = path_id<shows::ChatSanctionTag>(request, "sanction_id");
  if (!sanction) return std::unexpected(sanction.error());
  return Lift{*shop, *sanction};
}

Result<Done> run_lift(store::Tx& tx, const Lift& lift, const Caller& caller) {
  if (auto may = may_moderate(tx, lift.shop, caller); !may) return fail_as(may);
  const auto lifted = flows::lift_sanction(tx, lift.shop, lift.sanction, *caller.clock);
  if (!lifted) return std::unexpected(lifted.error());
  note_deed(tx, caller, lift.shop, "chat-sanction-lifted",
            identity::subject_of("show", lifted->show.value),
            "message/" + std::to_string(lifted->seq) + " " + std::string(to_text(lifted->kind)));
  return Done{};
}

// PUT and DELETE /shows/{show_id}/announcement

struct Announcement {
  ShowId show;
  std::string text;
};

Result<Announcement> decode_announcement(const Request& request) {
  const auto show = decode_show(request);
  if (!show) return std::unexpected(show.error());
  Announcement announcement{*show, {}};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    announcement.text = body.text("text", {.min_length = 1, .max_length = shows::kAnnouncementMax});
  });
  if (!read) return fail_as(read);
  return announcement;
}

Result<Done> noted(store::Tx& tx, const Caller& caller, const Result<shows::Show>& show,
                   std::string_view action) {
  if (!show) return std::unexpected(show.error());
  note_deed(tx, caller, show->shop, action, identity::subject_of("show", show->id.value));
  return Done{};
}

Result<Done> run_announce(store::Tx& tx, const Announcement& wish, const Caller& caller) {
  const auto own = own_show(tx, wish.show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::announce(tx, wish.show, wish.text, *caller.clock),
               "announcement-made");
}

Result<Done> run_withdraw(store::Tx& tx, const ShowId& show, const Caller& caller) {
  const auto own = own_show(tx, show, caller, Action::host_desk);
  if (!own) return std::unexpected(own.error());
  return noted(tx, caller, flows::withdraw_announcement(tx, show, *caller.clock),
               "announcement-withdrawn");
}

// GET /shows/{show_id}/chat.csv

struct Export {
  ShowId show;
  std::string csv;
};

Result<Export> run_export(store::Tx& tx, const ShowId& id, const Caller& caller) {
  const auto show = own_show(tx, id, caller, Action::host_desk);
  if (!show) return std::unexpected(show.error());
  std::map<DeviceId, SanctionKind> kinds;
  for (const Sanction& one : shows::sanctions_in_force(tx, show->shop, caller.clock->now())) {
    kinds[one.device] = one.kind;
  }
  PersonNames names(tx);
  CsvWriter csv;
  csv.header(
      {"said_at", "number", "name", "role", "text", "hidden_at", "hidden_by", "sanction", "lang"});
  for (const shows::ChatLine& line : shows::kept_chat(tx, id)) {
    const auto kind = line.device ? kinds.find(*line.device) : kinds.end();
    const std::string_view held = kind == kinds.end() ? "" : shows::to_text(kind->second);
    csv.plain(to_rfc3339(line.said_at)).plain(line.seq ? std::to_string(*line.seq) : "");
    csv.text(line.author_name).plain(line.author_role).text(line.text);
    csv.plain(line.hidden_at ? to_rfc3339(*line.hidden_at) : "");
    csv.text(line.hidden_by ? names.of(*line.hidden_by) : "");
    csv.plain(line.seq ? held : shows::to_text(SanctionKind::shadow));
    csv.plain(line.language);
    csv.end_row();
  }
  return Export{id, std::move(csv).take()};
}

Response encode_export(const Export& made, const Request&) {
  return file_download(made.csv, "text/csv; charset=utf-8",
                       "chat-" + std::to_string(made.show.value) + ".csv");
}

}  // namespace

void add_chat_routes(net::Router& router, const Context& context) {
  const std::string shop = "/api/v1/shops/{shop_id}";
  const std::string show = "/api/v1/shows/{show_id}";
  router.add({Method::get, shop + "/chat-rules", "getChatRules",
              handler(context, Endpoint<ShopId, ChatRules>{Job::read, decode_shop, run_rules,
                                                           encode_rules})});
  router.add({Method::put, shop + "/chat-rules", "setChatRules",
              handler(context, Endpoint<RulesChange, ChatRules>{Job::write, decode_rules,
                                                                run_set_rules, encode_rules})});
  router.add({Method::get, shop + "/chat-sanctions", "listChatSanctions",
              handler(context, Endpoint<List, Page<NamedSanction>>{Job::read, decode_list, run_list,
                                                                   encode_list})});
  router.add(
      {Method::del, shop + "/chat-sanctions/{sanction_id}", "liftChatSanction",
       handler(context, Endpoint<Lift, Done>{Job::write, decode_lift, run_lift, encode_done})});
  router.add({Method::post, show + "/messages/{seq}/sanction", "sanctionAuthor",
              [context = &context](Request request) {
                return sanction_author(context, std::move(request));
              }});
  router.add({Method::put, show + "/announcement", "announce",
              handler(context, Endpoint<Announcement, Done>{Job::write, decode_announcement,
                                                            run_announce, encode_done})});
  router.add({Method::del, show + "/announcement", "withdrawAnnouncement",
              handler(context,
                      Endpoint<ShowId, Done>{Job::write, decode_show, run_withdraw, encode_done})});
  router.add({Method::get, show + "/chat.csv", "exportChat",
              handler(context, Endpoint<ShowId, Export>{Job::read, decode_show, run_export,
                                                        encode_export})});
}

}  // namespace geili::api
