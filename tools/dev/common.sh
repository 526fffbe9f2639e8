# shellcheck shell=bash disable=SC2154
# Words for the other parts of ./dev: saying what is done, showing progress, failing with a mend.

if [[ -t 1 ]]; then bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' plain=$'\e[0m'; else bold='' dim='' red='' plain=''; fi

# Where nobody watches, each step says when it began.
say() {
  local at=''
  [[ -t 1 ]] || at=" ($SECONDS s)"
  printf '%s==>%s %s%s\n' "$bold" "$plain" "$*" "$at"
}
note() { printf '    %s%s%s\n' "$dim" "$*" "$plain"; }

# fail "What went wrong." "What to do about it."
fail() {
  printf '%sFailed:%s %s\n' "$red" "$plain" "$1" >&2
  [[ -n ${2-} ]] && printf '  Mend: %s\n' "$2" >&2
  exit 1
}

# Prints the newest line of a growing log: every second over itself on a terminal, else every 20 s.
watch_log() {
  local log=$1 started=$SECONDS line shown=''
  while :; do
    if [[ -t 1 ]]; then sleep 1; else sleep 20; fi
    line=$(tail -n 1 "$log" 2>/dev/null | tr '\r' '\n' | tail -n 1 | tr -cd '[:print:]' | cut -c1-100)
    if [[ -t 1 ]]; then
      printf '\r\e[K    %s%3d s  %s%s' "$dim" $((SECONDS - started)) "$line" "$plain"
    elif [[ $line != "$shown" ]]; then
      note "$((SECONDS - started)) s  $line"
      shown=$line
    fi
  done
}

# step NAME "What is done" "What to do if it fails." COMMAND…
# The command stays in the foreground, so that Ctrl-C reaches it; its output goes to build/log/NAME.log.
step() {
  local name=$1 what=$2 mend=$3 log watcher status=0 started=$SECONDS
  shift 3
  log=$logs/$name.log
  say "$what"
  : >"$log"
  watch_log "$log" &
  watcher=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  [[ -t 1 ]] && printf '\r\e[K'
  if ((status != 0)); then
    tail -n 60 "$log" >&2
    fail "$what: exit status $status. The whole output is in ${log#"$root"/}." "$mend"
  fi
  note "done in $((SECONDS - started)) s"
}

jobs_max() { printf '%s' "${GEILI_JOBS:-$(nproc)}"; }

# The first free TCP port at or after $1.
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  printf '%s' "$port"
}

free_udp_port() {
  local port=$1
  while grep -qsi ":$(printf '%04x' "$port") " /proc/net/udp /proc/net/udp6; do port=$((port + 1)); done
  printf '%s' "$port"
}

# json_field FILE NAME: a top-level member of a JSON object, empty when there is none.
json_field() {
  node -e 'const o = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
           const v = o[process.argv[2]]; console.log(v === undefined ? "" : v)' "$1" "$2"
}
