#pragma once
// Test support: external programs (ffmpeg, ffprobe) as children of the test.

#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace geili::media::testing {

// Runs until it ends, is told to, or the object goes.
class Process {
 public:
  explicit Process(std::vector<std::string> command) : command_(std::move(command)) {
    std::vector<char*> argv;
    for (std::string& word : command_) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", 0, 0);
    if (posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ) != 0) pid_ = -1;
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Process() { kill_now(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // As if the network went: no goodbye.
  void kill_now() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    wait();
  }
  // The exit status, or -1 when a signal ended it.
  int wait() {
    if (pid_ <= 0) return status_;
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return status_;
  }

 private:
  std::vector<std::string> command_;
  pid_t pid_ = -1;
  int status_ = -1;
};

// What `command` (for the shell) writes to its standard output.
inline std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> buffer;
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) {
    output.append(buffer.data(), count);
  }
  pclose(pipe);
  return output;
}

}  // namespace geili::media::testing
