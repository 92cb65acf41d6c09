#!/usr/bin/env bash
# Fetching a whole mailbox from Dovecot: ours, mbsync and a bare socket that understands nothing, in turns on the same disk.
#
#   tests/MailIntake.Benchmarks/imap.sh [small] [large] [durable] [flat] [far]     default: all five
#
#   small     9,000 messages of 3 to 10 KB, in the clear and over TLS; nobody flushes to the disk
#   large     10,000 messages of 215 KB on average (2.15 GB), in the clear and over TLS; nobody flushes
#   durable   the small one, every message on the disk before the cursor moves; mbsync with its default FSync
#   flat      1,000, 10,000 and 100,000 messages of 3 to 10 KB: what one costs
#   far       the small one over a line with a round trip of 50 ms
#
# ours is tests/MailIntake.Fetch compiled natively, as mbsync is, where the compiler is to be had (its package; gcc or clang and zlib1g-dev);
# ours-ahead is the same program compiled ahead for the runtime, as the worker is installed.
# SCRATCH is the folder in which all write (default: the folder for temporary files): one file a mail costs what the file system asks for it.
# Prints seconds, seconds of processor and peak memory of each client, the median of ROUNDS (default 3). Needs mbsync (isync) and GNU time.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
rounds=${ROUNDS:-3}
parts=("$@")
[[ ${#parts[@]} -gt 0 ]] || parts=(small large durable flat far)
for tool in mbsync /usr/bin/time; do
    command -v "$tool" >/dev/null || { echo "imap: $tool is missing (apt install isync time)" >&2; exit 1; }
done

scratch=$(mktemp -d -p "${SCRATCH:-${TMPDIR:-/tmp}}")
line=''
trap '[[ -z $line ]] || kill "$line"; rm -rf -- "$scratch"' EXIT
case $(uname -m) in x86_64) machine=linux-x64 ;; *) machine=linux-arm64 ;; esac
publish() { # FOLDER PROPERTY...: what one kind of machine needs stands in no lock file of the tree
    local folder=$1
    shift
    dotnet publish "$here/../MailIntake.Fetch" -c Release -r "$machine" -o "$folder" --nologo -v quiet -p:NuGetLockFilePath="obj/$machine.lock.json" "$@"
}

publish "$scratch/ahead" --self-contained false -p:PublishReadyToRun=true >&2
# A program that only fetches needs little room for what it throws away: 1 MiB. Compiled natively it understands the number without 0x alone.
export DOTNET_GCgen0size=100000
ahead=(dotnet "$scratch/ahead/MailIntake.Fetch.dll")
if publish "$scratch/native" -p:NativeFetch=true >"$scratch/native.log" 2>&1; then
    ours=("$scratch/native/MailIntake.Fetch")
else
    grep -m 3 -E 'error|warning' "$scratch/native.log" >&2 || true
    ours=()
    echo 'imap: no native compiler here: ours-ahead alone is measured' >&2
fi
bare=("${ahead[@]}")
[[ ${#ours[@]} -eq 0 ]] || bare=("${ours[@]}")
eval "$("$root/tests/servers.sh" start)"

fill() { # USER COUNT SMALLEST LARGEST
    local maildir=$MAILINTAKE_TEST_MAILROOT/example.com/$1/Maildir
    [[ -d $maildir ]] && return
    echo "imap: filling $1@example.com with $2 messages" >&2
    "${bare[@]}" fill "$maildir" "$2" "$3" "$4"
    chown -R --reference="$MAILINTAKE_TEST_MAILROOT" "$MAILINTAKE_TEST_MAILROOT/example.com"
    # The server makes its index once, for whoever comes first.
    mkdir "$scratch/first"
    "${bare[@]}" bare "$1@example.com" "$scratch/first" plain >/dev/null
    rm -rf -- "$scratch/first"
}

configure() { # USER plain|tls yes|no FOLDER
    local tls=None port=$MAILINTAKE_TEST_IMAP_PORT
    if [[ $2 = tls ]]; then tls=IMAPS; port=$MAILINTAKE_TEST_IMAPS_PORT; fi
    cat >"$4/mbsyncrc" <<CONF
FSync $3

IMAPAccount a
Host localhost
Port $port
SSLType $tls
CertificateFile $MAILINTAKE_TEST_CA
User $1@example.com
Pass secret-code
AuthMechs LOGIN PLAIN

IMAPStore far
Account a

MaildirStore near
Path $4/mail/
Inbox $4/inbox

Channel c
Far :far:
Near :near:
Patterns INBOX
Sync PullNew
Create Near
SyncState *
CONF
    mkdir "$4/mail"
}

once() { # CLIENT USER plain|tls → a line of seconds, processor seconds and KiB
    local folder=$scratch/run
    rm -rf -- "$folder"
    mkdir "$folder"
    sync
    local command
    case $1 in
        ours) command=("${ours[@]}" fetch "$2@example.com" "$folder" "$3" fast) ;;
        ours-durable) command=("${ours[@]}" fetch "$2@example.com" "$folder" "$3" durable) ;;
        ours-ahead) command=("${ahead[@]}" fetch "$2@example.com" "$folder" "$3" fast) ;;
        ours-ahead-durable) command=("${ahead[@]}" fetch "$2@example.com" "$folder" "$3" durable) ;;
        bare) command=("${bare[@]}" bare "$2@example.com" "$folder" "$3") ;;
        mbsync) configure "$2" "$3" no "$folder"; command=(mbsync -q -q -c "$folder/mbsyncrc" c) ;;
        mbsync-fsync) configure "$2" "$3" yes "$folder"; command=(mbsync -q -q -c "$folder/mbsyncrc" c) ;;
    esac
    /usr/bin/time -o "$folder/time" -f '%e %U %S %M' "${command[@]}" >/dev/null 2>"$folder/errors" || { cat "$folder/errors" >&2; exit 1; }
    awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 }' "$folder/time"
}

middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

compare() { # TITLE USER plain|tls CLIENT...
    local title=$1 user=$2 how=$3 client
    shift 3
    if [[ ${#ours[@]} -eq 0 ]]; then
        # Without the native compiler there is only the other one.
        local left=()
        for client in "$@"; do [[ $client = ours* && $client != ours-ahead* ]] || left+=("$client"); done
        set -- "${left[@]}"
    fi
    for client in "$@"; do : >"$scratch/$client.figures"; done
    for _ in $(seq "$rounds"); do
        for client in "$@"; do once "$client" "$user" "$how" >>"$scratch/$client.figures"; done
    done
    for client in "$@"; do
        printf '%-28s %-6s %-18s %8s s %8s s CPU %6d MB\n' "$title" "$how" "$client" "$(cut -d' ' -f1 "$scratch/$client.figures" | middle)" \
            "$(cut -d' ' -f2 "$scratch/$client.figures" | middle)" $(($(cut -d' ' -f3 "$scratch/$client.figures" | middle) / 1024))
    done
}

for part in "${parts[@]}"; do
    case $part in
        small)
            fill bench-small 9000 3000 10000
            for how in plain tls; do compare '9,000 small' bench-small "$how" bare mbsync ours ours-ahead; done ;;
        large)
            fill bench-large 10000 30000 400000
            for how in plain tls; do compare '10,000, 2.15 GB' bench-large "$how" bare mbsync ours ours-ahead; done ;;
        durable)
            fill bench-small 9000 3000 10000
            compare '9,000 small, durable' bench-small plain mbsync-fsync ours-durable ours-ahead-durable ;;
        flat)
            for count in 1000 10000 100000; do
                fill "bench-$count" "$count" 3000 10000
                compare "$count messages" "bench-$count" plain ours ours-ahead
            done ;;
        far)
            fill bench-small 9000 3000 10000
            "${bare[@]}" line "$MAILINTAKE_TEST_IMAP_PORT" 50 >"$scratch/line" &
            line=$!
            until [[ -s $scratch/line ]]; do sleep 0.1; done
            MAILINTAKE_TEST_IMAP_PORT=$(<"$scratch/line") compare '9,000 small, 50 ms away' bench-small plain bare mbsync ours
            kill "$line"
            line='' ;;
        *) echo "imap: no part is called $part" >&2; exit 2 ;;
    esac
done
