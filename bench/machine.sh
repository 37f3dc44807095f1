#!/usr/bin/env bash
# machine.sh TOOLS: what the figures were taken on, and with which versions, as two lines of Markdown.
set -euo pipefail
shopt -s inherit_errexit

tools=$1
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
first_line() { { "$@" 2>&1 || true; } | head -n 1; }

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal:/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
commit=$(git -C "$here" describe --always --dirty 2>/dev/null || printf 'unknown')
printf '%s, commit %s. %s x %s, %s, kernel %s.\n\n' "$(date -u '+%d %b %Y %H:%M UTC')" "$commit" "$(nproc)" \
  "${model:-processor}" "$memory" "$(uname -r)"

# shellcheck disable=SC2016  # dpkg-query's own variables
versions=("$(first_line c++ --version)" "SQLite $(first_line dpkg-query -W -f='${Version}' libsqlite3-0)")
# shellcheck disable=SC2016
versions+=("Boost $(first_line dpkg-query -W -f='${Version}' libboost1.81-dev)")
postgres=$(find "$tools"/usr/lib/postgresql/*/bin /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | tail -n 1 || true)
[[ -z $postgres ]] || versions+=("$(first_line "$postgres/postgres" --version)")
duckdb=$tools/node_modules/@duckdb/node-api/package.json
[[ ! -f $duckdb ]] || versions+=("DuckDB $(sed -n 's/.*"version": *"\(.*\)".*/\1/p' "$duckdb" | head -n 1)")
for redis in "$tools/bin/redis-server" redis-server; do
  if command -v "$redis" >/dev/null; then
    versions+=("$(first_line "$redis" --version | cut -d ' ' -f 1-3)")
    break
  fi
done
! command -v mawk >/dev/null || versions+=("$(first_line mawk -W version)")
! command -v python3 >/dev/null || versions+=("$(first_line python3 --version)")
printf '%s' "${versions[0]}"
printf '; %s' "${versions[@]:1}"
printf '.\n'
