# shellcheck shell=bash disable=SC2154
# The demo: a seeded server and broadcasts that ffmpeg pushes in a loop through the real RTMP port.
# `geili demo seed --data-dir DIR` prints one JSON object: show_path, studio_path (one-time), hls_path,
# and broadcasts, a list of {"clip", "app", "key"}.

demo_pids=()

demo_stop() {
  trap - EXIT INT TERM
  local pid
  ((${#demo_pids[@]} == 0)) && return
  say "Stopping the demo"
  for pid in "${demo_pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for _ in $(seq 100); do
    kill -0 "${demo_pids[@]}" 2>/dev/null || break
    sleep 0.1
  done
  for pid in "${demo_pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
}

# Pushes one clip for ever; begins again a second after the server went away.
demo_broadcast() {
  local clip=$1 url=$2 pusher=''
  trap '[[ -n $pusher ]] && kill "$pusher" 2>/dev/null; exit 0' TERM INT
  while :; do
    ffmpeg -hide_banner -loglevel warning -nostdin -re -stream_loop -1 -i "$clip" -c copy -f flv "$url" &
    pusher=$!
    wait "$pusher" || true
    sleep 1 &
    wait $! || true
  done
}

demo_seed() { "$1" demo seed --data-dir "$2" >"$3"; }

demo_wait_ready() {
  local url=$1 server=$2
  for _ in $(seq 150); do
    curl -fsS -o /dev/null --noproxy '*' "$url/readyz" 2>/dev/null && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 30 "$logs/demo-server.log" >&2
  fail "The server did not become ready." "Read its log above (build/log/demo-server.log); run geili doctor."
}

demo_arguments() {
  port=8080 rtmp_port=1935 host=127.0.0.1 check=no
  while (($# > 0)); do
    case $1 in
      --port) port=${2:?--port needs a number}; shift ;;
      --rtmp-port) rtmp_port=${2:?--rtmp-port needs a number}; shift ;;
      --host) host=${2:?--host needs an address}; shift ;;
      --check) check=yes ;;
      *) fail "./dev demo does not know \"$1\"." "See ./dev help." ;;
    esac
    shift
  done
}

demo() {
  local port rtmp_port srt_port webrtc_port host check binary data=build/demo/data seed=build/demo/seed.json url server line
  demo_arguments "$@"
  install_everything
  build_web
  build_preset release geili
  binary=$(geili_binary release)
  port=$(free_port "$port")
  rtmp_port=$(free_port "$rtmp_port")
  srt_port=$(free_udp_port 8890)
  webrtc_port=$(free_port 8189)
  url=http://$host:$port
  [[ $host == 0.0.0.0 ]] && url=http://$(hostname -I | cut -d' ' -f1):$port
  mkdir -p "$data"

  step demo-seed "Seeding the demo in $data" "Remove $data and run ./dev demo again." \
    demo_seed "$binary" "$data" "$seed"

  trap demo_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  say "Starting the server on port $port, RTMP on port $rtmp_port, SRT on port $srt_port (log: build/log/demo-server.log)"
  "$binary" serve --data-dir "$data" --server-address "$host" --server-port "$port" --rtmp-address "$host" \
    --rtmp-port "$rtmp_port" --srt-address "$host" --srt-port "$srt_port" --webrtc-address "$host" \
    --webrtc-port "$webrtc_port" --server-public-url "$url" --server-web-root web/build \
    >"$logs/demo-server.log" 2>&1 &
  server=$!
  demo_pids+=("$server")
  demo_wait_ready "$url" "$server"

  say "Starting the demo broadcast"
  while IFS=$'\t' read -r clip app key; do
    demo_broadcast "$clip" "rtmp://127.0.0.1:$rtmp_port/$app/$key" >>"$logs/demo-broadcast.log" 2>&1 &
    demo_pids+=("$!")
  done < <(node -e 'for (const b of JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).broadcasts)
                      console.log([b.clip, b.app, b.key].join("\t"))' "$seed")

  printf '\n'
  for line in "The show, as a buyer:|show_path" "The studio, as the seller (one time):|studio_path"; do
    printf '  %-38s %s%s\n' "${line%|*}" "$url" "$(json_field "$seed" "${line#*|}")"
  done
  printf '  %-38s %s/api-docs\n\n' "The API document:" "$url"

  if [[ $check == yes ]]; then
    node tools/dev/check_demo.mjs "$url" "$seed" || fail "The demo does not work." "Read build/log/demo-server.log."
    return
  fi
  note "Ctrl-C stops everything that was started."
  wait "$server" || fail "The server ended by itself." "Read build/log/demo-server.log."
}
