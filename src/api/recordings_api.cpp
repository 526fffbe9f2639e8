// Shows to watch again: the recording with its chapters, clips of it, and their files.

#include <algorithm>
#include <filesystem>

#include <boost/json.hpp>

#include "api/chapters.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/live_address.hpp"
#include "api/routes.hpp"
#include "api/show_access.hpp"
#include "net/file_response.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using identity::Action;
using net::Method;
using net::Request;
using net::Response;

constexpr std::int64_t kClipMsMax = media::Recordings::kClipUsMax / kUsPerMs;
constexpr std::int64_t kMsMax = 7 * 86'400'000;
constexpr const char* kVideo = "video/mp4";

std::unexpected<Error> recording_live() {
  return fail(ErrorKind::conflict, "recording-live", "The show has not ended.");
}

Result<Kept> find_kept(store::Tx& tx, ShowId id, const Caller& caller) {
  auto kept = api::find_kept(tx, id);
  if (kept) kept->is_own = caller.may(tx, Action::run_shows, kept->show.shop);
  return kept;
}

json::object to_json(const Kept& kept, const media::RecordingView& view) {
  const bool ready = is_ready(kept, view);
  json::array chapters;
  for (const Chapter& chapter : chapters_of(kept, view)) {
    chapters.push_back({{"product", api::to_json(kept.products.at(chapter.product))},
                        {"from_ms", chapter.from_ms},
                        {"to_ms", chapter.to_ms}});
  }
  json::object out{{"show_id", id_json(kept.show.id)},
                   {"state", ready ? "ready" : "recording"},
                   {"started_at", instant_json(view.summary.started_at)},
                   {"duration_ms", view.summary.duration_us / kUsPerMs},
                   {"chapters", std::move(chapters)}};
  if (ready) out["hls"] = replay_address(kept.show.id);
  if (kept.is_own) out["bytes"] = view.summary.bytes;
  return out;
}

// GET /shows/{show_id}/recording

awaitable<Response> get_recording(const Context* context, Request request) {
  const auto id = path_id<ShowTag>(request, "show_id");
  if (!id) co_return problem(id.error());
  auto job = [id = *id, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return find_kept(tx, id, caller);
  };
  const auto kept = co_await store::read(*context->database, job);
  if (!kept) co_return problem(kept.error());
  auto moments = moments_of(*kept);
  const auto view = co_await context->recordings->view(*id, std::move(moments));
  if (!view) co_return problem(view.error());
  auto response = json_response(to_json(*kept, *view));
  response.headers.set("Cache-Control", "no-cache");
  co_return response;
}

// DELETE /shows/{show_id}/recording

Result<bool> run_delete(store::Tx& tx, ShowId id, const Caller& caller) {
  const auto show = own_show(tx, id, caller, Action::run_shows);
  if (!show) return std::unexpected(show.error());
  const auto recording = shows::find_recording(tx, id);
  if (!recording) return std::unexpected(recording.error());
  if (show->status != shows::ShowStatus::ended) return recording_live();
  shows::give_up_recording(tx, id, shows::RecordingState::deleted);
  note_deed(tx, caller, show->shop, "recording-deleted", identity::subject_of("show", id.value));
  return true;
}

awaitable<Response> delete_recording(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  const auto id = path_id<ShowTag>(request, "show_id");
  if (!id) co_return problem(id.error());
  auto job = [id = *id, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return run_delete(tx, id, caller);
  };
  const auto forgotten = co_await store::write(*context->database, job);
  if (!forgotten) co_return problem(forgotten.error());
  // Files that cannot be removed now are removed at the next start, as the store says so.
  const auto removed = co_await context->recordings->remove(*id);
  (void)removed;
  co_return no_content();
}

// POST /shows/{show_id}/recording/clips

struct ClipCommand {
  ShowId show;
  std::optional<ProductId> product;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

Result<ClipCommand> decode_clip(const Request& request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) return std::unexpected(show.error());
  ClipCommand command{.show = *show};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    if (const auto product = body.optional_id("product_id")) {
      command.product = ProductId{*product};
      return;  // times beside it are unknown members
    }
    command.from_ms = body.integer("from_ms", 0, kMsMax);
    command.to_ms = body.integer("to_ms", 1, kMsMax);
    if (command.to_ms <= command.from_ms) body.fault("to_ms", "is not behind from_ms");
    if (command.to_ms - command.from_ms > kClipMsMax) {
      body.fault("to_ms", "is more than ten minutes behind from_ms");
    }
  });
  if (!read) return fail_as(read);
  return command;
}

Result<Kept> run_clip(store::Tx& tx, ShowId id, const Caller& caller) {
  const auto show = own_show(tx, id, caller, Action::run_shows);
  if (!show) return std::unexpected(show.error());
  auto kept = find_kept(tx, id, caller);
  if (kept && show->status != shows::ShowStatus::ended) return recording_live();
  return kept;
}

// Puts the longest chapter of the product into the command.
Result<void> choose_chapter(const Kept& kept, const media::RecordingView& view,
                            ClipCommand& command) {
  auto chapters = chapters_of(kept, view);
  std::erase_if(chapters, [&](const Chapter& c) { return c.product != *command.product; });
  if (chapters.empty()) {
    return fail(Error::invalid_field("/product_id", "was not shown in this show"));
  }
  const auto length = [](const Chapter& c) { return c.to_ms - c.from_ms; };
  const Chapter longest = *std::ranges::max_element(chapters, {}, length);
  command.from_ms = longest.from_ms;
  command.to_ms = std::min(longest.to_ms, longest.from_ms + kClipMsMax);
  return {};
}

