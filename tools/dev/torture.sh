# shellcheck shell=bash disable=SC2154
# Killing the server at random moments of a rush, on SQLite and on PostgreSQL.

# torture [POINTS]
torture() {
  install_everything
  build_web
  build_preset release geili
  export GEILI_TORTURE_POINTS=${1:-1000} GEILI_BINARY
  GEILI_BINARY=$(geili_binary release)
  local around
  for around in "" "node tests/lib/with_postgres.mjs"; do
    local store=SQLite
    [[ -z $around ]] || store=PostgreSQL
    say "Killing the server $GEILI_TORTURE_POINTS times in a rush, with $store"
    # shellcheck disable=SC2086  # two words, or none
    $around node --test --test-reporter=spec tests/contract/torture.test.mjs ||
      fail "Something was lost, or sold twice." "Repeat it with GEILI_TORTURE_SEED as printed above."
  done
}
