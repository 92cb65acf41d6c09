#!/usr/bin/env bash
# Private servers for the tests: PostgreSQL, Dovecot and Postfix, in one folder and on free ports of 127.0.0.1.
#
#   tests/servers.sh start [DIR]   starts what is not running and prints `export NAME=VALUE` lines; nothing else goes
#                                  to standard output, so that  eval "$(tests/servers.sh start)"  works. Where the
#                                  servers of DIR run already, the lines of those are printed and nothing is started.
#   tests/servers.sh stop [DIR]    stops exactly the servers of DIR and removes what start made there.
#   tests/servers.sh logs [DIR]    prints the last lines of every server's log.
#
# DIR is by default a folder of this clone's own below ${TMPDIR:-/tmp}. Several folders may be served at the same time.
# Nothing is installed (tests/run.sh does that), nothing global is changed, no mail ever leaves the machine.
# Root is needed, for Postfix: another user's call goes through sudo. No systemd, no user but those of the packages.
#
# What is exported
#   MAILINTAKE_TEST_SERVERS          DIR
#   MAILINTAKE_TEST_POSTGRES         Npgsql connection string of the administrator (may create databases); fsync is on
#   MAILINTAKE_TEST_IMAPS_PORT       Dovecot, implicit TLS
#   MAILINTAKE_TEST_IMAP_PORT        Dovecot, STARTTLS
#   MAILINTAKE_TEST_SMTPS_PORT       Postfix, implicit TLS, AUTH; MAIL FROM must be the login, as NetEase has it
#   MAILINTAKE_TEST_SUBMISSION_PORT  Postfix, the same by STARTTLS
#   MAILINTAKE_TEST_SMTP_PORT        Postfix, no TLS, no AUTH: the way in for units and for the rest of the world
#   MAILINTAKE_TEST_CA               PEM file of the authority that signed the certificate for localhost, 127.0.0.1,
#                                    mail.example.com, imap.126.com and smtp.126.com
#   MAILINTAKE_TEST_MAILROOT         folder of mailboxes: $MAILROOT/DOMAIN/USER/Maildir
#
# Who is there
#   Users  Any name of example.com, and qhdghgz@126.com, with the password secret-code; a mailbox is made at first use.
#          gone@example.com and gone-…@example.com exist nowhere: the server answers 550 5.1.1.
#   Mail   USER+Junk@DOMAIN lands in folder Junk, all other mail in INBOX.
#          Every mailbox has 垃圾邮件 and Junk (\Junk), 已发送 (\Sent), 草稿箱 (\Drafts) and 已删除 (\Trash).
#   SPF    Mail from example.com and 126.com gets "Authentication-Results: mail.example.com; spf=pass", all other spf=none.
#   Size   At most 120 MB a message; no limits of rate, no delays after errors.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
verb=${1:-}
password=secret-code

say() { printf 'servers: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

usage() { sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2; exit 2; }

default_folder() { printf '%s/mailintake-servers-%s' "${TMPDIR:-/tmp}" "$(printf '%s' "$here" | cksum | cut -d' ' -f1)"; }

case $verb in start | stop | logs) ;; *) usage ;; esac
dir=$(realpath -m -- "${2:-$(default_folder)}")

if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || die 'Postfix needs root, and there is no sudo'
  exec sudo -n -- env MAILINTAKE_TEST_MAIL_USER="$(id -un)" bash "${BASH_SOURCE[0]}" "$verb" "$dir"
fi

