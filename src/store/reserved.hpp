#pragma once
// What a statement is by its first word, and which a job may not say.

#include <string>
#include <string_view>

namespace geili::store {

// In capitals: SELECT, INSERT, …; empty when there is none.
std::string first_word(std::string_view sql);

// True for a statement that would end or leave the transaction around a job, or change the
// connection under those that follow: COMMIT, SAVEPOINT, SET, PRAGMA, and their like.
bool is_reserved(std::string_view sql);

}  // namespace geili::store
