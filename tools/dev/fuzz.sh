# shellcheck shell=bash disable=SC2154
# Fuzzing: each target for some seconds, from its kept corpus, into a scratch corpus in build/.

# The folder of a target's source, which holds corpus/<target>/.
fuzz_folder() { dirname "$(find src -name "$1.cpp" -print -quit)"; }

fuzz_one() {
  local target=$1 seconds=$2 program folder kept scratch crashes status=0
  program=$(find build/fuzz -type f -executable -name "$target" -print -quit)
  folder=$(fuzz_folder "$target")
  kept=$folder/corpus/$target scratch=build/fuzz/corpus/$target crashes=build/fuzz/crashes/$target
  mkdir -p "$scratch" "$crashes"
  local corpora=("$scratch")
  [[ -d $kept ]] && corpora+=("$kept")
  LSAN_OPTIONS="suppressions=$root/tools/lsan_suppressions.txt:print_suppressions=0" \
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$crashes/" "${corpora[@]}" >"$logs/fuzz-$target.log" 2>&1 || status=$?
  note "$(grep -E '^stat::number_of_executed_units|^#[0-9]+.*DONE' "$logs/fuzz-$target.log" | tail -n 1 | tr -s ' ')"
  ((status == 0)) && return
  grep -E '^SUMMARY|^==[0-9]+==ERROR|: runtime error:' "$logs/fuzz-$target.log" | head -n 5 >&2 || true
  find "$crashes" -type f -newer "$program" | while read -r file; do
    printf '  Found %s\n  Keep it: mkdir -p %s && cp %s %s/\n' "$file" "$kept" "$file" "$kept" >&2
  done
  return 1
}

fuzz() {
  local seconds=60 target found=0 targets=()
  if [[ ${1-} =~ ^[0-9]+$ ]]; then seconds=$1; shift; fi
  install_debian_packages
  configure_preset fuzz
  targets=("$@")
  ((${#targets[@]} > 0)) || mapfile -t targets < <(grep . build/fuzz/fuzz_targets.txt)
  build_preset fuzz "${targets[@]}"
  for target in "${targets[@]}"; do
    say "Fuzzing $target for $seconds s"
    fuzz_one "$target" "$seconds" || found=$((found + 1))
  done
  ((found == 0)) || fail "$found of ${#targets[@]} fuzz targets found a fault." \
    "Keep the files named above as corpus, mend the parser, run ./dev test unit -R corpus."
  say "${#targets[@]} fuzz targets found nothing"
}
