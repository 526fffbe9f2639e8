#pragma once
// A job's view of a connection.

#include <exception>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "store/gathered.hpp"
#include "store/postgres/connection.hpp"

namespace geili::store::postgres {

// A statement that travels with COMMIT.
struct LastStatement {
  std::string_view sql;  // a constant
  std::vector<KeptValue> parameters;
};

// The first failed statement dooms it: later ones are refused, as the server itself would.
class PostgresTx final : public Tx {
 public:
  struct Around {
    // Queues what opens the transaction or savepoint, before the first statement.
    std::function<void()> before_first;
    // Undoes the job before, of which a statement has failed that was left for later. Without it
    // this job leaves none for later either.
    std::function<void(const std::exception_ptr&)> undo_earlier;
    // Where work is put that may be done together; without it such work is done at once.
    std::vector<Gathered>* gathered = nullptr;
  };
  PostgresTx(Connection& connection, Around around);

  std::int64_t run(std::string_view sql, std::span<const Value> parameters,
                   const EachRow& each) override;
  void run_later(std::string_view sql, std::span<const Value> parameters) override;
  void run_last(std::string_view sql, std::span<const Value> parameters) override;
  void gather(Work work, Item item) override;
  void foresee(std::string_view sql, std::span<const Value> parameters, Asked asked) override;

  // What the job has left for the end of the transaction.
  std::vector<LastStatement> take_last() { return std::move(last_); }
  bool has_begun() const { return has_begun_; }
  bool is_doomed() const { return failure_ != nullptr; }
  // The first failure was another transaction in the way.
  bool is_contended() const { return is_contended_; }
  // Throws when the first failure was the loss of the connection, whatever the job made of it.
  void rethrow_loss() const;

 private:
  template <class Do>
  auto guarded(std::string_view sql, Do run_it);
  void begin();

  Connection& connection_;
  Around around_;
  std::vector<LastStatement> last_;
  bool has_begun_ = false;
  bool has_been_answered_ = false;  // so everything before this job has gone well
  bool is_contended_ = false;
  std::exception_ptr failure_;
};

}  // namespace geili::store::postgres
