#include "api/webhook_json.hpp"

#include <boost/json.hpp>

#include "api/encode.hpp"

namespace geili::api {

namespace json = boost::json;

json::object to_json(const webhooks::Endpoint& endpoint) {
  json::array events;
  for (const webhooks::Event event : endpoint.choice.events) {
    events.push_back(json::string(webhooks::to_text(event)));
  }
  json::object out{{"id", id_json(endpoint.id)},
                   {"url", endpoint.choice.url},
                   {"description", endpoint.choice.description},
                   {"events", std::move(events)},
                   {"disabled", endpoint.disabled != webhooks::Disabled::no},
                   {"created_at", instant_json(endpoint.created_at)}};
  if (endpoint.disabled != webhooks::Disabled::no) {
    out["disabled_why"] = json::string(webhooks::to_text(endpoint.disabled));
  }
  if (endpoint.failing_since) out["failing_since"] = instant_json(*endpoint.failing_since);
  if (endpoint.old_secret_until) {
    out["old_secret_until"] = instant_json(*endpoint.old_secret_until);
  }
  return out;
}

json::object to_json(const webhooks::WithSecret& made) {
  json::object out = to_json(made.endpoint);
  out["secret"] = made.secret.reveal();
  return out;
}

json::object to_json(const webhooks::Delivery& delivery) {
  json::object out{
      {"id", id_json(delivery.id)},    {"message", delivery.message},
      {"event", delivery.event},       {"state", json::string(webhooks::to_text(delivery.state))},
      {"attempts", delivery.attempts}, {"created_at", instant_json(delivery.created_at)}};
  if (delivery.due_at) out["due_at"] = instant_json(*delivery.due_at);
  if (delivery.last_status) out["last_status"] = *delivery.last_status;
  if (delivery.last_error != webhooks::DeliveryError::none) {
    out["last_error"] = json::string(webhooks::to_text(delivery.last_error));
  }
  if (delivery.last_attempt_at) out["last_attempt_at"] = instant_json(*delivery.last_attempt_at);
  return out;
}

}  // namespace geili::api
