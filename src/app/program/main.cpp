// The program: one binary, one verb a task.

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "api/documents.hpp"
#include "app/commands.hpp"
#include "ops/config.hpp"

namespace {

using geili::ops::Config;

// The sources of the configuration, as flags of one verb.
struct Options {
  std::string file;
  std::vector<std::pair<std::string, std::string>> flags;
};

void add_config_options(CLI::App& verb, Options& options) {
  verb.add_option("--config", options.file, "A TOML file, as geili.example.toml shows")
      ->envname("GEILI_CONFIG");
  for (const geili::ops::Setting& setting : geili::ops::settings()) {
    const std::string key(setting.key);
    verb.add_option_function<std::string>(
            "--" + geili::ops::flag_name(setting),
            [&options, key](const std::string& text) { options.flags.emplace_back(key, text); },
            std::string(setting.help))
        ->type_name("");
  }
}

// Runs `command` with the configuration; 2 when that does not fit.
int with_config(const Options& options, const std::function<int(const Config&)>& command) {
  auto config = geili::ops::load_config(
      {.file = options.file.empty() ? std::nullopt : std::optional(options.file),
       .environment = geili::ops::process_environment(),
       .flags = options.flags});
  if (!config) {
    std::fputs(geili::ops::describe(config.error()).c_str(), stderr);
    return 2;
  }
  return command(*config);
}

int print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

// Adds `rates import`, and returns it.
CLI::App* add_rates_import(CLI::App& program, std::string& file, std::string& source) {
  CLI::App* rates =
      program.add_subcommand("rates", "Exchange rates, for prices in other currencies");
  rates->require_subcommand(1);
  CLI::App* imported = rates->add_subcommand("import", "Record the rates of a file");
  imported->add_option("file", file, "date,base,quote,rate; or as the ECB publishes them")
      ->required();
  imported->add_option("--source", source, "Who says so; may be left out for the ECB's");
  return imported;
}

int import_rates(const Options& options, const std::string& file, const std::string& source) {
  return with_config(options, [&](const Config& config) {
    return geili::app::run_rates_import(config, file, source);
  });
}

int run(int argc, char** argv) {
  CLI::App program("Geili: live commerce for villages");
  program.require_subcommand(1);
  Options options;
  std::string target;
  std::string login;
  std::string rates_source;

  CLI::App* serve = program.add_subcommand("serve", "Run the server");
  CLI::App* demo = program.add_subcommand("demo", "Demo data, marked as such");
  CLI::App* seed = demo->add_subcommand("seed", "Put the demo village in; prints its links");
  CLI::App* remove = demo->add_subcommand("remove", "Take the demo village out again");
  CLI::App* doctor = program.add_subcommand("doctor", "Look at the machine and the settings");
  CLI::App* backup = program.add_subcommand("backup", "Copy the data file, in use or not");
  CLI::App* exported =
      program.add_subcommand("export", "Write every row into a file that either database reads");
  CLI::App* imported = program.add_subcommand("import", "Read such a file into an empty database");
  CLI::App* person = program.add_subcommand("person", "People who sign in");
  CLI::App* link = person->add_subcommand("link", "Print a one-time sign-in link for somebody");
  CLI::App* rates = add_rates_import(program, target, rates_source);
  CLI::App* openapi = program.add_subcommand("openapi", "Print the API's description");
  CLI::App* events = program.add_subcommand("live-events", "Print the room's description");
  CLI::App* example = program.add_subcommand("example-config", "Print geili.example.toml");
  CLI::App* routes = program.add_subcommand("routes", "Print the API's routes");
  CLI::App* verify = program.add_subcommand("verify-show", "Check a draw or an auction by its log");
  serve->add_flag_callback(
      "--lan", [&options] { options.flags.emplace_back("lan.enabled", "true"); },
      "HTTPS for phones on the same network, with a QR code of the address");
  demo->require_subcommand(1);
  backup->add_option("target", target, "The file to write")->required();
  verify->add_option("log", target, "The file that the log was saved in")->required();
  exported->add_option("target", target, "The file to write")->required();
  imported->add_option("source", target, "The file to read")->required();
  person->require_subcommand(1);
  link->add_option("login", login, "The person's sign-in name")->required();
  for (CLI::App* verb : {serve, seed, remove, doctor, backup, exported, imported, link, rates}) {
    add_config_options(*verb, options);
  }

  CLI11_PARSE(program, argc, argv);
  if (serve->parsed()) return with_config(options, geili::app::run_serve);
  if (seed->parsed()) return with_config(options, geili::app::run_demo_seed);
  if (remove->parsed()) return with_config(options, geili::app::run_demo_remove);
  if (doctor->parsed()) return with_config(options, geili::app::run_doctor);
  if (openapi->parsed()) return print(geili::api::openapi_yaml());
  if (events->parsed()) return print(geili::api::live_events_yaml());
  if (example->parsed()) return print(geili::ops::example_config());
  if (routes->parsed()) return geili::app::run_routes();
  if (verify->parsed()) return geili::app::run_verify_show(target);
  if (link->parsed()) {
    return with_config(
        options, [&](const Config& config) { return geili::app::run_person_link(config, login); });
  }
  if (rates->parsed()) return import_rates(options, target, rates_source);
  if (exported->parsed()) {
    return with_config(
        options, [&](const Config& config) { return geili::app::run_export(config, target); });
  }
  if (imported->parsed()) {
    return with_config(
        options, [&](const Config& config) { return geili::app::run_import(config, target); });
  }
  return with_config(options,
                     [&](const Config& config) { return geili::app::run_backup(config, target); });
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "geili: %s\n", failure.what());
    return 1;
  }
}
