# Installs PostgreSQL with pgvector on Debian and runs a throw-away cluster. Sourced by .ci/run; needs root.
# pgvector is a package from Debian 13 on; on Debian 12 it is built from Debian's own source package.

export DEBIAN_FRONTEND=noninteractive

install_postgres() {
  apt-get update -qq
  if apt-cache show postgresql-17-pgvector >/dev/null 2>&1; then
    apt-get install -y -qq postgresql-17 postgresql-17-pgvector >/dev/null
    PG_VERSION=17
    return
  fi
  PG_VERSION=15
  apt-get install -y -qq postgresql-15 postgresql-server-dev-15 make gcc dpkg-dev >/dev/null
  [ -e "$(pg_config_of 15 --sharedir)/extension/vector.control" ] || build_pgvector
}

pg_config_of() { "/usr/lib/postgresql/$1/bin/pg_config" "$2"; }

# The source entry is a copy of the machine's own, for the next release, and goes away again.
build_pgvector() {
  local entry=/etc/apt/sources.list.d/remy-pgvector-source.sources folder
  folder=$(mktemp -d)
  awk -v RS= '/Suites: *bookworm( |\n|$)/ { print; exit }' /etc/apt/sources.list.d/debian.sources |
    sed -e 's/^Types:.*/Types: deb-src/' -e 's/^Suites:.*/Suites: trixie/' >"$entry"
  (
    cd "$folder" && apt-get update -qq && apt-get source -qq --download-only pgvector >/dev/null
  )
  rm -f "$entry"
  apt-get update -qq
  (
    cd "$folder" && tar xf pgvector_*.orig.tar.gz && cd "$(find . -maxdepth 1 -type d -name 'pgvector*' | head -1)" &&
      make -j2 with_llvm=no OPTFLAGS="" PG_CONFIG=/usr/lib/postgresql/15/bin/pg_config >/dev/null &&
      make install with_llvm=no PG_CONFIG=/usr/lib/postgresql/15/bin/pg_config >/dev/null
  )
  rm -rf "$folder"
}

# Sets DATABASE_URL.
start_postgres() {
  PG_BIN=/usr/lib/postgresql/$PG_VERSION/bin
  PG_FOLDER=$(mktemp -d)
  chown postgres "$PG_FOLDER"
  PG_PORT=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  runuser -u postgres -- "$PG_BIN/initdb" -D "$PG_FOLDER/data" -A trust -U postgres --no-locale -E UTF8 >/dev/null
  runuser -u postgres -- "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -w -s -l "$PG_FOLDER/log" \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=$PG_FOLDER -c fsync=off -c max_connections=200" start
  export DATABASE_URL="postgres://postgres@127.0.0.1:$PG_PORT/postgres"
}

stop_postgres() {
  [ -n "${PG_FOLDER:-}" ] || return 0
  runuser -u postgres -- "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m immediate -s stop
  rm -rf "$PG_FOLDER"
}
