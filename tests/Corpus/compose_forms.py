"""Composes forms on paper with seals, signatures and what may be taken for them: python3 tests/Corpus/compose_forms.py COUNT FOLDER [SEED]

FOLDER gets the pictures and a truth.json that `accuracy FOLDER` of tests/MailIntake.Benchmarks reads. The same seed gives the same
forms. Needs ImageMagick (convert), LibreOffice (soffice), the Noto CJK and the Arphic fonts. What is expected stands beside what is drawn,
and is never taken from a reader."""
import json
import math
import pathlib
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import form_files
import form_layouts
from form_layouts import HEI, LABELS, SONG

MM = 200 / 25.4
WIDTH, HEIGHT = 1654, 2339
TYPED = ["docx", "doc", "wps", "rtf", "pdf"]
PAPER = ["scan", "photo", "scan", "gray", "photo", "turned", "scan.pdf", "photo", "second page.pdf", "gray", "photo"]
BOLD = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
UNITS = ["临江市总工会", "青田县教育工会", "北岭集团有限公司工会委员会", "石桥区总工会", "云台机械厂工会", "平湖市第一医院工会委员会"]
TITLES = ["职工书屋进车间", "“手拉手”帮扶服务平台", "货车司机入会服务站", "班组安全微课堂", "职工心理关爱行动", "劳动争议一站式调解"]
PEOPLE = ["王海滨", "李文静", "张国强", "赵敏", "欧阳立新", "周建华"]
SENTENCES = [
    "围绕职工反映的突出问题，建立工会牵头、部门配合的工作机制。", "全年开展培训三十二场，参加职工四千一百余人。",
    "推行积分管理，职工可以用积分兑换服务。", "设立服务站十二个，提供饮水、充电、法律咨询等服务。",
    "调处争议四十六件，职工满意率达到百分之九十八。", "这一做法已在全市推广，受到职工欢迎。",
]
FRIENDS = ["letterhead", "flag", "banner", "red table", "logo", "round photo", "pen ring", "pen tick"]


