// Who changed what, and when.

#include "api/decode.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/person_names.hpp"
#include "api/routes.hpp"
#include "identity/audit.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using net::Method;

struct List {
  identity::AuditFilter filter;
  PageRequest page;
};

struct NamedEntry {
  identity::AuditEntry entry;
  std::string person_name;
};

Result<List> decode_list(const net::Request& request) {
  auto query = list_query(request, {"person_id", "shop_id"});
  if (!query) return fail_as(query);
  List list{.page = std::move(query->page)};
  auto person = query->query.id("person_id");
  if (!person) return fail_as(person);
  if (*person) list.filter.person = PersonId{**person};
  auto shop = query->query.id("shop_id");
  if (!shop) return fail_as(shop);
  if (*shop) list.filter.shop = ShopId{**shop};
  return list;
}

Result<Page<NamedEntry>> run_list(store::Tx& tx, const List& list, const Caller& caller) {
  const auto actor = caller.authorise(tx, identity::Action::see_audit, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto page = identity::list_audit(tx, list.filter, list.page);
  if (!page) return fail_as(page);
  PersonNames names(tx);
  Page<NamedEntry> out{.items = {}, .next_cursor = std::move(page->next_cursor)};
  for (identity::AuditEntry& entry : page->items) {
    const std::string name = entry.person ? names.of(*entry.person) : std::string();
    out.items.push_back({std::move(entry), std::move(name)});
  }
  return out;
}

json::object to_json(const NamedEntry& named) {
  json::object out{{"id", std::to_string(named.entry.id)},
                   {"happened_at", instant_json(named.entry.happened_at)},
                   {"action", named.entry.action},
                   {"subject", named.entry.subject},
                   {"detail", named.entry.detail}};
  if (named.entry.person) {
    out["person"] = {{"id", id_json(*named.entry.person)}, {"name", named.person_name}};
  }
  if (named.entry.shop) out["shop_id"] = id_json(*named.entry.shop);
  return out;
}

net::Response encode_list(const Page<NamedEntry>& page, const net::Request& request) {
  return page_response(page, request, to_json);
}

}  // namespace

void add_audit_routes(net::Router& router, const Context& context) {
  router.add({Method::get, "/api/v1/audit", "listAudit",
              handler(context, Endpoint<List, Page<NamedEntry>>{Job::read, decode_list, run_list,
                                                                encode_list})});
}

}  // namespace geili::api
