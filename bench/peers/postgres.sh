#!/usr/bin/env bash
# postgres.sh BIN DATA ROUNDS COUNTS [plain]: PostgreSQL, whose programs are in BIN, on the tables of DATA. Prints
# `copy SECONDS`, `rewritten SECONDS` and with `plain` also `plain SECONDS` (the rules as they stand) for each round, and
# writes what was counted to COUNTS.rewritten and COUNTS.plain. A server of its own in a private folder, on a socket
# there; it does not run as root. One thread, like everybody; otherwise with more room than by default.
set -euo pipefail
shopt -s inherit_errexit

bin=$1 data=$(cd -- "$2" && pwd) rounds=$3 counts=$4 plain=${5:-}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

private=$(mktemp -d /tmp/licaudit-postgres.XXXXXX)
server='' # process id
leave() {
  local status=$?
  trap - EXIT HUP INT TERM
  if [[ -n $server ]] && kill -INT "$server" 2>/dev/null; then # a fast shutdown
    local tries=0
    while kill -0 "$server" 2>/dev/null && ((tries++ < 300)); do sleep 0.1; done
    kill -KILL "$server" 2>/dev/null || true
  fi
  ((status == 0)) || tail -n 20 "$private/log" >&2 || true
  rm -rf -- "$private"
  exit "$status"
}
trap leave EXIT
trap 'exit 130' HUP INT TERM

as_server=()
if ((EUID == 0)); then
  as_server=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  chown nobody:nogroup "$private"
fi
cd "$private"
# The server reads the tables itself, so that they need not go through a client; it may not be able to where they lie.
cp "$data/records.tsv" "$data/sites.tsv" "$private/"
chmod 0644 ./*.tsv

"${as_server[@]}" "$bin/initdb" -D "$private/data" -U bench -A trust -E UTF8 --no-locale >"$private/log" 2>&1
"${as_server[@]}" "$bin/postgres" -D "$private/data" -k "$private" -c listen_addresses= -c shared_buffers=1GB \
  -c work_mem=256MB -c max_wal_size=8GB -c max_parallel_workers_per_gather=0 >>"$private/log" 2>&1 &
server=$!

ask() { "$bin/psql" -X -q -At -v ON_ERROR_STOP=1 -h "$private" -U bench -d postgres "$@"; }
tries=0
until ask -c 'SELECT 1' >/dev/null 2>&1; do
  kill -0 "$server" 2>/dev/null || exit 1
  ((tries++ < 300)) || exit 1
  sleep 0.1
done

# seconds NAME: from the lines `Time: 12.345 ms` of psql
seconds() { sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' | awk -v name="$1" '{ print name, $1 / 1000 }'; }

# one_round NAME QUERY: the time of the query, what it answers goes to COUNTS.NAME
one_round() {
  { printf '\\pset fieldsep %s\n\\o %s\n\\timing on\n' "'\\t'" "$counts.$1" && cat "$2"; } | ask | seconds "$1"
}

# What rewritten.sql calls by these names; as bodies of SQL they are put in place by the planner.
ask <<'SQL'
CREATE FUNCTION contains(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT strpos($1, $2) > 0';
CREATE FUNCTION matches(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 ~ $2';
SQL
for name in rewritten plain; do
  { cat "$here/$name.sql" "$here/counting.sql" && echo ';'; } >"$name.sql"
done

for ((i = 0; i < rounds; ++i)); do
  ask -c 'DROP TABLE IF EXISTS records, sites' 2>/dev/null
  ask -f "$here/tables.sql"
  printf '\\timing on\nCOPY records FROM %s;\n' "'$private/records.tsv'" | ask | seconds copy
  ask -c "COPY sites FROM '$private/sites.tsv'"
done
ask -c 'VACUUM ANALYZE records' -c 'VACUUM ANALYZE sites'
for ((i = 0; i < rounds; ++i)); do
  one_round rewritten rewritten.sql
  [[ -z $plain ]] || one_round plain plain.sql
done
