#!/usr/bin/env bash
# record.sh: puts the table of the last ./dev bench (build/bench/table.md) into docs/performance.md, between its marks.
set -euo pipefail
shopt -s inherit_errexit

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
table=$root/build/bench/table.md page=$root/docs/performance.md
[[ -s $table ]] || { printf 'record.sh: %s is not there; run ./dev bench first\n' "$table" >&2 && exit 1; }
fresh=$(mktemp "$page.XXXXXX")
trap 'rm -f -- "$fresh"' EXIT
awk -v table="$table" '
  /^<!-- end of the table -->$/ { inside = 0 }
  !inside { print }
  /^<!-- the table of / { inside = 1; while ((getline line < table) > 0) print line }
' "$page" >"$fresh"
chmod 0644 "$fresh"
mv -- "$fresh" "$page"
trap - EXIT