class Page:
    """Drawing commands in ImageMagick's own language, in pixels at 200 dots an inch."""

    def __init__(self):
        self.commands = []
        self.stamps = []

    def add(self, *lines):
        self.commands += lines

    def text(self, x, y, words, size, font=SONG, colour="black"):
        quoted = words.replace("\\", "\\\\").replace("'", "\\'")
        self.add("push graphic-context", f"font '{font}'", f"font-size {size:.1f}", "stroke none", f"fill '{colour}'", f"text {x:.1f},{y:.1f} '{quoted}'", "pop graphic-context")

    def line(self, x1, y1, x2, y2, colour="black", width=3):
        self.add("push graphic-context", f"stroke '{colour}'", f"stroke-width {width}", f"line {x1:.1f},{y1:.1f} {x2:.1f},{y2:.1f}", "pop graphic-context")

    def box(self, x1, y1, x2, y2, colour="black"):
        for ends in ((x1, y1, x2, y1), (x1, y2, x2, y2), (x1, y1, x1, y2), (x2, y1, x2, y2)):
            self.line(*ends, colour=colour)

    def filled(self, shape, colour):
        self.add("push graphic-context", "stroke none", f"fill '{colour}'", shape, "pop graphic-context")

    def wrapped(self, x, y, words, size, width, lead=1.5, font=SONG):
        each, start = int(width // size), 0
        while start < len(words):
            end = start + each
            end += 1 if words[end:end + 1] in ("。", "，", "、", "；") else 0
            self.text(x, y, words[start:end], size, font)
            start, y = end, y + size * lead
        return y


def seal(page, rnd, unit, x, y, radius, opacity):
    # Ink of a stamp is seen through: what was printed beneath it stays dark.
    printed, page.commands = page.commands, page.stamps
    red = f"rgba({rnd.randint(195, 235)},{rnd.randint(15, 50)},{rnd.randint(25, 60)},{opacity:.2f})"
    page.add("push graphic-context", f"translate {x:.1f},{y:.1f}", f"rotate {rnd.uniform(-35, 35):.1f}", "fill none", f"stroke '{red}'",
             f"stroke-width {rnd.uniform(1.0, 1.4) * MM:.1f}", f"circle 0,0 0,{radius:.1f}", "stroke none", f"fill '{red}'")
    star = [(math.sin(i * math.pi / 5) * radius * (.3 if i % 2 == 0 else .115), -math.cos(i * math.pi / 5) * radius * (.3 if i % 2 == 0 else .115)) for i in range(10)]
    page.add("polygon " + " ".join(f"{a:.1f},{b:.1f}" for a, b in star))
    size = min(radius * .3, 2 * math.pi * radius * .68 * .66 / len(unit))
    spread = min(250, len(unit) * 26)
    for i, letter in enumerate(unit):
        turn = -spread / 2 + spread * i / (len(unit) - 1)
        page.add("push graphic-context", f"rotate {turn:.1f}", f"font '{BOLD}'", f"font-size {size:.1f}", f"text {-size / 2:.1f},{-radius * .63:.1f} '{letter}'", "pop graphic-context")
    page.add("pop graphic-context")
    page.commands = printed


def handwriting(page, rnd, letters, x, y):
    """Strokes of a pen, in boxes as large as written characters; no writing of anybody."""
    colour = rnd.choice(["#101014", "#1a2a7a", "#222222"])
    size = rnd.uniform(7.5, 11) * MM
    for _ in range(letters):
        for _ in range(rnd.randint(5, 8)):
            across = rnd.random() < .5
            a = (x + rnd.uniform(0, .35) * size, y + rnd.uniform(.05, .95) * size) if across else (x + rnd.uniform(.1, .9) * size, y + rnd.uniform(0, .4) * size)
            b = (x + rnd.uniform(.6, 1) * size, a[1] - rnd.uniform(-.05, .2) * size) if across else (a[0] + rnd.uniform(-.4, .25) * size, y + rnd.uniform(.6, 1.05) * size)
            c = ((a[0] + b[0]) / 2 + rnd.uniform(-.15, .15) * size, (a[1] + b[1]) / 2 + rnd.uniform(-.15, .15) * size)
            page.add("push graphic-context", "fill none", f"stroke '{colour}'", f"stroke-width {rnd.uniform(3, 5.5):.1f}", "stroke-linecap round",
                     f"path 'M {a[0]:.1f},{a[1]:.1f} Q {c[0]:.1f},{c[1]:.1f} {b[0]:.1f},{b[1]:.1f}'", "pop graphic-context")
        x += size * rnd.uniform(.85, 1.05)


def friend(page, rnd, kind):
    """Something red above or beside the table that is no seal."""
    if kind == "letterhead":
        page.text(300, 150, "临江市总工会文件", 120, BOLD, "#d8141c")
        page.line(190, 190, 1470, 190, "#d8141c", 7)
    elif kind == "flag":
        page.filled("rectangle 190,60 430,220", "#de2910")
        page.filled("circle 240,110 240,135", "#ffde00")
    elif kind == "banner":
        page.filled("rectangle 190,60 1470,180", "#cf1020")
        page.text(420, 150, "工会工作创新成果", 90, BOLD, "white")
    elif kind == "logo":
        page.filled("circle 270,140 270,225", "#d01c24")
        page.text(222, 178, "工", 96, HEI, "white")
    elif kind == "round photo":
        for step in range(40):
            page.filled(f"circle 1380,140 1380,{230 - 2 * step}", f"rgb({150 + 2 * step},{40 + 3 * step},{45 + step})")
    elif kind.startswith("pen"):
        x, y = rnd.randint(500, 1200), rnd.randint(900, 1400)
        radius = rnd.uniform(45, 130)
        ends = range(0, 39) if kind == "pen ring" else range(0, 9)
        points = [(x + radius * 1.5 * math.cos(i / 6) + rnd.uniform(-6, 6), y + radius * math.sin(i / 6) + rnd.uniform(-6, 6)) for i in ends]
        page.add("push graphic-context", "fill none", "stroke '#e02030'", "stroke-width 6", "polyline " + " ".join(f"{a:.1f},{b:.1f}" for a, b in points), "pop graphic-context")


def compose(number, seed, folder):
    rnd = random.Random(f"{seed}/{number}")
    labels = rnd.choice(LABELS)
    fields = {"name": rnd.choice(TITLES), "unit": rnd.choice(UNITS), "date": f"2018年{rnd.randint(9, 10)}月{rnd.randint(1, 28)}日", "head": rnd.choice(PEOPLE),
              "content": "".join(rnd.sample(SENTENCES, rnd.randint(3, 6)))}
    if number % 4 == 3:
        return typed_form(number, TYPED[number // 4 % len(TYPED)], labels, fields, rnd, folder)
    return paper_form(number, PAPER[number % len(PAPER)], labels, fields, rnd, folder)


def paper_form(number, kind, labels, fields, rnd, folder):
    """A form that was printed, signed, stamped, and scanned or photographed."""
    has_seal, signed = rnd.random() < .6, rnd.choice(["hand", "hand", "printed", "none"])
    false_friend = rnd.choice([*FRIENDS, None, None])
    page, style = Page(), form_layouts.Style(rnd)
    page.text(480, 300, "工会工作创新成果申报表", 62, HEI)
    layout = rnd.choice(["plain", "plain", "notice", "notice", "wide", "beneath", "vertical", "lines"])
    if layout == "lines":
        x, y = form_layouts.lines(page, style, labels, fields, rnd)
    else:
        style.colour = "#c8141c" if false_friend == "red table" else "black"
        rows = {"notice": form_layouts.notice_rows, "wide": form_layouts.wide_rows}.get(layout, form_layouts.plain_rows)
        x, y = form_layouts.table(page, style, labels, fields, rnd, rows, layout == "vertical", layout != "beneath")
    size = style.size
    asked = rnd.choice(["负责人（签字）：", "负责人签字：", "主要负责人（签名）："])
    page.text(x + 30, y + 270, asked, size, style.font)
    page.text(x + 420, y + 370, rnd.choice(["（公章）", "（盖章）", "单位（公章）"]), size, style.font)
    page.text(x + 480, y + 420, fields["date"], size, style.font)
    if signed == "hand":
        handwriting(page, rnd, rnd.choice([2, 3, 3]), x + 30 + len(asked) * size, y + 205)
    elif signed == "printed":
        page.text(x + 40 + len(asked) * size, y + 270, fields["head"], size, style.font)
    if false_friend:
        friend(page, rnd, false_friend)
    manner = rnd.choice(["plain", "faint", "over text", "off the page", "small"])
    if has_seal:
        radius = rnd.uniform(19, 22.5) * MM * (.85 if manner == "small" else 1)
        across = WIDTH - radius * rnd.uniform(.35, .6) if manner == "off the page" else x + rnd.randint(480, 640)
        seal(page, rnd, fields["unit"], across, y + (150 if manner == "over text" else 300) + rnd.randint(-20, 20), radius, rnd.uniform(.28, .4) if manner == "faint" else rnd.uniform(.6, .95))

    name = f"{number:03}-{kind.split('.')[0].replace(' ', '-')}"
    picture = folder / (name + ".jpg")
    camera = "scan" if kind.endswith(".pdf") else kind
    draw(page, picture, number, appearance(camera, rnd), rnd.randint(70, 90))
    if kind.endswith(".pdf"):
        pages = [picture]
        if kind.startswith("second"):
            pages.insert(0, folder / (name + "-first.jpg"))
            first = Page()
            first.text(300, 300, "关于报送创新成果的说明", 62, HEI)
            first.wrapped(200, 450, "".join(SENTENCES) * 2, 40, 1250)
            draw(first, pages[0], number + 1_000, appearance("scan", rnd), 80)
        form_files.scanned_pdf(pages, folder / (name + ".pdf"))
        for page_file in pages:
            page_file.unlink()
    truth = {"role": "form", "kind": kind, "colour": "gray" if kind == "gray" else "rgb", "fields": fields, "seal": has_seal, "signature": signed == "hand",
             "drawn": {"friend": false_friend, "seal": manner if has_seal else None, "signature": signed, "layout": layout, "font": pathlib.Path(style.font).stem}}
    return name + (".pdf" if kind.endswith(".pdf") else ".jpg"), truth


def draw(page, target, number, seen, quality):
    stamps = ["(", "-size", f"{WIDTH}x{HEIGHT}", "xc:white", "-draw", "\n".join(page.stamps), ")", "-compose", "Multiply", "-composite"] if page.stamps else []
    subprocess.run(["convert", "-seed", str(number), "-size", f"{WIDTH}x{HEIGHT}", "xc:white", "-draw", "\n".join(page.commands), *stamps, *seen, "-quality", str(quality), str(target)], check=True)


def typed_form(number, extension, labels, fields, rnd, folder):
    """The form typed in an office program: nothing on it is stamped or signed. Old formats and PDF are made of the package later."""
    layout = rnd.choice(["table", "shared", "lines"])
    form_files.package(folder / f"{number:03}-typed.docx", form_files.document(labels, fields, layout))
    return f"{number:03}-typed.{extension}", {"role": "form", "kind": extension, "colour": "rgb", "fields": fields, "seal": False, "signature": False, "drawn": {"layout": layout}}


def appearance(kind, rnd):
    """What the scanner or the camera does to the page."""
    noise = ["-attenuate", f"{rnd.uniform(.1, .25):.2f}", "+noise", "Gaussian"]
    if kind == "gray":
        return ["-rotate", f"{rnd.uniform(-1.5, 1.5):.2f}", *noise, "-colorspace", "Gray"]
    if kind == "scan":
        return ["-rotate", f"{rnd.uniform(-3, 3):.2f}", *noise]
    if kind == "turned":
        return ["-rotate", str(rnd.choice([90, 180, 270])), *noise]
    moved = [(x, y, x + rnd.uniform(10, 90) * (1 if x < 900 else -1), y + rnd.uniform(10, 90) * (1 if y < 1000 else -1)) for x, y in ((100, 100), (1754, 100), (1754, 2439), (100, 2439))]
    shadow = f"gradient:rgb({','.join([str(rnd.randint(150, 200))] * 3)})-white"
    return ["-bordercolor", rnd.choice(["#6b4a2f", "#44484c", "#8a7a60"]), "-border", "100", "-virtual-pixel", "edge", "-distort", "Perspective",
            " ".join(f"{a},{b} {c:.1f},{d:.1f}" for a, b, c, d in moved), "(", "-size", f"{WIDTH + 200}x{HEIGHT + 200}", shadow, ")", "-compose", "Multiply", "-composite",
            "-blur", f"0x{rnd.uniform(.4, .9):.2f}", *noise]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda i: compose(i, sys.argv[3] if len(sys.argv) == 4 else "20180428", target), range(int(sys.argv[1]))))
    others = [(target / (pathlib.Path(name).stem + ".docx"), target / name) for name, truth in made if truth["kind"] in TYPED and truth["kind"] != "docx"]
    form_files.convert(others)
    for package, _ in others:
        package.unlink()
    (target / "truth.json").write_text(json.dumps({"case": "composed", "files": dict(made)}, ensure_ascii=False, indent=1), encoding="utf-8")
