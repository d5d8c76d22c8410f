# Runs one throw-away PostgreSQL cluster for as long as standard input stays open.
#
#   sh -c SCRIPT postgres.sh PROGRAMS PORT
#
# PROGRAMS is the directory of initdb and pg_ctl. Prints the connection URL once the cluster answers. With a
# certificate and its key as PEM in TLS_CERTIFICATE and TLS_KEY it lets nobody in over the network without TLS.
# Whoever holds the other end of standard input owns the cluster: when it closes it, or dies in whatever way,
# the cluster is stopped and its directory removed. No other cluster is ever touched.
set -eu
trap '' HUP INT TERM PIPE

programs=$1
port=$2
cd /
dir=$(mktemp -d /tmp/kunye-pg.XXXXXX)

end() {
    "$programs/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap end EXIT

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '%s\n' "$password" >"$dir/password"

"$programs/initdb" -D "$dir/data" --username=kunye --pwfile="$dir/password" \
    --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    exit 1
}

# Small, but as durable as the real thing: a test that cuts the power must mean something.
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
max_connections = 200
shared_buffers = 64MB
fsync = on
wal_level = minimal
max_wal_senders = 0
min_wal_size = 32MB
max_wal_size = 256MB
jit = off
CONF
if [ -n "${TLS_CERTIFICATE:-}" ]; then
    printf '%s\n' "$TLS_CERTIFICATE" >"$dir/data/server.crt"
    (umask 077 && printf '%s\n' "$TLS_KEY" >"$dir/data/server.key")
    echo 'ssl = on' >>"$dir/data/postgresql.conf"
    sed -i 's/^host /hostssl /' "$dir/data/pg_hba.conf"
fi

"$programs/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start >/dev/null 2>&1 </dev/null || {
    cat "$dir/log" >&2
    exit 1
}

echo "postgres://kunye:$password@127.0.0.1:$port/postgres"
cat >/dev/null || true
