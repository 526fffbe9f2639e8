# shellcheck shell=bash disable=SC2154
# Benchmarks: every program bench_* of build/release/bench and every bench/*.bench.mjs prints JSON lines;
# the lines are collected and shown as a table at the end.

bench() {
  install_everything
  build_web
  build_preset release geili bench/all
  local lines=$root/build/bench.jsonl programs=() program name binary status=0
  binary=$(geili_binary release)
  mapfile -t programs < <(find build/release -type f -executable -name 'bench_*' | sort
    find bench -name '*.bench.mjs' 2>/dev/null | sort)
  ((${#programs[@]} > 0)) || fail "There is no benchmark to run." "Add one to bench/; see bench/README.md."
  : >"$lines"
  for program in "${programs[@]}"; do
    name=$(basename "$program")
    name=${name#bench_} name=${name%.bench.mjs}
    if (($# > 0)) && [[ " $* " != *" $name "* ]]; then continue; fi
    say "Measuring $name"
    local run=("$program")
    [[ $program == *.mjs ]] && run=(node "$program")
    GEILI_BINARY=$binary GEILI_WEB_ROOT=$root/web/build "${run[@]}" 2>"$logs/bench-$name.log" |
      tee -a "$lines" || { status=1; note "$name failed; see build/log/bench-$name.log"; }
  done
  node tools/dev/bench_table.mjs "$lines"
  ((status == 0)) || fail "A benchmark did not finish." "Read its log in build/log/."
}
