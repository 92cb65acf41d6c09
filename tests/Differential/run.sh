#!/usr/bin/env bash
# Lays our reading of mail beside that of mailparser and postal-mime (npm), of Python's email package, and of MimeKit where its packages are served.
#
#   tests/Differential/run.sh FOLDER [--show FIELD PEER]
#
# FOLDER holds .eml files, at any depth. FIELD is subject, name, address, text, parts, lost or renamed. Needs node, npm and python3; installs into a
# temporary folder. What the differences mean stands in docs/mail-differences.md.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
folder=$(realpath -- "${1:?say which folder of .eml files}")
shift
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
find "$folder" -type f -name '*.eml' | LC_ALL=C sort >"$scratch/list"
cp -- "$here/package.json" "$here/peer.mjs" "$scratch/"
(cd "$scratch" && npm install --silent >/dev/null)
dotnet build "$here/../MailIntake.Benchmarks" -c Release --nologo -v quiet >&2
dotnet "$here/../MailIntake.Benchmarks/bin/Release/net10.0/MailIntake.Benchmarks.dll" mime-dump "$scratch/list" >"$scratch/ours"
for peer in mailparser postal-mime; do (cd "$scratch" && node peer.mjs "$peer" list >"$peer"); done
python3 "$here/peer.py" "$scratch/list" >"$scratch/python"
peers=(mailparser postal-mime python)
if kit=$(bash "$here/../kit.sh" "$here/../MailIntake.Benchmarks"); then
  dotnet "$kit/MailIntake.Benchmarks/release/MailIntake.Benchmarks.dll" mime-mimekit-dump "$scratch/list" >"$scratch/mimekit"
  peers+=(mimekit)
fi
echo "messages $(wc -l <"$scratch/list")"
(cd "$scratch" && python3 "$here/compare.py" "$@" ours "${peers[@]}")
