# shellcheck shell=bash disable=SC2154
# Building the program and the web application.

build_mend="Read the first error above; ./dev clean starts afresh when the build folder itself is broken."

configure_preset() {
  step "configure-$1" "Configuring build/$1" "$build_mend" cmake --preset "$1"
}

# build_preset [PRESET] [TARGET…]
build_preset() {
  local preset=${1:-dev}
  shift || true
  [[ -f build/$preset/build.ninja ]] || configure_preset "$preset"
  local targets=()
  (($# > 0)) && targets=(--target "$@")
  step "build-$preset" "Building build/$preset" "$build_mend" \
    cmake --build "build/$preset" -j "$(jobs_max)" "${targets[@]}"
}

geili_binary() {
  local place
  for place in build/"$1"/{geili,bin/geili,src/geili,src/app/geili}; do
    [[ -x $root/$place ]] && printf '%s' "$root/$place" && return
  done
  fail "There is no program geili in build/$1." "Run ./dev build $1."
}

# A digest of everything that the web build reads, so that an unchanged application is not rebuilt.
web_digest() {
  find web api -type f -not -path '*/node_modules/*' -not -path 'web/build/*' -not -path '*/.svelte-kit/*' \
    -not -path '*/paraglide/*' -print0 2>/dev/null | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

build_web() {
  [[ -f web/package.json ]] || { note "web/ has no package.json: the web application is left out"; return 0; }
  local stamp=build/web.stamp digest
  digest=$(web_digest)
  [[ -d web/build && -f $stamp && $(<"$stamp") == "$digest" ]] && return
  step web-build "Building the web application" "Read the first error above." npm --prefix web run build
  web_digest >"$stamp"
}
