#include "net/static_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "net/etag.hpp"
#include "net/file_response.hpp"

namespace geili::net {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMemoryBytesMax = 256 * 1024;
constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";
constexpr std::string_view kRevalidate = "no-cache";

// One form of a file: as it is, or compressed.
struct Variant {
  std::string path;
  std::string etag;
  SharedBody memory;  // none when the file is large
};

struct StaticFile {
  std::string content_type;
  std::string_view cache_control;
  Variant plain;
  std::optional<Variant> brotli;
  std::optional<Variant> gzip;
};

struct Folder {
  std::map<std::string, std::shared_ptr<const StaticFile>, std::less<>> files;  // by request path
  std::shared_ptr<const StaticFile> fallback;
};

std::optional<Variant> load_variant(const std::string& path) {
  const auto facts = read_file_facts(path);
  if (!facts || fs::is_symlink(path)) return std::nullopt;
  Variant variant{path, facts->etag, nullptr};
  if (facts->size_bytes <= kMemoryBytesMax) {
    std::ifstream file(path, std::ios::binary);
    variant.memory = std::make_shared<const std::string>(std::istreambuf_iterator<char>(file),
                                                         std::istreambuf_iterator<char>());
  }
  return variant;
}

std::shared_ptr<const StaticFile> load_file(const std::string& path, const std::string& name,
                                            const StaticFilesSettings& settings) {
  auto plain = load_variant(path);
  if (!plain) return nullptr;
  auto file = std::make_shared<StaticFile>();
  const bool is_immutable =
      !settings.immutable_prefix.empty() && name.starts_with(settings.immutable_prefix);
  file->content_type = content_type_of(name);
  file->cache_control = is_immutable ? kImmutable : kRevalidate;
  file->plain = std::move(*plain);
  file->brotli = load_variant(path + ".br");
  file->gzip = load_variant(path + ".gz");
  return file;
}

void add_aliases(Folder& folder, const std::string& name,
                 const std::shared_ptr<const StaticFile>& file) {
  constexpr std::string_view kIndex = "/index.html";
  constexpr std::string_view kHtml = ".html";
  if (name.ends_with(kIndex)) {
    const std::string parent = name.substr(0, name.size() - kIndex.size());
    folder.files.try_emplace(parent + "/", file);
    if (!parent.empty()) folder.files.try_emplace(parent, file);
  } else if (name.ends_with(kHtml)) {
    folder.files.try_emplace(name.substr(0, name.size() - kHtml.size()), file);
  }
}

Folder load_folder(const StaticFilesSettings& settings) {
  Folder folder;
  const fs::path root(settings.folder);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    const std::string name = "/" + entry.path().lexically_relative(root).generic_string();
    const bool is_sibling = name.ends_with(".br") || name.ends_with(".gz");
    if (is_sibling && fs::exists(entry.path().parent_path() / entry.path().stem())) continue;
    auto file = load_file(entry.path().string(), name, settings);
    if (!file) continue;
    folder.files[name] = file;
    if (name == "/" + settings.fallback) folder.fallback = file;
  }
  const auto listed = folder.files;
  for (const auto& [name, file] : listed) add_aliases(folder, name, file);
  return folder;
}

const StaticFile* find_file(const Folder& folder, std::string_view path) {
  const auto found = folder.files.find(path);
  if (found != folder.files.end()) return found->second.get();
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const bool has_extension = last.find('.') != std::string_view::npos;
  return has_extension ? nullptr : folder.fallback.get();
}

Response answer_with(const Request& request, const StaticFile& file) {
  const std::string_view accepted = request.headers.find("accept-encoding").value_or("");
  const Variant* variant = &file.plain;
  std::string_view coding;
  if (file.brotli && accepts_coding(accepted, "br")) {
    variant = &*file.brotli;
    coding = "br";
  } else if (file.gzip && accepts_coding(accepted, "gzip")) {
    variant = &*file.gzip;
    coding = "gzip";
  }
  if (!variant->memory && coding.empty()) {
    return file_response(request, variant->path,
                         {file.content_type, std::string(file.cache_control)});
  }
  Response response;
  response.headers.add("ETag", variant->etag);
  response.headers.add("Cache-Control", file.cache_control);
  if (file.brotli || file.gzip) response.headers.add("Vary", "Accept-Encoding");
  if (is_not_modified(request.headers, variant->etag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", file.content_type);
  if (!coding.empty()) response.headers.add("Content-Encoding", coding);
  if (variant->memory) {
    response.body = variant->memory;
  } else {
    response.body = FileBody{.path = variant->path};
  }
  return response;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// "q=0", "q=0.0" and so on.
bool is_refused(std::string_view weight) {
  weight = trimmed(weight);
  if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return false;
  return weight.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts_coding(std::string_view field, std::string_view coding) {
  while (!field.empty()) {
    const std::size_t end = std::min(field.find(','), field.size());
    const std::string_view item = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    if (!equal_ignoring_case(trimmed(item.substr(0, semicolon)), coding)) continue;
    return semicolon == item.size() || !is_refused(item.substr(semicolon + 1));
  }
  return false;
}

DirectHandler static_files(const StaticFilesSettings& settings) {
  auto folder = std::make_shared<const Folder>(load_folder(settings));
  return [folder](Request request) {
    const StaticFile* file = find_file(*folder, request.path);
    if (file != nullptr) return answer_with(request, *file);
    Response missing{.status = 404, .headers = {}, .body = "There is nothing at this path.\n"};
    missing.headers.set("Content-Type", "text/plain; charset=utf-8");
    return missing;
  };
}

}  // namespace geili::net
