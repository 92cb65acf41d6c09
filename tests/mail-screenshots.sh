#!/usr/bin/env bash
# Pictures of every approved letter in a real browser, 375 px (a phone) and 800 px (webmail) wide, into docs/mail.
#
#   tests/mail-screenshots.sh [NAME]...     default: every letter in tests/MailIntake.Tests/Correspondence/Golden
#
# Needs chromium, imagemagick and fonts-noto-cjk. For people: no test depends on them.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
letters=$root/tests/MailIntake.Tests/Correspondence/Golden
pictures=$root/docs/mail
for tool in chromium convert; do
    command -v "$tool" > /dev/null || { echo "mail-screenshots: $tool is missing (apt install chromium imagemagick fonts-noto-cjk)" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
names=("$@")
if [[ ${#names[@]} -eq 0 ]]; then
    mapfile -t names < <(find "$letters" -name '*.html' -printf '%f\n' | sed 's/\.html$//' | LC_ALL=C sort)
fi

mkdir -p "$pictures"
# The bars of a digest come with the mail; here one of fixed shares stands for each.
convert -size 130x14 xc:'#1b6e3c' -size 60x14 xc:'#d89a1d' -size 210x14 xc:'#b3261e' -size 80x14 xc:'#e3dfd5' +append "$work/bar.png"
for name in "${names[@]}"; do
    sed 's|cid:progress-[0-9]*@mailintake|bar.png|g' "$letters/$name.html" > "$work/letter.html"
    for width in 375 800; do
        # The browser's own window cannot be as narrow as a phone; a frame in it can.
        printf '<!doctype html><meta charset="utf-8"><body style="margin:0;background:#fff"><iframe src="file://%s" style="border:0;width:%spx;height:3000px"></iframe>' \
            "$work/letter.html" "$width" > "$work/page.html"
        chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --allow-file-access-from-files --user-data-dir="$work/profile" \
            --window-size=900,3000 --screenshot="$work/page.png" "file://$work/page.html" > /dev/null 2>&1
        # The page's own ground is trimmed off below the letter.
        convert "$work/page.png" -crop "${width}x3000+0+0" +repage -fuzz 2% -trim +repage -bordercolor '#f2f2f2' -border 8 \
            +dither -colors 16 -strip -define png:compression-level=9 "PNG8:$pictures/$name-$width.png"
    done
    echo "mail-screenshots: $name"
done

{
    echo '# How our letters look'
    echo
    echo 'Every approved letter (`tests/MailIntake.Tests/Correspondence/Golden`) in Chromium, as a phone (375 px) and a webmail page (800 px) show it.'
    echo 'Made by `bash tests/mail-screenshots.sh`.'
    for name in "${names[@]}"; do
        printf '\n## %s\n%s\n\n![375 px](%s-375.png) ![800 px](%s-800.png)\n' "$name" "$(head -n 1 "$letters/$name.txt")" "$name" "$name"
    done
} > "$work/README.md"
[[ $# -gt 0 ]] || cp "$work/README.md" "$pictures/README.md"
