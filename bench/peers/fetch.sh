#!/usr/bin/env bash
# fetch.sh TOOLS: puts the peers that are not installed into TOOLS: redis-server and PostgreSQL from Debian packages,
# unpacked and not installed, because their packages would start servers; DuckDB from npm. What cannot be had is said,
# and is no error: the benchmark names it as missing.
set -euo pipefail
shopt -s inherit_errexit

mkdir -p "$1/bin"
tools=$(cd -- "$1" && pwd)
libraries=$tools/usr/lib/$(gcc -print-multiarch)

# unpack PACKAGE...
unpack() {
  local apt=(apt-get -q) folder package
  ((EUID == 0)) && apt+=(-o APT::Sandbox::User=root) # the user _apt may not be able to write here
  folder=$(mktemp -d "$tools/packages.XXXXXX")
  (
    cd "$folder"
    "${apt[@]}" download "$@" >&2 || { ((EUID == 0)) && apt-get -q update >&2 && "${apt[@]}" download "$@" >&2; }
    for package in ./*.deb; do dpkg-deb --fsys-tarfile "$package" | tar -x -C "$tools"; done
  ) || { rm -rf -- "$folder" && return 1; }
  rm -rf -- "$folder"
}

fetch_redis() {
  unpack redis-tools libjemalloc2 liblzf1 || return
  # The server is this program under another name; its libraries are not where the system looks for them.
  ln -sf redis-check-rdb "$tools/usr/bin/redis-server"
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/usr/bin/redis-server "$@"\n' "'$libraries'" "'$tools'" \
    >"$tools/bin/redis-server"
  chmod +x "$tools/bin/redis-server"
}

fetch_duckdb() {
  command -v npm >/dev/null && npm install --silent --no-audit --no-fund --prefix "$tools" @duckdb/node-api
}

command -v redis-server >/dev/null || [[ -x $tools/bin/redis-server ]] || fetch_redis ||
  printf 'fetch.sh: no redis-server: the Debian package redis-tools could not be fetched\n' >&2
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G "$tools/usr/lib/postgresql/*/bin/initdb" >/dev/null ||
  unpack postgresql-15 postgresql-client-15 libpq5 libllvm14 ||
  printf 'fetch.sh: no PostgreSQL: the Debian package postgresql-15 could not be fetched\n' >&2
[[ -d $tools/node_modules/@duckdb/node-api ]] || fetch_duckdb ||
  printf 'fetch.sh: no DuckDB: the npm package @duckdb/node-api could not be installed\n' >&2
