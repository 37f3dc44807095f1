#!/usr/bin/env bash
# run.sh BIN [--once]: starts BIN/licauditd on a private copy of this folder, shows what it says, and stays until
# Ctrl-C; with --once it ends with exit status 0 after the same. Called by ./dev run.
set -euo pipefail
shopt -s inherit_errexit

bin=$(cd -- "$1" && pwd)
how=${2:-}
config=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

bold='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

private='' # the folder of this run; removed at the end
daemon=''  # the daemon's process id

# shellcheck disable=SC2317  # it is called by the traps
leave() {
  local status=$?
  trap - EXIT HUP INT TERM
  if [[ -n $daemon ]] && kill -TERM "$daemon" 2>/dev/null; then
    local tries=0
    # It stops within two seconds; ten are a hang.
    while kill -0 "$daemon" 2>/dev/null && ((tries++ < 100)); do sleep 0.1; done
    kill -KILL "$daemon" 2>/dev/null && printf 'run.sh: licauditd did not stop and was killed\n' >&2 && status=1
  fi
  [[ -n $private ]] && rm -rf -- "$private"
  exit "$status"
}

with_log() {
  printf '\n--- the end of what licauditd logged ---\n' >&2
  tail -n 40 -- "$private/licauditd.log" >&2 || true
  printf 'run.sh: %s\n' "$*" >&2
  exit 1
}

ask() { "$bin/licaudit" --socket "$socket" "$@"; }

# shown STATUS... -- ARGUMENT...: prints the command and its answer. Over-use is exit status 1 and expected in places.
shown() {
  local allowed=()
  while [[ $1 != -- ]]; do
    allowed+=("$1")
    shift
  done
  shift
  printf '\n$ licaudit %s\n' "$*"
  local status=0
  ask "$@" || status=$?
  [[ " ${allowed[*]} " == *" $status "* ]] ||
    with_log "licaudit $* ended with exit status $status, expected ${allowed[*]}"
}

start_daemon() {
  private=$(mktemp -d "${TMPDIR:-/tmp}/licaudit.XXXXXX")
  socket=$private/demo/licaudit.sock
  if ((${#socket} >= 108)); then # what a UNIX socket's address can hold
    rmdir -- "$private"
    private=$(mktemp -d /tmp/licaudit.XXXXXX)
    socket=$private/demo/licaudit.sock
  fi
  cp -R "$config/demo" "$config/factors.d" "$private/"
  chmod -R u+w "$private" # a checkout may be read-only
  # Where licaudit is installed too, its group is the socket's default; somebody outside of it cannot give files to it.
  if ((EUID != 0)) && getent group licaudit >/dev/null && [[ " $(id -nG) " != *" licaudit "* ]]; then
    sed -i "s/mode: '0600'/mode: '0600', group: '$(id -gn)'/" "$private/demo/licauditd.yaml"
  fi
  env -u NOTIFY_SOCKET -u LISTEN_FDS -u LISTEN_PID -u WATCHDOG_USEC \
    "$bin/licauditd" --config "$private/demo/licauditd.yaml" >"$private/licauditd.log" 2>&1 &
  daemon=$!

  local tries=0 status
  while true; do
    status=0
    ask status >/dev/null 2>&1 || status=$?
    # 3: nobody listens there yet; 7: no answer in time. Anything else is an answer.
    [[ $status != 3 && $status != 7 ]] && break
    kill -0 "$daemon" 2>/dev/null || with_log "licauditd ended before it answered"
    ((tries++ < 300)) || with_log "licauditd did not answer on $socket within 30 s"
    sleep 0.1
  done
}

show_pages() {
  shown 0 -- refresh
  local tenant
  for tenant in contoso fabrikam tailspin; do shown 0 1 -- show "$tenant"; done
  shown 1 -- show adventure
  shown 0 1 -- show northern-host
}

show_history() {
  say "A switch changes nothing until it is applied; a dry run shows what would change, and its plan can be applied."
  shown 0 -- factor off contoso ump/lifecycle-management
  shown 0 -- apply contoso --dry-run
  local plan
  plan=$(ask --json apply contoso --dry-run | sed -n 's/.*"plan": *"\([^"]*\)".*/\1/p')
  [[ -n $plan ]] || with_log "the dry run named no plan"
  shown 0 -- apply --plan "$plan"
  say "Users with a template now count where a person edited them; those that nobody edited do not count. Back again:"
  shown 0 -- factor default contoso ump/lifecycle-management
  shown 0 -- apply contoso
  shown 0 1 -- history contoso --by change
}

show_what_is_sold() {
  say "Three other vendors' ways of licensing: packages and sums, quotas of a shared system licence, a cart."
  local tenant
  for tenant in lamna litware proseware; do shown 0 1 -- usage "$tenant"; done
  shown 0 1 -- show vanarsdel
  say "A limit stops nobody here: it says when it is near, and a PBX can ask before it uses more."
  shown 0 -- limit proseware speech-to-text 2000
  shown 1 -- check proseware speech-to-text 1000
  say "What is ordered holds at once, and the month charges the highest quantity that it had."
  shown 0 -- order add proseware voice 5
  shown 0 -- order show proseware
  shown 0 -- order confirm proseware
  shown 0 -- bill proseware
}

say_how_to_go_on() {
  say "The daemon answers until Ctrl-C. In another terminal:"
  cat <<TEXT
  export LICAUDIT_SOCKET=$socket PATH=$bin:\$PATH
  licaudit status                                   what runs, and how old the data is
  licaudit tenants                                  whom this host serves
  licaudit findings                                 what a person should look at
  licaudit subjects adventure --licence ump         who holds what
  licaudit bill northern-host                       what the month comes to, and why
  licaudit log                                      who decided what
  licaudit show tailspin --json                     every answer for programs, too: --json, --jsonl, --csv
  curl --unix-socket \$LICAUDIT_SOCKET http://localhost/v1/tenants/tailspin/licences
  edit $private/demo/exports/*, then: licaudit refresh
TEXT
}

trap leave EXIT
trap 'exit 130' INT
trap 'exit 129' HUP
trap 'exit 143' TERM
say "Starting licauditd on the sample host"
start_daemon
show_pages
show_history
show_what_is_sold
[[ $how == --once ]] && exit 0
say_how_to_go_on
trap 'exit 0' INT # the ordinary way to end it
status=0
wait "$daemon" || status=$?
daemon=''
with_log "licauditd ended by itself with exit status $status"
