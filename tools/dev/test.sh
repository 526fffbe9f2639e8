# shellcheck shell=bash disable=SC2154
# Running the tests. Every runner's closing lines are printed, whatever happened.

run_ctest() {
  local preset=$1 log=$logs/ctest-$1.log status=0
  shift
  say "Running the tests of build/$preset"
  ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$(jobs_max)" "$@" >"$log" 2>&1 || status=$?
  ((status == 0)) || grep -Ev '^ +Start +[0-9]+:|^ *[0-9]+/[0-9]+ Test +#.* Passed +' "$log" | head -n 400 >&2
  sed -n '/tests passed\|^No tests were found/,$p' "$log"
  ((status == 0)) || fail "ctest: exit status $status. The whole output is in ${log#"$root"/}." \
    "Run one test alone with ./dev test unit -R NAME."
}

node_test_timeout_ms=900000

# Files of one kind that run beside each other: the contract's mostly wait for the server and its disk, two or
# three browsers of an end-to-end test keep a core busy.
node_files_at_once() {
  local jobs
  jobs=$(jobs_max)
  if [[ $1 == contract ]]; then printf '%s' $((2 * jobs)); else printf '%s' "$jobs"; fi
}

# node_tests KIND STORE FILES_AT_ONCE FILE…: by node:test; the programs under test are named by the environment.
node_tests() {
  local kind=$1 store=$2 at_once=$3 log=$logs/$1-$2-$3.log status=0 options=() around=() binary
  shift 3
  binary=$(geili_binary dev)
  say "Running tests/$kind, with $store, $at_once at a time"
  [[ $store == postgres ]] && around=(node tests/lib/with_postgres.mjs)
  # A file that hangs is a red test with a name, not a run without an end.
  [[ $(node -p 'process.versions.node.split(".")[0] >= 20') == true ]] &&
    options=(--test-reporter=spec "--test-timeout=$node_test_timeout_ms" "--test-concurrency=$at_once")
  GEILI_BINARY=$binary GEILI_WEB_ROOT=$root/web/build CHROMIUM=${CHROMIUM:-$(command -v chromium)} \
    "${around[@]}" node --test "${options[@]}" "$@" 2>&1 | tee "$log" || status=$?
  ((status == 0)) || fail "tests/$kind with $store: exit status $status. The whole output is in ${log#"$root"/}." \
    "Run one file alone with node --test after ./dev build."
}

run_web_tests() {
  [[ -f web/package.json ]] || return 0
  local log=$logs/web-test.log
  step web-check "Checking the types, messages and generated files of web/" \
    "Mend what is named above; npm --prefix web run generate writes the types anew." npm --prefix web run check
  step web-test "Running the tests of web/" "Mend what is named above." npm --prefix web test
  tail -n 6 "$log"
}

# Files whose tests never come to the store, and need it once.
storeless='/(bad_link|documents|raw_http|rtmp_input|srt|with_postgres)\.test\.mjs$'

# Files whose players keep pace with the clock: beside another they have half a machine, and stand still.
keeps_pace='/e2e/(bad_link|camera|continuity|players|renditions|replay|restream_camera|webrtc|whep)\.test\.mjs$'

# run_node_tests KIND [STORE]
run_node_tests() {
  local kind=$1 store=${2:-sqlite} files=() alone=() beside=() left_out='^$'
  [[ $store == postgres ]] && left_out=$storeless
  mapfile -t files < <(find "tests/$kind" -name '*.test.mjs' -not -path '*/node_modules/*' 2>/dev/null |
    grep -Ev "$left_out" | sort)
  mapfile -t alone < <(printf '%s\n' "${files[@]}" | grep -E "$keeps_pace")
  mapfile -t beside < <(printf '%s\n' "${files[@]}" | grep -Ev "$keeps_pace|^$")
  ((${#alone[@]} == 0)) || node_tests "$kind" "$store" 1 "${alone[@]}"
  ((${#beside[@]} == 0)) || node_tests "$kind" "$store" "$(node_files_at_once "$kind")" "${beside[@]}"
}

run_tests() {
  local kind=all
  if [[ $# -gt 0 && $1 != -* ]]; then kind=$1; shift; fi
  # --update rewrites the golden files instead of comparing with them.
  if [[ ${1-} == --update ]]; then export GEILI_UPDATE_GOLDEN=1; shift; fi
  install_everything
  case $kind in
    all | unit | contract | e2e)
      [[ $kind == unit ]] || build_web
      build_preset dev ;;
    web) ;;
    asan | tsan)
      build_preset "$kind"
      ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 \
        LSAN_OPTIONS="suppressions=$PWD/tools/lsan_suppressions.txt" \
        TSAN_OPTIONS="suppressions=$PWD/tools/tsan_suppressions.txt" run_ctest "$kind" "$@"
      return ;;
    *) fail "There is no kind of test \"$kind\"." "Choose unit, web, contract, e2e, asan or tsan." ;;
  esac
  [[ $kind == all || $kind == unit ]] && run_ctest dev "$@"
  [[ $kind == all || $kind == web ]] && run_web_tests
  [[ $kind == all || $kind == contract ]] && run_node_tests contract && run_node_tests contract postgres
  [[ $kind == all || $kind == e2e ]] && run_node_tests e2e
  say "All tests passed"
}
