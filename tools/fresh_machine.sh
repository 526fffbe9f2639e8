#!/usr/bin/env bash
# Proves the two commands of the README on a fresh Debian 12: makes a bare root with debootstrap, puts a
# clone of HEAD into it and runs ./dev test and ./dev demo --check there, as root.
#
#   tools/fresh_machine.sh [--keep] [--ccache] [COMMAND…]
#
# --keep leaves the root for a look; --ccache lends it this machine's compiler cache, which gives an object
# where compiler, flags and every header are the same; COMMAND… replaces the two commands ("./dev test unit", say; each one
# argument). The mirror, proxies and certificates of this machine are read when the script runs. Needs root
# and the package debootstrap. The bare root is kept as an archive in TMPDIR (or /var/tmp), so that the
# next run starts at once.
# shellcheck disable=SC2016  # $(SITE) and its like are words of apt
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
place=${TMPDIR:-/var/tmp}/geili-fresh
archive=$place/bookworm.tar
target=
keep=no
lends_ccache=no
commands=()

say() { printf '==> %s\n' "$*"; }
fail() {
  printf 'Failed: %s\n  Mend: %s\n' "$1" "$2" >&2
  exit 1
}

for argument in "$@"; do
  case $argument in
    --keep) keep=yes ;;
    --ccache) lends_ccache=yes ;;
    *) commands+=("$argument") ;;
  esac
done
((${#commands[@]} > 0)) || commands=("./dev test" "./dev demo --check")
((EUID == 0)) || fail "A root folder can only be made by root." "sudo tools/fresh_machine.sh"
command -v debootstrap >/dev/null || fail "debootstrap is missing." "apt-get install -y debootstrap"

# Everything that is mounted or started below belongs to namespaces of its own and ends with this script.
if [[ ${GEILI_FRESH_INSIDE-} != yes ]]; then
  GEILI_FRESH_INSIDE=yes exec unshare --mount --pid --fork --kill-child --propagation private -- "$0" "$@"
fi

finish() {
  [[ -n $target ]] || return 0
  umount -R "$target/dev" "$target/proc" "$target/root/.cache/ccache" 2>/dev/null || true
  if [[ $keep == yes ]]; then say "Kept $target"; else rm -rf --one-file-system "$target"; fi
}
trap finish EXIT

make_bare_root() {
  mkdir -p "$place"
  target=$(mktemp -d "$place/root-XXXXXX")
  chmod 755 "$target"
  if [[ ! -f $archive ]]; then
    local mirror
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
    [[ -n $mirror ]] || fail "apt knows no mirror of bookworm." "Run apt-get update on this machine."
    say "Making a bare Debian 12 with debootstrap"
    debootstrap --variant=minbase bookworm "$target" "$mirror" >"$place/debootstrap.log" 2>&1 ||
      fail "debootstrap did not end well; see $place/debootstrap.log." "See that the mirror is reachable."
    tar -C "$target" -cf "$archive.part" .
    mv "$archive.part" "$archive"
  else
    say "Unpacking the bare Debian 12 of $archive"
    tar -C "$target" -xf "$archive"
  fi
}

# How this machine reaches its package sources; nothing is installed by it.
copy_network_settings() {
  cp -L /etc/resolv.conf /etc/hosts "$target/etc/" 2>/dev/null || true
  rm -f "$target/etc/apt/sources.list"
  apt-get indextargets --format 'deb $(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u \
    >"$target/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-Valid-Until|Check-Date|Retries)' |
    grep -v '""' >"$target/etc/apt/apt.conf.d/50host" || true
  if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    mkdir -p "$target/usr/local/share/ca-certificates"
    cp /usr/local/share/ca-certificates/*.crt "$target/usr/local/share/ca-certificates/"
    cat /usr/local/share/ca-certificates/*.crt >"$target/etc/host-certificates.pem"
  fi
}

mount_kernel() {
  mount -t proc proc "$target/proc"
  mount --rbind /dev "$target/dev"
  mount --make-rslave "$target/dev"
}

lend_ccache() {
  local cache
  cache=$(ccache --get-config cache_dir)
  mkdir -p "$cache" "$target/root/.cache/ccache"
  mount --bind "$cache" "$target/root/.cache/ccache"
}

run_inside() {
  local settings=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
    TERM="${TERM:-dumb}") name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [[ -n ${!name-} ]] && settings+=("$name=${!name}")
  done
  [[ -f $target/etc/host-certificates.pem ]] && settings+=(NODE_EXTRA_CA_CERTS=/etc/host-certificates.pem)
  if command -v npm >/dev/null; then
    settings+=(npm_config_registry="$(npm config get registry 2>/dev/null)")
  fi
  chroot "$target" /usr/bin/env -i "${settings[@]}" bash -c "cd /srv/geili && $1"
}

make_bare_root
copy_network_settings
mount_kernel
[[ $lends_ccache == no ]] || lend_ccache
say "Cloning HEAD of $here"
git clone -q --depth 1 "file://$here" "$target/srv/geili"
for command in "${commands[@]}"; do
  say "In the bare root: $command"
  started=$SECONDS
  run_inside "$command" || fail "\"$command\" failed on a fresh machine." "Read its output above; --keep keeps the root."
  say "\"$command\" took $((SECONDS - started)) s"
done
say "A fresh Debian 12 runs: ${commands[*]}"
