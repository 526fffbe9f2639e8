# shellcheck shell=bash disable=SC2154
# Killing the server at random moments of a rush, on SQLite and on PostgreSQL; and histories of the
# whole market by seeds.

# Each core plays its share; the first failure is told with its seed.
torture_simulation() {
  local seeds=${1:-100000} shards i failed=0
  install_everything
  build_preset release flows_simulation_test
  shards=$(jobs_max)
  say "Playing $seeds histories of the market, $shards at a time"
  local -a players=()
  for ((i = 0; i < shards; ++i)); do
    GEILI_SIM_SEEDS=$seeds GTEST_TOTAL_SHARDS=$shards GTEST_SHARD_INDEX=$i \
      "$root/build/release/src/flows_simulation_test" --gtest_filter='Seeds/FlowsSimulation.*' \
      --gtest_brief=1 &
    players+=($!)
  done
  for i in "${players[@]}"; do wait "$i" || failed=1; done
  ((failed == 0)) || fail "A promise was broken." \
    "Repeat it: GEILI_SIM_SEED=<as printed above> build/release/src/flows_simulation_test"
}

# torture [POINTS] · torture simulation [SEEDS]
torture() {
  if [[ ${1-} == simulation ]]; then
    torture_simulation "${2-}"
    return
  fi
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
