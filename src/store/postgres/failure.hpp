#pragma once
// How PostgreSQL's errors become failures of the store. SQLSTATE: PostgreSQL 15, appendix A.

#include <exception>
#include <string>
#include <string_view>

#include <libpq-fe.h>

#include "store/tx.hpp"

namespace geili::store::postgres {

// Another transaction was in the way (40001, 40P01, 55P03): the same statements may go through when
// the job is begun again.
class Contended : public StoreUnavailable {
 public:
  using StoreUnavailable::StoreUnavailable;
};

// The connection is gone, and with it the transaction, unless its COMMIT was under way.
class ConnectionLost : public StoreUnavailable {
 public:
  using StoreUnavailable::StoreUnavailable;
};

// What the server refused: Contended; StoreUnavailable when it had no time, room or connection
// (57014, class 53, 57P0x); StoreFailure for the rest. `doing` is the statement's text. Of what the
// server says only the sentence and the SQLSTATE are kept: its details may hold values.
std::exception_ptr failure_of(const PGresult* result, std::string_view doing);

// True when the server ended the session with this error.
bool is_fatal(const PGresult* result);

// libpq's words on one line.
std::string one_line(std::string_view message);

}  // namespace geili::store::postgres