Response clip_response(ShowId show, const media::RecordingClip& clip) {
  std::error_code gone;
  const std::uint64_t bytes = std::filesystem::file_size(clip.path, gone);
  return json_response(json::object{{"url", live_address(show) + "/clips/" + clip.name},
                                    {"from_ms", clip.from_us / kUsPerMs},
                                    {"to_ms", clip.to_us / kUsPerMs},
                                    {"bytes", gone ? 1 : bytes}},
                       201);
}

awaitable<Response> create_clip(const Context* context, Request request) {
  const auto origin = check_origin(request, context->public_origin);
  if (!origin) co_return problem(origin.error());
  auto command = decode_clip(request);
  if (!command) co_return problem(command.error());
  auto job = [show = command->show, caller = Caller::of(request, *context->clock)](store::Tx& tx) {
    return run_clip(tx, show, caller);
  };
  const auto kept = co_await store::write(*context->database, job);
  if (!kept) co_return problem(kept.error());
  if (command->product) {
    auto moments = moments_of(*kept);
    const auto view = co_await context->recordings->view(command->show, std::move(moments));
    if (!view) co_return problem(view.error());
    const auto chosen = choose_chapter(*kept, *view, *command);
    if (!chosen) co_return problem(chosen.error());
  }
  const auto clip = co_await context->recordings->clip(command->show, command->from_ms * kUsPerMs,
                                                       command->to_ms * kUsPerMs);
  if (!clip) co_return problem(clip.error());
  auto note = [show = kept->show,
               caller = Caller::of(request, *context->clock)](store::Tx& tx) -> Result<bool> {
    note_deed(tx, caller, show.shop, "clip-made", identity::subject_of("show", show.id.value));
    return true;
  };
  // The clip is there, whether or not the store has time to say who cut it.
  const auto written = co_await store::write(*context->database, note);
  (void)written;
  co_return clip_response(command->show, *clip);
}

// The files

// Players on other sites (an embedded show, a caster) may read the picture.
Response open_to_all(Response response) {
  response.headers.set("Access-Control-Allow-Origin", "*");
  return response;
}

Result<bool> is_replayed(store::Tx& tx, ShowId id) {
  const auto show = shows::find_show(tx, id);
  if (!show) return std::unexpected(show.error());
  const auto recording = shows::find_recording(tx, id);
  if (!recording) return std::unexpected(recording.error());
  if (show->status != shows::ShowStatus::ended) return recording_live();
  return true;
}

awaitable<Response> replay_playlist(const Context* context, ShowId show) {
  auto job = [show](store::Tx& tx) { return is_replayed(tx, show); };
  const auto replayed = co_await store::read(*context->database, job);
  if (!replayed) co_return problem(replayed.error());
  const auto list = co_await context->recordings->playlist(show);
  if (!list) co_return problem(list.error());
  Response response;
  response.headers.set("Content-Type", "application/vnd.apple.mpegurl");
  response.headers.set("Cache-Control", "public, max-age=60");
  response.body = *list;
  co_return open_to_all(std::move(response));
}

awaitable<Response> replay(const Context* context, Request request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) co_return problem(show.error());
  std::string name(request.path_parameter("file"));
  if (name == "index.m3u8") {
    auto playlist = co_await replay_playlist(context, *show);
    co_return playlist;
  }
  const auto path = co_await context->recordings->section(*show, std::move(name));
  if (!path) co_return problem(path.error());
  co_return open_to_all(net::file_response(
      request, *path, {.content_type = kVideo, .cache_control = "public, max-age=600"}));
}

awaitable<Response> clip_file(const Context* context, Request request) {
  const auto show = path_id<ShowTag>(request, "show_id");
  if (!show) co_return problem(show.error());
  std::string name(request.path_parameter("file"));
  const auto path = co_await context->recordings->clip_file(*show, name);
  if (!path) co_return problem(path.error());
  auto response = net::file_response(
      request, *path, {.content_type = kVideo, .cache_control = "public, max-age=600"});
  if (request.query == "download") {
    response.headers.set(
        "Content-Disposition",
        "attachment; filename=\"clip_" + std::to_string(show->value) + "_" + name + "\"");
  }
  co_return open_to_all(std::move(response));
}

using Function = awaitable<Response> (*)(const Context*, Request);

net::Handler bound(const Context& context, Function function) {
  return [context = &context, function](Request request) {
    return function(context, std::move(request));
  };
}

}  // namespace

void add_recording_routes(net::Router& router, const Context& context) {
  const std::string recording = "/api/v1/shows/{show_id}/recording";
  router.add({Method::get, recording, "getRecording", bound(context, get_recording)});
  router.add({Method::del, recording, "deleteRecording", bound(context, delete_recording)});
  router.add({Method::post, recording + "/clips", "createClip", bound(context, create_clip)});
  router.add({Method::get, "/live/{show_id}/replay/{file}", "", bound(context, replay)});
  router.add({Method::get, "/live/{show_id}/clips/{file}", "", bound(context, clip_file)});
}

}  // namespace geili::api
