#pragma once
// For tests: a real PostgreSQL server (Debian's postgresql-15) in a folder of its own, reached by a
// unix socket alone. It ends with the process that started it, however that ends.

#include <string>
#include <vector>

#include <sys/types.h>

#include "store/postgres/postgres.hpp"

namespace geili::store::postgres {

class TempServer {
 public:
  // The one of this process, made when it is first asked for. A test that kills its server makes
  // one of its own.
  static TempServer& shared();

  TempServer();
  TempServer(const TempServer&) = delete;
  TempServer& operator=(const TempServer&) = delete;
  ~TempServer();

  // A fresh database, empty or a copy of `like`; returns its address.
  std::string make_database(const std::string& like = "template1");
  void drop_database(const std::string& url);
  // The address of a database by its name.
  std::string url_of(const std::string& database) const;
  std::string name_of(const std::string& url) const;
  // One statement without an answer, as the server's owner, on a connection of its own.
  void say(const std::string& sql, const std::string& database = "postgres") const;
  // The first column of the first row.
  std::string ask(const std::string& sql, const std::string& database = "postgres") const;

  void start();  // returns when it takes connections
  void stop();   // as an operator does; connections are ended
  void kill();   // SIGKILL to every process of it: what was not flushed is lost
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  pid_t postmaster_ = -1;
  int databases_made_ = 0;
};

}  // namespace geili::store::postgres
