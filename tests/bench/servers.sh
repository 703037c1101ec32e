# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# PostgreSQL servers for measuring, on loopback, gone with the shell. Sourced, not run.

pg_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
pg_folders=()

# PostgreSQL does not run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# start_server PORT: socket and data in a folder of its own.
start_server() {
  local folder
  folder=$(mktemp -d)
  pg_folders+=("$folder")
  [ "$(id -u)" != 0 ] || chown postgres "$folder"
  as_server "$pg_bin/initdb" -D "$folder/data" -U hansa --no-sync --encoding=UTF8 \
    --locale=C.UTF-8 --auth=trust >/dev/null
  # Memory as an administrator of a server of this size would set it.
  cat >>"$folder/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $1
unix_socket_directories = '$folder'
shared_buffers = 1GB
work_mem = 64MB
max_wal_size = 8GB
fsync = off
CONF
  as_server "$pg_bin/pg_ctl" -D "$folder/data" -s -w -l "$folder/log" start
}

stop_servers() {
  local folder
  for folder in "${pg_folders[@]}"; do
    as_server "$pg_bin/pg_ctl" -D "$folder/data" -s -m immediate stop || true
    rm -rf "$folder"
  done
  pg_folders=()
}

# on PORT SQL
on() { psql -q -X -v ON_ERROR_STOP=1 "postgresql://hansa@127.0.0.1:$1/postgres" -c "$2"; }

customs_columns="(month date, region text NOT NULL, partner text, hs text, flow text, value double precision)"

# load_regions PORT CSV
load_regions() {
  on "$1" "CREATE TABLE hansa.region (code text, name_en text, name_zh text, level text,
    parent text, zone text, zone_en text, zone_zh text)"
  on "$1" "\\copy hansa.region FROM '$2' CSV HEADER"
}

# load_one PORT CSV
load_one() {
  on "$1" "CREATE SCHEMA hansa"
  on "$1" "CREATE TABLE hansa.customs $customs_columns"
  on "$1" "\\copy hansa.customs FROM '$2' CSV HEADER"
  on "$1" "VACUUM ANALYZE hansa.customs"
}

# load_spread CSV PORT...: the first is asked; docs/cluster.md says why so.
load_spread() {
  local csv=$1 first=$2 i=1 port to
  shift 2
  on "$first" "CREATE SCHEMA hansa"
  on "$first" "CREATE EXTENSION postgres_fdw"
  on "$first" "CREATE TABLE hansa.customs $customs_columns PARTITION BY HASH (region)"
  on "$first" "CREATE TABLE hansa.customs_0 PARTITION OF hansa.customs
    FOR VALUES WITH (MODULUS $(($# + 1)), REMAINDER 0)"
  for port in "$@"; do
    on "$port" "CREATE SCHEMA hansa"
    on "$port" "CREATE TABLE hansa.customs_share $customs_columns"
    on "$first" "CREATE SERVER share$i FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1',
      port '$port', dbname 'postgres', async_capable 'true', fetch_size '10000', batch_size '1000')"
    on "$first" "CREATE USER MAPPING FOR CURRENT_USER SERVER share$i OPTIONS (user 'hansa')"
    on "$first" "CREATE FOREIGN TABLE hansa.customs_$i PARTITION OF hansa.customs
      FOR VALUES WITH (MODULUS $(($# + 1)), REMAINDER $i) SERVER share$i
      OPTIONS (schema_name 'hansa', table_name 'customs_share')"
    i=$((i + 1))
  done
  # Each share by a COPY of its own; through the first server it takes ten times as long.
  on "$first" "CREATE UNLOGGED TABLE staging $customs_columns"
  on "$first" "\\copy staging FROM '$csv' CSV HEADER"
  i=0
  for port in "$first" "$@"; do
    [ "$port" = "$first" ] && to=hansa.customs_0 || to=hansa.customs_share
    on "$first" "COPY (SELECT * FROM staging WHERE
      satisfies_hash_partition('hansa.customs'::regclass, $(($# + 1)), $i, region)) TO STDOUT" |
      on "$port" "COPY $to FROM STDIN"
    on "$port" "VACUUM ANALYZE $to"
    i=$((i + 1))
  done
  on "$first" "DROP TABLE staging"
  on "$first" "ANALYZE hansa.customs"
}
