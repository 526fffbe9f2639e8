#pragma once
// Serves a folder that does not change while the program runs (the built web app).

#include <string>

#include "net/http.hpp"

namespace geili::net {

struct StaticFilesSettings {
  std::string folder;
  // Files whose names change with their content: cached for a year.
  std::string immutable_prefix = "/_app/immutable/";
  // A file of the folder ("200.html") that answers paths without a file and without an extension,
  // where the app's own routing finds the page. Empty: 404.
  std::string fallback;
};

// The folder is listed once, here, and only what was listed is served: no path can lead out of it,
// and links are not followed. "/a" is also "/a.html" and "/a/index.html". A sibling "x.br" or
// "x.gz" is sent instead of "x" to who accepts it. Small files stay in memory. Throws
// std::filesystem::filesystem_error when the folder cannot be read.
DirectHandler static_files(const StaticFilesSettings& settings);

// Whether an Accept-Encoding value takes `coding` (RFC 9110 section 12.5.3); "*" is not taken as a
// yes.
bool accepts_coding(std::string_view field, std::string_view coding);

}  // namespace geili::net
