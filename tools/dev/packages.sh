# shellcheck shell=bash disable=SC2154
# Installing what is missing. A second run asks neither the network nor root.

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [[ $(node -p 'process.versions.node.split(".")[0] >= 18') == true ]]
}

listed_packages() {
  local skip='^$'
  node_is_new_enough && skip='^(nodejs|npm)$'
  sed -e 's/#.*//' -e '/^\[/d' -e 's/[[:space:]]//g' -e '/^$/d' packaging/debian-packages.txt |
    grep -Ev "$skip"
}

missing_packages() {
  local wanted
  wanted=$(listed_packages | sort -u)
  # shellcheck disable=SC2086  # one argument per package
  comm -23 <(printf '%s\n' "$wanted") \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
      sed -n 's/^installed //p' | sort -u)
}

install_debian_packages() {
  command -v dpkg-query >/dev/null ||
    fail "This is not a Debian system." "Use Debian 12, or a container of it."
  local missing as_root=()
  missing=$(missing_packages | tr '\n' ' ')
  [[ -z ${missing// /} ]] && return
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "Debian packages are missing and this user may not install them." \
        "Run as root: apt-get update && apt-get install -y --no-install-recommends $missing"
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600
    -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
  step apt-update "Reading Debian's package lists" \
    "See that the network and the sources in /etc/apt work, then run ./dev again." "${apt[@]}" update
  # shellcheck disable=SC2086
  step apt-install "Installing $(wc -w <<<"$missing") Debian packages" \
    "See that this is Debian 12 with its main section enabled and 6 GB of disk free, then run ./dev again." \
    "${apt[@]}" install -y --no-install-recommends $missing
}

# npm packages exactly as the lock file says; the stamp holds the lock's hash and Node's version.
install_npm_packages() {
  local folder=$1 stamp hash
  [[ -f $folder/package.json ]] || return 0
  [[ -f $folder/package-lock.json ]] ||
    fail "$folder/package-lock.json is missing." "Run npm install --prefix $folder once and commit the lock file."
  stamp=$folder/node_modules/.geili-stamp
  hash=$(cat "$folder/package.json" "$folder/package-lock.json" <(node --version) | sha256sum | cut -d' ' -f1)
  [[ -f $stamp && $(<"$stamp") == "$hash" ]] && return
  step "npm-$folder" "Installing the npm packages of $folder/" \
    "See that npm reaches its registry (npm ping), then run ./dev again." \
    npm --prefix "$folder" ci --no-audit --no-fund --loglevel=warn
  printf '%s' "$hash" >"$stamp"
}

install_everything() {
  install_debian_packages
  node_is_new_enough || fail "Node.js 18 or newer with npm is needed." "Install Debian 12's packages nodejs and npm."
  install_npm_packages web
  install_npm_packages tests
}
