#include "store/sqlite/answer_cache.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace geili::store::sqlite {
namespace {

std::vector<KeptValue> kept(std::span<const Value> parameters) {
  std::vector<KeptValue> values;
  values.reserve(parameters.size());
  for (const Value& value : parameters) values.push_back(store::keep(value));
  return values;
}

}  // namespace

void AnswerCache::watch(Statement& select) {
  CacheMark& mark = select.cache_mark();
  if (mark.watched != 0 || !select.read_only()) return;
  // A statement that was prepared anew takes the place that it had.
  const auto found = std::ranges::find(watched_, select.sql(), &Watched::sql);
  if (found == watched_.end()) {
    if (watched_.size() == kSelectsMax) return;
    watched_.push_back({std::string(select.sql()), select.footprint(), {}});
    mark.watched = watched_.size();
  } else {
    mark.watched = static_cast<std::size_t>(found - watched_.begin()) + 1;
  }
}

AnswerCache::Shared AnswerCache::find(const Statement& select,
                                      std::span<const Value> parameters) const {
  const auto& answers = watched_[select.cache_mark().watched - 1].answers;
  if (answers.empty()) return nullptr;
  const auto found = answers.find(kept(parameters));
  return found == answers.end() ? nullptr : found->second;
}

void AnswerCache::keep(const Statement& select, std::span<const Value> parameters, Shared answer) {
  auto& answers = watched_[select.cache_mark().watched - 1].answers;
  if (answers.size() == kAnswersOfASelectMax) answers.clear();
  answers.insert_or_assign(kept(parameters), std::move(answer));
}

void AnswerCache::forget_what_changes(Statement& change) {
  CacheMark& mark = change.cache_mark();
  for (; mark.known < watched_.size(); ++mark.known) {
    const bool may = change.footprint().may_change(watched_[mark.known].footprint);
    mark.changes |= static_cast<std::uint64_t>(may) << mark.known;
  }
  for (std::uint64_t left = mark.changes; left != 0; left &= left - 1) {
    watched_[static_cast<std::size_t>(std::countr_zero(left))].answers.clear();
  }
}

void AnswerCache::clear() {
  for (Watched& watched : watched_) watched.answers.clear();
}

}  // namespace geili::store::sqlite
