#!/usr/bin/env bash
# Shows MailIntake at work on a fresh Debian with the .NET SDK: the sample mail of deploy/samples runs through the worker
# as if it were three workdays before the deadline of 30 September 2018. Nothing is sent anywhere and nothing is listened
# on; everything lies below var/quickstart. Run it again: nothing changes. Remove var/quickstart to start anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

now=2018-09-27T09:30
home=var/quickstart
program=src/MailIntake/bin/Release/net10.0/mailintake.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off

doing='starting'
step() { doing=$1; printf '\n== %s\n' "$1"; }
explain() { printf 'quickstart: %s\n' "$*" >&2; }
trap 'explain "stopped while: $doing. What went wrong stands above."' ERR

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else explain "these packages are missing and only root can install them: ${packages[*]}"; return 1; fi
}

install_missing() {
  packages=()
  command -v pdftotext >/dev/null || packages+=(poppler-utils)
  command -v bsdtar >/dev/null || packages+=(libarchive-tools)
  command -v unar >/dev/null || packages+=(unar)
  command -v ffmpeg >/dev/null || packages+=(ffmpeg)
  command -v heif-convert >/dev/null || packages+=(libheif-examples)
  compgen -G '/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata' >/dev/null || packages+=(tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-osd)
  [ -x /usr/lib/libreoffice/program/soffice.bin ] || packages+=(libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui)
  ldconfig -p 2>/dev/null | grep -q libicuuc.so || packages+=(libicu)
  [ ${#packages[@]} -gt 0 ] || return 0
  step "Installing ${packages[*]}"
  command -v apt-get >/dev/null || { explain "there is no apt-get here; install by hand: ${packages[*]}"; return 1; }
  as_root apt-get update -qq
  # The version is part of the name of that package.
  packages=("${packages[@]/%libicu/$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)}")
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

mailintake() { dotnet "$program" "$@" --config deploy/quickstart.json --now "$now"; }

# Everything that a person would look at: letters, filed materials, the matrix.
state_of_things() {
  find "$home/mail-out" "$home/files" -type f -exec sha256sum {} + 2>/dev/null | sort
  mailintake status --json | sed 's/"asOf": *"[^"]*"//' # the clock goes on from the hour it was set to
}

letters() { { grep -rlZ "$@" "$home/mail-out" 2>/dev/null || true; } | tr '\0' '\n' | sort; }

show_letters() { # NAME PATTERN…: how many letters match, and the first
  local name=$1 found
  found=$(letters "${@:2}")
  printf '%-10s %4d   for example %s\n' "$name" "$(grep -c . <<<"$found" || true)" "$(head -n 1 <<<"$found")"
}

install_missing
command -v dotnet >/dev/null || { explain "the .NET SDK $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or later is not installed (https://dotnet.microsoft.com)"; exit 1; }

step 'Building'
dotnet build src/MailIntake -c Release -v quiet --nologo

if [ ! -e "$home/mail-in" ]; then
  step 'Putting the sample mail into a mailbox'
  rm -rf "$home/mail-in.part"
  mkdir -p "$home/mail-in.part"/{new,cur,tmp} "$home/mail-in.part/.Junk"/{new,cur,tmp}
  cp deploy/samples/new/*.eml "$home/mail-in.part/new/"
  cp deploy/samples/.Junk/new/*.eml "$home/mail-in.part/.Junk/new/"
  mv "$home/mail-in.part" "$home/mail-in"
  before=''
else
  step 'Looking at what an earlier run left'
  before=$(state_of_things)
fi

step "Fetching, filing, answering, as if it were $now"
mailintake run --once

step 'Who has sent what'
mailintake status

if [ -n "$before" ]; then
  if [ "$before" = "$(state_of_things)" ]; then
    printf '\nNothing changed: every mail was filed before, and no letter was sent again.\n'
  else
    printf '\nSomething changed since the earlier run.\n'
  fi
fi

step 'Where things lie'
show_letters receipts -i '^Auto-Submitted: auto-replied'
show_letters reminders -i '^Message-ID: <reminder'
show_letters digest -i '^Message-ID: <digest'
printf '%-10s %4d   below %s\n' materials "$(find "$home/files" -type f | wc -l)" "$home/files"
printf 'raw mail          %s\ndatabase          %s\n' "$home/archive" "$home/mailintake.db"
cat <<END

Mail that waits for staff:   dotnet $program held --config deploy/quickstart.json
What was sent:               dotnet $program outbox --config deploy/quickstart.json
What each sample is:         deploy/samples/README.md
END
