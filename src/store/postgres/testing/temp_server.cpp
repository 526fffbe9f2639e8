#include "store/postgres/testing/temp_server.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// glibc 2.36 declares these functions without saying that they are C's.
extern "C" {
#include <sys/pidfd.h>
}

namespace geili::store::postgres {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwner = "geili";
constexpr int kReadyMaxMs = 60'000;
constexpr int kLookEveryMs = 5;

// Of the newest version that Debian's packages have put there.
fs::path program(const char* name) {
  fs::path found;
  int newest = 0;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path candidate = version.path() / "bin" / name;
    const int number = std::atoi(version.path().filename().c_str());
    if (number > newest && fs::exists(candidate)) {
      found = candidate;
      newest = number;
    }
  }
  if (found.empty()) throw std::runtime_error("PostgreSQL is not installed: run ./dev install");
  return found;
}

// The server refuses to run as root: then it runs as the user that its package has made.
const passwd* other_user() {
  if (::geteuid() != 0) return nullptr;
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* user = ::getpwnam(name)) return user;
  }
  throw std::runtime_error("there is no user to run PostgreSQL as");
}

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(const passwd* user, char* const* arguments, int log) {
  if (user != nullptr && (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 ||
                          ::setuid(user->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (::chdir("/") == 0) ::execv(arguments[0], arguments);
  ::_exit(127);
}

pid_t spawn(std::vector<std::string> words, const std::string& log_path) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const passwd* user = other_user();
  const int log = ::open(log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const pid_t child = ::fork();
  if (child == 0) become(user, arguments.data(), log);
  ::close(log);
  if (child < 0) throw std::runtime_error("cannot start " + words.front());
  return child;
}

std::string contents(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Signals a process and waits for its end, however it is related to this one.
class Doomed {
 public:
  explicit Doomed(pid_t process) : descriptor_(::pidfd_open(process, 0)) {}
  Doomed(const Doomed&) = delete;
  Doomed& operator=(const Doomed&) = delete;
  Doomed(Doomed&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Doomed& operator=(Doomed&&) = delete;
  ~Doomed() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  // Nothing where it has ended already.
  void kill() const { ::pidfd_send_signal(descriptor_, SIGKILL, nullptr, 0); }
  void wait() const {
    pollfd ended{descriptor_, POLLIN, 0};
    if (descriptor_ >= 0) ::poll(&ended, 1, kReadyMaxMs);
  }

 private:
  int descriptor_;
};

struct Finish {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};

std::unique_ptr<PGresult, Clear> run(const std::string& url, const std::string& sql) {
  const std::unique_ptr<PGconn, Finish> connection(PQconnectdb(url.c_str()));
  std::unique_ptr<PGresult, Clear> result(PQexec(connection.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
  }
  return result;
}

}  // namespace

TempServer& TempServer::shared() {
  static TempServer server(Sync::off);
  return server;
}

// In /tmp, whatever TMPDIR says: the path of a socket may have 107 bytes.
TempServer::TempServer(Sync sync) : sync_(sync), folder_("/tmp/geili-pg-XXXXXX") {
  if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make " + folder_);
  const passwd* user = other_user();
  if (user != nullptr && ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error("cannot give " + folder_ + " away");
  }
  const pid_t made = spawn(
      {program("initdb"), "--pgdata=" + folder_ + "/data", "--username=" + std::string(kOwner),
       "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"},
      folder_ + "/log");
  int status = 0;
  ::waitpid(made, &status, 0);
  if (status != 0) throw std::runtime_error("initdb failed:\n" + contents(folder_ + "/log"));
  start();
}

TempServer::~TempServer() {
  kill();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void TempServer::start() {
  postmaster_ =
      spawn({program("postgres"), "-D", folder_ + "/data", "-k", folder_, "-c",
             "listen_addresses=", "-c", sync_ == Sync::on ? "fsync=on" : "fsync=off", "-c",
             "max_connections=200", "-c", "shared_buffers=32MB", "-c", "deadlock_timeout=200ms"},
            folder_ + "/log");
  for (int waited_ms = 0; PQping(url_of("postgres").c_str()) != PQPING_OK;
       waited_ms += kLookEveryMs) {
    int status = 0;
    if (waited_ms > kReadyMaxMs || ::waitpid(postmaster_, &status, WNOHANG) != 0) {
      throw std::runtime_error("PostgreSQL does not start:\n" + contents(folder_ + "/log"));
    }
    ::poll(nullptr, 0, kLookEveryMs);
  }
}

void TempServer::stop() {
  ::kill(postmaster_, SIGINT);  // "fast": sessions are ended, what is open is rolled back
  ::waitpid(std::exchange(postmaster_, -1), nullptr, 0);
}

void TempServer::kill() {
  if (postmaster_ < 0) return;
  // Stopped first, so that it makes no new ones while its own are counted.
  ::kill(postmaster_, SIGSTOP);
  std::vector<Doomed> all;
  for (const pid_t process : processes()) all.emplace_back(process);
  for (const Doomed& process : all) process.kill();
  ::waitpid(std::exchange(postmaster_, -1), nullptr, 0);
  // A server is not started beside what still holds the memory of the one before.
  for (const Doomed& process : all) process.wait();
}

std::vector<pid_t> TempServer::processes() const {
  const std::string text = std::to_string(postmaster_);
  std::ifstream file("/proc/" + text + "/task/" + text + "/children");
  std::vector<pid_t> all{std::istream_iterator<pid_t>(file), {}};
  all.push_back(postmaster_);
  return all;
}

std::string TempServer::url_of(const std::string& database) const {
  return "host=" + folder_ + " user=" + kOwner + " dbname=" + database;
}

std::string TempServer::make_schema() {
  const std::string name = "test" + std::to_string(++schemas_made_);
  say("CREATE SCHEMA " + name);
  return url_of("postgres") + " application_name=" + name + " options='-c search_path=" + name +
         "'";
}

void TempServer::say(const std::string& sql) const {
  run(url_of("postgres"), sql);
}

std::string TempServer::ask(const std::string& sql, const std::string& url) {
  const auto result = run(url, sql);
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : std::string();
}

}  // namespace geili::store::postgres
