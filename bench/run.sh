#!/usr/bin/env bash
# run.sh BIN TOOLS OUT [--quick | --tiny]: the whole benchmark with the programs of BIN, one after the other, and its table:
# OUT/table.md. --quick is a twentieth of everything, --tiny less still; their times say nothing, their counts must be
# equal all the same. TOOLS has the peers that are not installed (peers/fetch.sh). Ends with 1 if anything counted
# differently or broke. Called by ./dev bench.
set -euo pipefail
shopt -s inherit_errexit

bin=$(cd -- "$1" && pwd) tools=$2 out=$3 size=${4:-}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
case $size in
  '') few=10000 some=100000 changes=1000 ;;
  --quick) few=500 some=5000 changes=50 ;;
  --tiny) few=300 some=1000 changes=10 ;;
  *) printf "run.sh: unknown option '%s'\n" "$size" >&2 && exit 2 ;;
esac

mkdir -p "$out" "$tools"
out=$(cd -- "$out" && pwd)
tools=$(cd -- "$tools" && pwd)
facts=$out/facts.tsv
: >"$facts"
private=$(mktemp -d /tmp/licaudit-bench.XXXXXX) # short: sockets lie in it
chmod 0755 "$private"
running='' # process id of the step
# shellcheck disable=SC2317  # it is called by the traps
leave() {
  local status=$?
  trap - EXIT HUP INT TERM
  if [[ -n $running ]] && kill -TERM "$running" 2>/dev/null; then wait "$running" || true; fi
  rm -rf -- "$private"
  exit "$status"
}
trap leave EXIT
trap 'exit 130' HUP INT TERM

# The programs end what they start; the limit is for those that hang. In the background, so that a signal is heard at
# once: timeout passes it on to all of the step.
broken=0
step() {
  local began=$SECONDS name=$1
  shift
  printf '\n== %s\n' "$name"
  timeout --kill-after=20 900 "$@" &
  running=$!
  wait "$running" || { printf 'run.sh: %s: failed\n' "$name" >&2 && broken=1; }
  running=''
  printf '== %s: %d s\n' "$name" $((SECONDS - began))
}

sized=()
[[ -z $size ]] || sized=("$size")
host=(--daemon "$bin/licauditd" --facts "$facts")

step "factors" "$bin/factors_bench" "${sized[@]}" --facts "$facts"
step "tables for the peers" "$bin/workload_tables" "${sized[@]}" "$private/tables"
small=()
if [[ -z $size ]]; then
  step "small tables for the peers" "$bin/workload_tables" --users 50000 "$private/small"
  small=("$private/small")
fi
step "peers" "$here/peers/run.sh" "$private/tables" "$facts" "$tools" "${small[@]}"
rm -rf -- "$private/tables" "$private/small"
step "the daemon" "$bin/host_bench" "${sized[@]}" "${host[@]}" --folder "$private/host"
redis=()
if [[ -x $tools/bin/redis-server ]]; then
  redis=(--redis "$tools/bin/redis-server")
elif command -v redis-server >/dev/null; then
  redis=(--redis "$(command -v redis-server)")
fi
step "many clients" "$bin/serve_bench" "${sized[@]}" "${host[@]}" --folder "$private/host" "${redis[@]}"
rm -rf -- "$private/host"
step "a small daemon" "$bin/host_bench" --users "$few" --changes "$changes" "${host[@]}" --folder "$private/few" \
  --part growth --suffix @10k
step "a middling daemon" "$bin/host_bench" --users "$some" --changes "$changes" "${host[@]}" --folder "$private/some" \
  --part growth --suffix @100k
rm -rf -- "$private/few" "$private/some"
step "history" "$bin/history_bench" "${sized[@]}" --folder "$private/history" --facts "$facts"

{
  "$here/machine.sh" "$tools"
  printf '\n%s, %d s in all.\n' "${size:-Full size}" "$SECONDS"
  "$bin/bench_table" "$here/table/reach.txt" "$facts"
} >"$out/table.md"
cat "$out/table.md"
((broken == 0)) || printf '\nrun.sh: something failed or counted differently: see above\n' >&2
exit "$broken"
