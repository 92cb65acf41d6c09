#!/usr/bin/env bash
# The paired run of MIME engines: ours, a plain scan, MimeKit (where its packages are served), postal-mime (npm, installed into a temporary
# folder) and Python's email package.
#
#   bash tests/MailIntake.Benchmarks/mime.sh [--peer NAME=COMMAND]... [PATH]...
#
# PATH is a folder of .eml files or one file; without one: the samples of deploy/samples, and a composed message of 41 MB.
# A peer's COMMAND is called with a path and a number of seconds and prints its MB/s. ROUNDS (5) and SECONDS_EACH (2) set the length.
# Afterwards a message of 70 MB is read out of an archive, and the peak memory of that process printed.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

dotnet build "$here" -c Release -v quiet --nologo
bench="dotnet $here/bin/Release/net10.0/MailIntake.Benchmarks.dll"
(cd "$scratch" && npm init -y >/dev/null && npm install --silent postal-mime@4.0.0 >/dev/null)

peers=(--peer "ours=$bench mime-work" --peer "plain scan=$bench mime-plain"
  --peer "postal-mime=env -C $scratch node $here/Mime/Peers/postal-mime.mjs" --peer "python=python3 $here/Mime/Peers/python_email.py")
kit=$(bash "$root/tests/kit.sh" "$here") && peers+=(--peer "MimeKit=dotnet $kit/MailIntake.Benchmarks/release/MailIntake.Benchmarks.dll mime-mimekit") ||
  echo 'without MimeKit' >&2
paths=()
while [ $# -gt 0 ]; do
  case $1 in
    --peer) peers+=(--peer "$2"); shift 2 ;;
    *) paths+=("$(realpath -- "$1")"); shift ;;
  esac
done
$bench mime-large "$scratch/41MB.eml" 41000000
if [ ${#paths[@]} = 0 ]; then paths=("$(realpath -- "$root/deploy/samples")"); fi
$bench mime --rounds "${ROUNDS:-5}" --seconds "${SECONDS_EACH:-2}" "${peers[@]}" "${paths[@]}" "$scratch/41MB.eml"

$bench mime-large "$scratch/70MB.eml" 70000000
read -r -a place < <($bench mime-archive "$scratch/70MB.eml" "$scratch/archive")
$bench mime-memory "$scratch/archive" "${place[@]}"
