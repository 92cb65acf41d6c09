#!/usr/bin/env bash
# The program as it is installed: compiled ahead for this kind of machine, so that a round does not begin with seconds of compiling.
#
#   deploy/publish.sh FOLDER     FOLDER is emptied of an earlier program; settings and data lie elsewhere and are not touched.
#
# Needs the .NET SDK; what it makes needs the .NET 10 ASP.NET Core runtime alone.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-}
[[ -n $folder ]] || { echo 'publish: say into which folder: deploy/publish.sh /opt/mailintake' >&2; exit 2; }
if [[ -d $folder && -n $(ls -A -- "$folder") && ! -f $folder/mailintake.dll ]]; then
    echo "publish: $folder holds something that is not MailIntake; name an empty folder" >&2
    exit 2
fi

case $(uname -m) in
    x86_64) machine=linux-x64 ;;
    aarch64) machine=linux-arm64 ;;
    *) echo "publish: no ahead-of-time compiler for $(uname -m); use: dotnet publish src/MailIntake -c Release -o $folder" >&2; exit 2 ;;
esac

made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT
# The compiler is a package of this machine's kind and stands in no lock file: the ones in the tree stay as they are.
dotnet publish "$root/src/MailIntake" -c Release -r "$machine" --self-contained false -o "$made" --nologo -v quiet \
    -p:PublishReadyToRun=true -p:NuGetLockFilePath="obj/$machine.lock.json" >&2
mkdir -p -- "$folder"
find "$folder" -mindepth 1 -delete
cp -a -- "$made/." "$folder/"
echo "publish: $("$folder/mailintake" --version) is in $folder" >&2
