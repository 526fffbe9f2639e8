#pragma once
// Answers that a writer keeps of SELECTs that many jobs ask alike, for as long as nothing that they
// read has changed. One thread.

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/sqlite/statement.hpp"

namespace geili::store::sqlite {

class AnswerCache {
 public:
  static constexpr std::size_t kSelectsMax = 64;
  static constexpr std::size_t kAnswersOfASelectMax = 512;
  static constexpr std::size_t kRowsOfAnAnswerMax = 64;

  // From now on answers to this SELECT are kept; those of more than kSelectsMax are not.
  void watch(Statement& select);
  static bool is_watched(const Statement& select) { return select.cache_mark().watched != 0; }
  using Shared = std::shared_ptr<const Answer>;
  // None when its answer to these parameters is not known.
  Shared find(const Statement& select, std::span<const Value> parameters) const;
  void keep(const Statement& select, std::span<const Value> parameters, Shared answer);
  // To be said before `change` is run.
  void forget_what_changes(Statement& change);
  void clear();

 private:
  struct Watched {
    std::string sql;
    Footprint footprint;
    std::map<std::vector<KeptValue>, Shared> answers;
  };
  std::vector<Watched> watched_;  // at most kSelectsMax
};

}  // namespace geili::store::sqlite
