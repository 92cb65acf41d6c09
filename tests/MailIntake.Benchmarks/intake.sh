#!/usr/bin/env bash
# Mails a second and peak memory of the program as it is installed (see IntakeBenchmark.cs), with the test servers running.
#
#   tests/MailIntake.Benchmarks/intake.sh [MAILS]...     default: 1000 1000 1000 10000
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
mails=("$@")
[[ ${#mails[@]} -gt 0 ]] || mails=(1000 1000 1000 10000)
program=$(mktemp -d)
trap 'rm -rf -- "$program"' EXIT
bash "$root/deploy/publish.sh" "$program"
dotnet build "$root/tests/MailIntake.Benchmarks" -c Release --nologo -v quiet >&2
eval "$("$root/tests/servers.sh" start)"
MAILINTAKE_TEST_WORKER="$program/mailintake.dll" \
    dotnet run -c Release --no-build --project "$root/tests/MailIntake.Benchmarks" -- intake "${mails[@]}"
