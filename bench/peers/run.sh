#!/usr/bin/env bash
# run.sh TABLES FACTS TOOLS [SMALL]: what a user would pick instead, on the tables of workload_tables: DuckDB, PostgreSQL,
# mawk, Python. Everybody must count what the plain loop counted (counts.tsv). Medians of five rounds go to FACTS.
# What would need over a minute a round on TABLES runs on SMALL, a twentieth of it, and is scaled; without SMALL there is
# one round of everybody, for the counts. TOOLS is where npm put @duckdb/node-api. A peer that is not here is named as
# missing; one that counts otherwise is an error.
# shellcheck disable=SC2317  # the peers' functions are called by their names
set -euo pipefail
shopt -s inherit_errexit

tables=$1 facts=$2 tools=$3 small=${4:-}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
postgres=$(find "$tools"/usr/lib/postgresql/*/bin /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | tail -n 1 || true)

private=$(mktemp -d /tmp/licaudit-peers.XXXXXX)
trap 'rm -rf -- "$private"' EXIT
different=0

# Each peer: FUNCTION DATA ROUNDS prints `NAME SECONDS` lines and leaves what it counted in $private/*.tsv.

timed() {
  local name=$1 i TIMEFORMAT=%R took
  for ((i = 0; i < $2; ++i)); do
    { took=$({ time "${@:4}" >"$3" 2>"$private/errors" </dev/null; } 2>&1); } || { cat "$private/errors" >&2 && return 1; }
    printf '%s %s\n' "$name" "$took"
  done
}
mawk_counts() { timed mawk "$2" "$private/mawk.tsv" mawk -f "$here/count.awk" "$1/sites.tsv" "$1/records.tsv"; }
python_counts() { timed python "$2" "$private/python.tsv" python3 "$here/count.py" "$1/sites.tsv" "$1/records.tsv"; }
duckdb_counts() { node "$here/duckdb.mjs" "$tools" "$1" "$2" "$private/duckdb.tsv" | sed 's/^/duckdb./'; }
postgres_counts() {
  "$here/postgres.sh" "$postgres" "$1" "$2" "$private/postgres" plain | sed 's/^/postgres./'
  local how
  for how in rewritten plain; do mv "$private/postgres.$how" "$private/postgres-$how.tsv"; done
}

check_counts() {
  local file
  for file in "$private"/*.tsv; do
    cmp -s "$file" "$1/counts.tsv" && continue
    printf 'run.sh: %s counts otherwise than the plain loop: %s\n' "$2" "$(diff "$file" "$1/counts.tsv" | head -n 3)" >&2
    different=1
  done
  rm -f "$private"/*.tsv
}

# medians SCALE NOTE: of `NAME SECONDS` lines, as facts
medians() {
  sort -k1,1 -k2,2g | awk -v scale="$1" -v note="$2" '
    function done() { if (count) printf "%s\t%.6g\ts\t%s\n", name, times[int(count / 2) + 1] * scale, note }
    $1 != name { done(); name = $1; count = 0 }
    { times[++count] = $2 }
    END { done() }'
}

# peer NAME FUNCTION COMMAND VERSION...
peer() {
  local name=$1 count=$2
  printf '%s: %s\n' "$name" "$("${@:3}" 2>&1 | head -n 1)"
  local on=$tables rounds=5 scale=1 note='' slow
  if [[ -z $small ]]; then
    rounds=1
  else
    slow=$("$count" "$small" 1 | awk '$2 * 20 > 60 { found = "yes" } END { print found }')
    check_counts "$small" "$name"
    if [[ $slow ]]; then on=$small scale=20 note='scaled from 1/20'; fi
  fi
  "$count" "$on" "$rounds" | medians "$scale" "$note" | tee -a "$facts"
  check_counts "$on" "$name"
}
missing() {
  printf '%s: missing: %s\n' "$1" "$2"
  printf '%s\t-\t\tmissing\n' "${@:3}" >>"$facts"
}

if command -v mawk >/dev/null; then peer mawk mawk_counts mawk -W version; else missing mawk 'the Debian package mawk' mawk; fi
if command -v python3 >/dev/null; then
  peer Python python_counts python3 --version
else
  missing Python 'the Debian package python3' python
fi
if command -v node >/dev/null && [[ -d $tools/node_modules/@duckdb/node-api ]]; then
  peer DuckDB duckdb_counts sed -n 's/.*"version": *"\(.*\)".*/@duckdb\/node-api \1/p' \
    "$tools/node_modules/@duckdb/node-api/package.json"
else
  missing DuckDB 'node and the npm package @duckdb/node-api' duckdb.load duckdb.query
fi
if [[ -n $postgres && -x $postgres/initdb ]]; then
  peer PostgreSQL postgres_counts "$postgres/postgres" --version
else
  missing PostgreSQL 'the Debian package postgresql-15' postgres.copy postgres.rewritten postgres.plain
fi
exit "$different"
