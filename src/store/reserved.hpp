#pragma once
// Which statements a job may not say.

#include <string_view>

namespace geili::store {

// True for a statement that would end or leave the transaction around a job, or change the
// connection under those that follow: COMMIT, SAVEPOINT, SET, PRAGMA, and their like.
bool is_reserved(std::string_view sql);

}  // namespace geili::store
