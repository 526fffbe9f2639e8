# shellcheck shell=bash disable=SC2154
# What a compiler does not see: format, clang-tidy, style, arrows between rooms, the web application.

# C++ files that differ from main (committed or not), or all of them.
lint_files() {
  if [[ $1 == all ]]; then
    git ls-files '*.cpp' '*.hpp'
  else
    { git diff --name-only --diff-filter=d "$(git merge-base HEAD main 2>/dev/null || echo HEAD)" -- '*.cpp' '*.hpp'
      git ls-files --others --exclude-standard -- '*.cpp' '*.hpp'; } | sort -u
  fi
}

lint_tidy() {
  # Precompiled headers and launcher flags in the database are clang's own, so that it reads them as is.
  printf '%s\n' "$@" | xargs -r -P "$(jobs_max)" -n 4 clang-tidy-19 -p build/dev --quiet
}

lint() {
  local scope=changed files=() sources=()
  [[ ${1-} == --all ]] && scope=all
  install_everything
  configure_preset dev
  mapfile -t files < <(lint_files "$scope")
  if ((${#files[@]} > 0)); then
    step lint-format "Checking the format of ${#files[@]} files" \
      "Run clang-format-19 -i on the files named above." clang-format-19 --dry-run --Werror "${files[@]}"
    mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep '\.cpp$' || true)
    ((${#sources[@]} == 0)) || step lint-tidy "Running clang-tidy over ${#sources[@]} files" \
      "Mend what is named above; the checks are in .clang-tidy." lint_tidy "${sources[@]}"
  else
    note "no C++ file differs from main; ./dev lint --all looks at all of them"
  fi
  step lint-style "Checking style" "Mend what is named above; tools/check_style.mjs holds the rules." \
    node tools/check_style.mjs
  step lint-rooms "Checking the arrows between rooms" "See docs/adr/0002-rooms-and-arrows.md." \
    node tools/check_rooms.mjs
  if command -v shellcheck >/dev/null; then
    step lint-shell "Checking the shell scripts" "Mend what is named above." \
      shellcheck -x dev .ci/run tools/dev/*.sh tools/*.sh
  fi
  [[ -f web/package.json ]] || return 0
  step lint-web "Checking the web application" "Mend what is named above." npm --prefix web run check
}
