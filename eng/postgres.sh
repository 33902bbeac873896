#!/usr/bin/env bash
# A PostgreSQL server for tests, until standard input ends (so also when the test is killed). Prints one line: its address. The data lie in
# a temporary folder that goes with it. Installs Debian's package where there is none and that is allowed (root); else says why not, exit code 3.
set -uo pipefail

refuse() {
  echo "$1" >&2
  exit 3
}

find_bin() {
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

bin=$(find_bin)
if [ -z "$bin" ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || refuse "PostgreSQL is not installed, and installing it needs root and apt-get"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 240 apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1
  bin=$(find_bin)
  [ -n "$bin" ] || refuse "PostgreSQL could not be installed with apt-get"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/assay-postgres-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
as_user=()
if [ "$(id -u)" = 0 ]; then
  # The server refuses to run as root.
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user" "$folder"
  as_user=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env HOME="$folder")
fi

cd "$folder"
echo "${ASSAY_POSTGRES_PASSWORD:?}" >password
chmod 644 password
"${as_user[@]}" "$bin/initdb" -D "$folder/data" -U assay --pwfile=password -A scram-sha-256 -E UTF8 --locale=C --no-sync >log 2>&1 || refuse "initdb failed: $(tail -n 1 log)"
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 30000))
  # What it holds is thrown away: no flushing.
  if "${as_user[@]}" "$bin/pg_ctl" -D "$folder/data" -s -w -t 30 -l "$folder/data/server.log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off -c max_connections=60" start >>log 2>&1; then
    echo "postgres://assay@127.0.0.1:$port/postgres"
    cat >/dev/null
    "${as_user[@]}" "$bin/pg_ctl" -D "$folder/data" -s -m immediate stop
    exit 0
  fi
done
refuse "PostgreSQL did not start: $(tail -n 1 "$folder/data/server.log")"