# Socket paths may have 107 characters; the longest below DIR has 30.
[ ${#dir} -le 75 ] || die "the path of the folder is too long for a socket (over 75 characters): $dir"

mark=$dir/.mailintake-servers
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)

alive() { # PIDFILE NAME: whether the process of that pid file runs, and is what it should be
  local pid
  pid=$(head -n 1 "$1" 2>/dev/null | tr -d ' ') || return 1
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && grep -q "$2" "/proc/$pid/cmdline"
}
postgres_runs() { alive "$dir/postgres/data/postmaster.pid" postgres; }
dovecot_runs() { alive "$dir/dovecot/run/master.pid" dovecot; }
postfix_runs() { alive "$dir/postfix/queue/pid/master.pid" master; }

as_postgres() { (cd "$dir/postgres" && exec runuser -u postgres -- "$@"); }

free_port() { # prints a port that nobody listens on and that this call has not given out yet
  local port
  for _ in $(seq 200); do
    port=$((20000 + RANDOM % 12000)) # below the range that the kernel hands out for outgoing connections
    [[ " $given " == *" $port "* ]] && continue
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then printf '%s' "$port"; return; fi
  done
  return 1
}

fill() { # TEMPLATE TARGET: a template of tests/servers with @NAMES@ filled in
  sed -e "s|@DIR@|$dir|g" -e "s|@PASSWORD@|$password|g" -e "s|@MAIL_USER@|$mail_user|g" -e "s|@MAIL_GROUP@|$mail_group|g" \
    -e "s|@MAIL_UID@|$(id -u "$mail_user")|g" -e "s|@IMAPS_PORT@|$imaps|g" -e "s|@IMAP_PORT@|$imap|g" \
    -e "s|@SMTPS_PORT@|$smtps|g" -e "s|@SUBMISSION_PORT@|$submission|g" -e "s|@SMTP_PORT@|$smtp|g" "$here/servers/$1" >"$2"
}

wait_for_port() { # PORT NAME LOG
  for _ in $(seq 150); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.2
  done
  tail -n 20 "$3" >&2 || true
  die "$2 does not listen on 127.0.0.1:$1"
}

make_certificates() {
  local tls=$dir/tls
  mkdir -p "$tls"
  openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj '/CN=MailIntake test authority' \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>"$tls/openssl.log"
  openssl req -newkey rsa:2048 -nodes -sha256 -subj '/CN=localhost' -keyout "$tls/server.key" -out "$tls/server.csr" 2>>"$tls/openssl.log"
  openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -set_serial 1 -days 3650 -sha256 -out "$tls/server.pem" \
    -extfile <(printf '%s\n' 'basicConstraints=CA:FALSE' 'extendedKeyUsage=serverAuth' \
      'subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:mail.example.com,DNS:imap.126.com,DNS:smtp.126.com') 2>>"$tls/openssl.log"
  chmod 644 "$tls/ca.pem" "$tls/server.pem"
}

start_postgres() {
  say "PostgreSQL on 127.0.0.1:$postgres"
  mkdir -p "$dir/postgres"
  chown postgres: "$dir/postgres"
  printf '%s\n' "$password" >"$dir/postgres/password"
  chown postgres: "$dir/postgres/password"
  chmod 600 "$dir/postgres/password"
  as_postgres "$pg_bin/initdb" -D "$dir/postgres/data" -U postgres -A scram-sha-256 --pwfile="$dir/postgres/password" \
    -E UTF8 --locale=C.UTF-8 >"$dir/postgres/initdb.log" 2>&1 || { cat "$dir/postgres/initdb.log" >&2; die 'initdb failed'; }
  cat >>"$dir/postgres/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $postgres
unix_socket_directories = '$dir/postgres'
max_connections = 200
CONF
  as_postgres "$pg_bin/pg_ctl" -D "$dir/postgres/data" -l "$dir/postgres/postgres.log" -w -t 60 start </dev/null >/dev/null ||
    { tail -n 20 "$dir/postgres/postgres.log" >&2; die 'PostgreSQL did not start'; }
}

start_dovecot() {
  say "Dovecot on 127.0.0.1:$imaps (TLS) and :$imap"
  mkdir -p "$dir/dovecot/run" "$dir/dovecot/state" "$dir/mail"
  chown "$mail_user:$mail_group" "$dir/mail"
  : >"$dir/dovecot/nobody-else"
  fill dovecot.conf "$dir/dovecot/dovecot.conf"
  dovecot -c "$dir/dovecot/dovecot.conf" </dev/null >"$dir/dovecot/start.log" 2>&1 || { cat "$dir/dovecot/start.log" >&2; die 'Dovecot did not start'; }
  wait_for_port "$imaps" Dovecot "$dir/dovecot/dovecot.log"
}

start_postfix() {
  say "Postfix on 127.0.0.1:$smtps (TLS), :$submission (STARTTLS) and :$smtp"
  mkdir -p "$dir/postfix/etc" "$dir/postfix/queue" "$dir/postfix/data"
  chown postfix: "$dir/postfix/data"
  fill main.cf "$dir/postfix/etc/main.cf"
  fill master.cf "$dir/postfix/etc/master.cf"
  for map in recipients logins authentication; do cp "$here/servers/$map.regexp" "$dir/postfix/etc/"; done
  postfix -c "$dir/postfix/etc" start </dev/null >"$dir/postfix/start.log" 2>&1 || { cat "$dir/postfix/start.log" >&2; die 'Postfix did not start'; }
  wait_for_port "$smtp" Postfix "$dir/postfix/mail.log"
}

stop_all() {
  if postfix_runs; then
    say 'stopping Postfix'
    postfix -c "$dir/postfix/etc" stop >/dev/null 2>&1 || kill "$(tr -d ' ' <"$dir/postfix/queue/pid/master.pid")"
  fi
  if dovecot_runs; then
    say 'stopping Dovecot'
    local pid
    pid=$(cat "$dir/dovecot/run/master.pid")
    kill "$pid"
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  fi
  if postgres_runs; then
    say 'stopping PostgreSQL'
    as_postgres "$pg_bin/pg_ctl" -D "$dir/postgres/data" -m fast -w -t 60 stop >/dev/null
  fi
}

clean() { [ -e "$mark" ] && rm -rf -- "$dir/postgres" "$dir/dovecot" "$dir/postfix" "$dir/mail" "$dir/tls" "$dir/env" "$mark"; }

start_all() {
  [ -n "$pg_bin" ] || die 'PostgreSQL is not installed (postgresql)'
  command -v dovecot >/dev/null || die 'Dovecot is not installed (dovecot-imapd dovecot-lmtpd)'
  command -v postfix >/dev/null || die 'Postfix is not installed (postfix)'
  command -v openssl >/dev/null || die 'openssl is not installed'
  mkdir -p "$dir"
  exec 9>"$dir/.lock"
  flock 9
  if [ -s "$dir/env" ] && postgres_runs && dovecot_runs && postfix_runs; then
    say "running already in $dir"
    cat "$dir/env"
    return
  fi
  if [ -e "$mark" ]; then stop_all; clean; fi
  [ -z "$(ls -A "$dir" | grep -v '^\.lock$')" ] || die "$dir holds other things; name an empty folder"

  chmod 755 "$dir" # the servers' own users walk through it
  mail_user=${MAILINTAKE_TEST_MAIL_USER:-nobody}
  mail_group=$(id -gn "$mail_user")
  runuser -u postgres -- test -x "$dir" || die "user postgres cannot enter $dir: choose a folder that others may walk into"
  touch "$mark"
  given=''
  for name in postgres imaps imap smtps submission smtp; do
    printf -v "$name" '%s' "$(free_port)"
    given+=" ${!name}"
  done

  trap stop_all EXIT
  make_certificates
  start_postgres 9>&-
  start_dovecot 9>&-
  start_postfix 9>&-
  trap - EXIT

  cat >"$dir/env" <<ENV
export MAILINTAKE_TEST_SERVERS='$dir'
export MAILINTAKE_TEST_POSTGRES='Host=127.0.0.1;Port=$postgres;Username=postgres;Password=$password;Database=postgres'
export MAILINTAKE_TEST_IMAPS_PORT='$imaps'
export MAILINTAKE_TEST_IMAP_PORT='$imap'
export MAILINTAKE_TEST_SMTPS_PORT='$smtps'
export MAILINTAKE_TEST_SUBMISSION_PORT='$submission'
export MAILINTAKE_TEST_SMTP_PORT='$smtp'
export MAILINTAKE_TEST_CA='$dir/tls/ca.pem'
export MAILINTAKE_TEST_MAILROOT='$dir/mail'
ENV
  cat "$dir/env"
}

case $verb in
  start) start_all ;;
  stop)
    [ -e "$mark" ] || { say "nothing was started in $dir"; exit 0; }
    stop_all
    clean
    rm -f "$dir/.lock"
    rmdir "$dir" 2>/dev/null || true
    ;;
  logs)
    for log in "$dir/postgres/postgres.log" "$dir/dovecot/dovecot.log" "$dir/postfix/mail.log"; do
      [ -s "$log" ] && printf -- '--- %s\n' "$log" && tail -n 40 "$log"
    done
    ;;
esac
