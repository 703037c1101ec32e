# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# What the scripts share: packages, DuckDB, build. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# shellcheck disable=SC2034 # used by the scripts that source this
build_packages=(gcc libc6-dev cmake ninja-build pkg-config gettext libglib2.0-dev libjson-glib-dev
  libseccomp-dev libcsv-dev libfontconfig-dev libxxhash-dev libpq-dev gnuplot-nox fonts-noto-cjk npm openssl)
# shellcheck disable=SC2034
test_packages=(check valgrind procps make g++ gfortran postgresql-15)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Installs those of the named Debian packages that are not there; asks nothing
# of the network when all are.
ensure_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$package" = npm ] && command -v npm >/dev/null && continue
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  echo "Installing: ${missing[*]}"
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
}

ensure_duckdb() {
  [ -e "$root/.deps/duckdb/lib/libduckdb.so" ] || "$root/scripts/fetch-duckdb" "$root/.deps/duckdb"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  [ -e "$root/build/$preset/build.ninja" ] || (cd "$root" && cmake --preset "$preset" >/dev/null)
  cmake --build "$root/build/$preset" ${1:+--target "$@"} -- --quiet
}
