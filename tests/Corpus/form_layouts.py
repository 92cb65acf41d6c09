"""The tables and lines that forms are printed with, for compose_forms.py. Each gives back where the unit signs and stamps."""
import random

SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
HEI = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
KAI = "/usr/share/fonts/truetype/arphic/ukai.ttc"
MING = "/usr/share/fonts/truetype/arphic/uming.ttc"
LABELS = [
    ("创新成果名称", "申报单位", "申报时间", "创新成果负责人", "创新成果主要内容及效果"),
    ("项目名称", "单位名称", "填报时间", "负责人姓名", "主要内容及效果"),
    ("成果名称", "申报单位", "填报时间", "负责人", "主要内容及效果"),
]
OTHERS = [("联系电话", "13900000000"), ("单位性质", "企业"), ("职工人数", "1260人"), ("联系人", "孙晓"), ("邮政编码", "066000")]


class Style:
    """How one form is set: fonts, sizes, edges in pixels at 200 dots an inch."""

    def __init__(self, rnd: random.Random):
        self.font = rnd.choice([SONG, SONG, HEI, KAI, MING])
        self.size = rnd.choice([34, 36, 40, 42])
        self.left, self.right = rnd.randint(150, 210), rnd.randint(1450, 1510)
        self.split = self.left + rnd.randint(290, 370)
        self.row = rnd.randint(80, 120)
        self.content = rnd.randint(560, 760)
        self.opinion = rnd.randint(430, 540)
        self.colour = "black"


def label(page, style, x, y, width, words):
    """A label in the middle of its row, smaller where it is long."""
    size = min(style.size, (width - 20) / len(words))
    page.text(x + (width - size * len(words)) / 2, y + style.row * .5 + size * .36, words, size, style.font)


def value(page, style, x, y, words):
    page.text(x + 20, y + style.row * .5 + style.size * .36, words, style.size, style.font)


def row(page, style, y, cells):
    """One row: cells as (label or None, text, left, right)."""
    for is_label, words, left, right in cells:
        page.box(left, y, right, y + style.row, style.colour)
        (label(page, style, left, y, right - left, words) if is_label else value(page, style, left, y, words))
    return y + style.row


def plain_rows(page, style, y, labels, fields, rnd):
    """Label and value in each row, in one order or another."""
    order = rnd.choice([[0, 1, 2, 3], [1, 0, 3, 2], [0, 3, 1, 2]])
    values = list(fields.values())
    for at in order:
        y = row(page, style, y, [(True, labels[at], style.left, style.split), (False, values[at], style.split, style.right)])
    return y


def notice_rows(page, style, y, labels, fields, rnd):
    """As the federation's own form: unit and date share a row."""
    middle = style.split + (style.right - style.split) * 45 // 100
    second = middle + 210
    y = row(page, style, y, [(True, labels[0], style.left, style.split), (False, fields["name"], style.split, style.right)])
    style.size, kept = min(style.size, (middle - style.split - 36) / max(9, len(fields["unit"]))), style.size
    y = row(page, style, y, [(True, labels[1], style.left, style.split), (False, fields["unit"], style.split, middle), (True, labels[2], middle, second), (False, fields["date"], second, style.right)])
    style.size = kept
    return row(page, style, y, [(True, labels[3], style.left, style.split), (False, fields["head"], style.split, style.right)])


def wide_rows(page, style, y, labels, fields, rnd):
    """With rows that nobody asked for."""
    extra = rnd.sample(OTHERS, 3)
    half = (style.left + style.right) // 2
    second = half + 220
    y = row(page, style, y, [(True, labels[1], style.left, style.split), (False, fields["unit"], style.split, style.right)])
    y = row(page, style, y, [(True, labels[0], style.left, style.split), (False, fields["name"], style.split, style.right)])
    y = row(page, style, y, [(True, labels[3], style.left, style.split), (False, fields["head"], style.split, half), (True, extra[0][0], half, second), (False, extra[0][1], second, style.right)])
    y = row(page, style, y, [(True, extra[1][0], style.left, style.split), (False, extra[1][1], style.split, half), (True, extra[2][0], half, second), (False, extra[2][1], second, style.right)])
    return row(page, style, y, [(True, labels[2], style.left, style.split), (False, fields["date"], style.split, style.right)])


def content_box(page, style, y, words, text, vertical):
    """The long field; its label may stand upright, one character a line."""
    left = style.split if not vertical else style.left + 100
    page.box(style.left, y, style.right, y + style.content, style.colour)
    page.line(left, y, left, y + style.content, style.colour)
    if vertical:
        size = min(style.size, (style.content - 40) / len(words) / 1.15)
        for i, letter in enumerate(words):
            page.text(style.left + (100 - size) / 2, y + (style.content - size * 1.15 * len(words)) / 2 + size * (1 + 1.15 * i), letter, size, style.font)
    else:
        page.wrapped(style.left + 15, y + style.content * .42, words, min(style.size, 40), left - style.left - 30, font=style.font)
    page.wrapped(left + 20, y + 60, text, style.size, style.right - left - 40, font=style.font)
    return y + style.content


def table(page, style, labels, fields, rnd, rows, vertical, within):
    """A ruled form. Gives back left edge and top of the place that is signed."""
    y = rows(page, style, 360, labels, fields, rnd)
    y = content_box(page, style, y, labels[4], fields["content"], vertical)
    if within:
        page.box(style.left, y, style.right, y + style.opinion, style.colour)
        page.line(style.split, y, style.split, y + style.opinion, style.colour)
        page.wrapped(style.left + 15, y + style.opinion * .5, rnd.choice(["单位意见", "申报单位意见", "所在单位意见"]), min(style.size, 38), style.split - style.left - 30, font=style.font)
        page.text(style.split + 24, y + 70, "同意上报。", style.size, style.font)
    return style.split, y


def lines(page, style, labels, fields, rnd):
    """No table: labels and values in lines, values underlined."""
    y = 430
    for words, text in zip(labels[:4], list(fields.values())[:4]):
        page.text(style.left, y, words + "：", style.size, style.font)
        start = style.left + style.size * (len(words) + 1.2)
        page.text(start, y, text, style.size, style.font)
        page.line(start - 8, y + 12, style.right, y + 12, width=2)
        y += style.row
    page.text(style.left, y, labels[4] + "：", style.size, style.font)
    y = page.wrapped(style.left, y + style.size * 1.6, "\u3000\u3000" + fields["content"], style.size, style.right - style.left, font=style.font)
    return style.left + 420, y + 60
