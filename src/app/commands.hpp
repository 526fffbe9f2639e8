#pragma once
// What each verb of the program does; each returns the exit code.

#include <string>

#include "ops/config.hpp"
#include "store/tx.hpp"

namespace geili::app {

// Until SIGTERM or SIGINT. On standard output it prints one line of JSON when it is ready:
// {"url":…,"rtmp_url":…,"setup_url":…}; setup_url is there while no administrator is,
// lan_url and lan_fingerprint with --lan, which also shows a QR code on standard error.
int run_serve(const ops::Config& config);
// Prints one JSON object: show_path, studio_path (one-time sign-in), hls_path and broadcasts.
int run_demo_seed(const ops::Config& config);
int run_demo_remove(const ops::Config& config);
// Removes the demo's shops with all that belongs to them and its people, inside the caller's
// transaction; returns how many shops there were.
int take_demo_out(store::Tx& tx);
int run_doctor(const ops::Config& config);
int run_backup(const ops::Config& config, const std::string& target);
// Everything in the store, into and out of a file that either database reads (transfer_file.hpp).
int run_export(const ops::Config& config, const std::string& target);
int run_import(const ops::Config& config, const std::string& source);
// Records the exchange rates of a file (app/rates_file.hpp).
int run_rates_import(const ops::Config& config, const std::string& path, const std::string& source);
// Prints a one-time sign-in link for the person with this login.
int run_person_link(const ops::Config& config, const std::string& login);
// Whether a draw or an auction was fair, by its log alone (api/draw_log_json.hpp,
// api/auction_log_json.hpp); 1: it was not, 2: the file is no log.
int run_verify_show(const std::string& path);
// "GET /api/v1/shops listShops", a line a route of the API.
int run_routes();

// The one data file, inside data.dir, which is made when it is not there.
std::string data_file(const ops::Config& config);

}  // namespace geili::app
