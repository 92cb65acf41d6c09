#!/usr/bin/env bash
# Builds projects on MailKit and MimeKit (docs/decisions/0023), beside the ordinary build: into artifacts/kit, without a lock file.
#
#   bash tests/kit.sh PROJECT...    folders of projects; CONFIGURATION=Debug|Release chooses the build, default Release
#
# Prints the folder in which the assemblies stand, one folder a project. Exit code 3 where no source of packages serves MailKit, said on standard error.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
configuration=${CONFIGURATION:-Release}
kit=(-p:MailKit=true --artifacts-path "$root/artifacts/kit" --nologo)
log=$(mktemp)
trap 'rm -f -- "$log"' EXIT

for project in "$@"; do
  if ! dotnet build "$project" "${kit[@]}" -c "$configuration" -v quiet >"$log" 2>&1; then
    # NU1101 to NU1103: the source answers, and has no such package or version.
    if grep -Eq 'error NU110[123]: .*\b(MailKit|MimeKit)\b' "$log" && ! grep -E ' error ' "$log" | grep -Evq 'NU110[123]'; then
      echo "MailKit's packages are not served here" >&2
      exit 3
    fi
    cat "$log" >&2
    exit 1
  fi
done
echo "$root/artifacts/kit/bin"
