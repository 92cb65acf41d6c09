#!/usr/bin/env bash
# Builds everything and runs every test, on a fresh Debian too.
#
#   bash tests/run.sh            installs what is missing, starts PostgreSQL, Dovecot and Postfix in a folder of its own
#                                (tests/servers.sh), runs every test project, and the contract tests once more on MailKit where its
#                                packages are served; stops what it started
#   bash tests/run.sh --quick    installs nothing and starts no server; the tests that need one say that they are skipped
#
# CONFIGURATION=Debug|Release chooses the build, default Release. With CI=true a test that misses its server fails.
# The last line is "N passed, N failed" (", N skipped" where there are any); the exit code is 0 only if none failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=${CONFIGURATION:-Release}
quick=false
case ${1:-} in
  '') ;;
  --quick) quick=true ;;
  *) sed -n '2,/^set -euo/{/^set -euo/d;s/^# \{0,1\}//;p}' tests/run.sh >&2; exit 2 ;;
esac

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off
scratch=$(mktemp -d "${TMPDIR:-/tmp}/mailintake-tests-XXXXXX")
chmod 755 "$scratch"
servers=$scratch/servers
policy=''

step() { printf '== %s\n' "$*"; }
die() { printf 'tests/run.sh: %s\n' "$*" >&2; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

finish() {
  local code=$?
  trap - EXIT INT TERM
  [ -z "$policy" ] || as_root rm -f "$policy"
  [ ! -e "$servers/.mailintake-servers" ] || bash tests/servers.sh stop "$servers" || true
  rm -rf -- "$scratch" 2>/dev/null || as_root rm -rf -- "$scratch"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || ls /usr/lib/*/"$1"* >/dev/null 2>&1; }

missing_packages() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
  [ -x /usr/sbin/dovecot ] || echo dovecot-core
  [ -x /usr/lib/dovecot/imap ] || echo dovecot-imapd
  [ -x /usr/lib/dovecot/lmtp ] || echo dovecot-lmtpd
  [ -x /usr/sbin/postfix ] || echo postfix
  command -v openssl >/dev/null || echo openssl
  command -v pdftotext >/dev/null || echo poppler-utils
  command -v bsdtar >/dev/null || echo libarchive-tools
  command -v ffmpeg >/dev/null || echo ffmpeg
  command -v heif-convert >/dev/null || echo libheif-examples
  command -v unar >/dev/null || echo unar
  [ -x /usr/sbin/clamd ] || echo clamav-daemon
  [ -e "$(ls -d /usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata 2>/dev/null | tail -n 1)" ] || echo tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-osd
  [ -x /usr/lib/libreoffice/program/soffice.bin ] || echo libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui
  has_library libicuuc.so || echo libicu
}

install_missing() {
  local packages=()
  mapfile -t packages < <(missing_packages | tr ' ' '\n')
  [ ${#packages[@]} -gt 0 ] || return 0
  step "Installing ${packages[*]}"
  command -v apt-get >/dev/null || die "no apt-get here; install by hand: ${packages[*]}"
  as_root apt-get update -qq
  # The version is part of the name of that package.
  packages=("${packages[@]/%libicu/$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)}")
  if [ ! -e /usr/sbin/policy-rc.d ]; then # no service of the packages is to start
    policy=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$scratch/apt.log" 2>&1 ||
    { tail -n 30 "$scratch/apt.log" >&2; die 'apt-get install failed'; }
  if [ -n "$policy" ]; then as_root rm -f "$policy"; policy=''; fi
}

counter() { sed -n "s/.*<Counters .*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# Each failed test of a project with the first line of what it said, for the end of the output, where it is looked for.
failures() { # RESULTS
  awk '
    /<UnitTestResult / { name = ""; if (/outcome="Failed"/ && match($0, /testName="[^"]*"/)) name = substr($0, RSTART + 10, RLENGTH - 11) }
    name != "" && /<Message>/ { said = $0; sub(/.*<Message>/, "", said); sub(/<\/Message>.*/, "", said); print name ": " said; name = "" }
  ' "$1" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#x[0-9A-F]*;/ /g; s/&amp;/\&/g' | cut -c 1-300
}

run_tests() { # NAME PROJECT [ARGUMENT...]: adds to passed, failed, skipped
  local name=$1 results code=0
  results=$scratch/results/$name.trx
  step "$name"
  dotnet test "${@:2}" --no-build -c "$configuration" --results-directory "$scratch/results" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' || code=$?
  if [ -s "$results" ]; then
    local total executed ok
    total=$(counter total "$results") executed=$(counter executed "$results") ok=$(counter passed "$results")
    passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))
    [ "$executed" = "$ok" ] || failures "$results" >>"$scratch/failures"
    [ "$code" = 0 ] || [ "$executed" -gt "$ok" ] || { echo "$name: the run broke off"; failed=$((failed + 1)); }
  elif [ "$code" != 0 ]; then
    echo "$name: the tests could not be run"
    failed=$((failed + 1))
  fi
}

# The contract tests once more, with MailKit and MimeKit behind the ports (docs/decisions/0023).
run_on_mailkit() {
  local code=0
  step 'Building on MailKit'
  CONFIGURATION=$configuration bash tests/kit.sh tests/MailIntake.Mail.Tests src/MailIntake >/dev/null 2>"$scratch/kit.log" || code=$?
  case $code in
    0) run_tests MailIntake.Mail.Tests.MailKit tests/MailIntake.Mail.Tests -p:MailKit=true --artifacts-path "$PWD/artifacts/kit" --filter 'FullyQualifiedName~.Kit' ;;
    3) echo "skipped: $(tail -n 1 "$scratch/kit.log")" ;;
    *) tail -n 30 "$scratch/kit.log" >&2; echo 'the build on MailKit failed'; failed=$((failed + 1)) ;;
  esac
}

$quick || install_missing
command -v dotnet >/dev/null || die 'the .NET SDK named in global.json is not installed'

step "Building ($configuration)"
dotnet build MailIntake.sln -c "$configuration" -v quiet --nologo

if $quick; then
  unset CI # the servers are left out on purpose
else
  step 'Starting the servers'
  exports=$(bash tests/servers.sh start "$servers")
  eval "$exports"
fi

passed=0 failed=0 skipped=0
while IFS= read -r project; do
  run_tests "$(basename "$project" .csproj)" "$project"
done < <(grep -l --include='*.csproj' -r 'Microsoft.NET.Test.Sdk' tests | sort)
run_on_mailkit

if [ "$failed" -gt 0 ] && ! $quick; then
  step 'What the servers said'
  as_root bash tests/servers.sh logs "$servers" || true
fi

if ! $quick; then
  step 'Stopping the servers'
  bash tests/servers.sh stop "$servers"
fi

if [ -s "$scratch/failures" ]; then
  step 'What failed'
  cat "$scratch/failures"
fi

printf '%d passed, %d failed%s\n' "$passed" "$failed" "$([ "$skipped" = 0 ] || printf ', %d skipped' "$skipped")"
[ "$failed" = 0 ]
