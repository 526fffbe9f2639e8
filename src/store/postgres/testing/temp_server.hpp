#pragma once
// For tests: a real PostgreSQL server (Debian's postgresql-15) in a folder of its own, reached by a
// unix socket alone. It ends with the process that started it, however that ends.

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "store/postgres/postgres.hpp"

namespace geili::store::postgres {

class TempServer {
 public:
  // Whether it waits for the disk. What a killed process had written is kept by the kernel either
  // way: it matters to what is measured, and costs a test that makes its tables nearly half of its
  // time.
  enum class Sync : std::uint8_t { off, on };

  // The one of this process, which does not wait for the disk, made when it is first asked for. A
  // test that kills its server makes one of its own.
  static TempServer& shared();

  explicit TempServer(Sync sync = Sync::on);
  TempServer(const TempServer&) = delete;
  TempServer& operator=(const TempServer&) = delete;
  ~TempServer();

  // The address of an empty schema of its own, which is all that its connections see: a database
  // of its own would cost each test a second. Their application_name is the schema's name.
  std::string make_schema();
  // The address of a database by its name.
  std::string url_of(const std::string& database) const;
  // One statement as the server's owner, on a connection of its own; ask() gives the first column
  // of the first row.
  void say(const std::string& sql) const;
  static std::string ask(const std::string& sql, const std::string& url);

  void start();  // returns when it takes connections
  void stop();   // as an operator does; connections are ended
  // SIGKILL to every process of it: what was not flushed is lost. Returns when all have ended.
  void kill();
  // The postmaster is the last. Only while it runs.
  std::vector<pid_t> processes() const;
  const std::string& folder() const { return folder_; }

 private:
  const Sync sync_;
  std::string folder_;
  pid_t postmaster_ = -1;
  int schemas_made_ = 0;
};

}  // namespace geili::store::postgres
