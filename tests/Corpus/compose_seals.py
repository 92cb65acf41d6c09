"""Composes forms with red round seals, and with red things that are none: python3 tests/Corpus/compose_seals.py COUNT FOLDER [SEED [ROSTER]]

FOLDER gets the pictures, each with its expected JSON beside it, which `seals FOLDER` of tests/MailIntake.Benchmarks reads. The same seed
gives the same pictures. With a roster nearly all forms carry a seal, half of them that of the unit itself, a third that of another unit of
the roster, the rest that of a body which no unit of it is; the JSON then says whose (`whose`, and the codes `sender` and `owner`).
Needs Pillow, NumPy and the fonts of Noto CJK, AR PL (uming, ukai) and WenQuanYi. What is expected is what was drawn, and is never taken
from a reader."""
import csv
import json
import math
import pathlib
import random
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

NOTO = "/usr/share/fonts/opentype/noto/Noto"
PRINT = [(NOTO + "SerifCJK-Regular.ttc", 2), (NOTO + "SansCJK-Regular.ttc", 2), ("/usr/share/fonts/truetype/arphic/uming.ttc", 0)]
RING = [(NOTO + "SerifCJK-Bold.ttc", 2), (NOTO + "SansCJK-Regular.ttc", 2), (NOTO + "SerifCJK-Regular.ttc", 2),
        ("/usr/share/fonts/truetype/arphic/uming.ttc", 0), ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0)]
PLACES = ["临江", "青田", "北岭", "石桥", "云台", "平湖", "西泽", "柳河", "安源", "东川", "长兴", "固城", "宁远", "高平"]
BODIES = ["市总工会", "县教育工会", "区总工会", "集团有限公司工会委员会", "机械厂工会", "市第一人民医院工会委员会", "市城市管理局工会委员会", "县供电公司工会",
          "市交通运输系统工会联合委员会", "区卫生和计划生育局机关工会委员会", "开发区总工会", "港务股份有限公司工会"]
TITLES = ["职工书屋进车间", "“手拉手”帮扶服务平台", "货车司机入会服务站", "班组安全微课堂", "职工心理关爱行动", "劳动争议一站式调解"]
PEOPLE = ["王海滨", "李文静", "张国强", "赵敏", "欧阳立新", "周建华"]
SENTENCES = ["围绕职工反映的突出问题，建立工会牵头、部门配合的工作机制。", "全年开展培训三十二场，参加职工四千一百余人。", "推行积分管理，职工可以用积分兑换服务。",
             "设立服务站十二个，提供饮水、充电、法律咨询等服务。", "调处争议四十六件，职工满意率达到百分之九十八。", "这一做法已在全市推广，受到职工欢迎。"]
FRIENDS = ["letterhead", "letterhead star", "flag", "banner", "red table", "red photo", "disc logo", "ring logo", "emblem", "date stamp", "round date stamp",
           "pen ring", "pen signature", "name seal", "fingerprint", "button", "red text", "warm desk"]
STRANGERS = ["河北省总工会", "唐山市丰润区总工会", "承德市教育工会", "秦皇岛市海港区教育局工会委员会", "秦皇岛市山海关区人民医院工会委员会", "秦皇岛市抚宁区住房和城乡建设局工会",
             "秦皇岛职业技术学院工会委员会", "秦皇岛市第三医院工会", "秦皇岛市北戴河医院工会委员会", "秦皇岛金海粮油工业有限公司工会委员会", "昌黎县文化馆工会", "秦皇岛市气象局机关工会委员会"]
MANNERS = ["plain", "plain", "faint", "over text", "page edge", "page edge", "photo edge", "uneven", "small", "large"]


def font(of, size):
    return ImageFont.truetype(of[0], max(6, int(size)), index=of[1])


class Page:
    """A4 paper; all lengths are millimetres."""

    def __init__(self, dpi):
        self.mm = dpi / 25.4
        self.image = Image.new("RGB", (int(210 * self.mm), int(297 * self.mm)), "white")
        self.pen = ImageDraw.Draw(self.image)

    def text(self, x, y, words, size, face=PRINT[0], colour="black"):
        self.pen.text((x * self.mm, y * self.mm), words, font=font(face, size * self.mm), fill=colour)

    def line(self, points, colour="black", width=.3):
        self.pen.line([(x * self.mm, y * self.mm) for x, y in points], fill=colour, width=max(1, round(width * self.mm)), joint="curve")

    def rectangle(self, x1, y1, x2, y2, colour):
        self.pen.rectangle([x1 * self.mm, y1 * self.mm, x2 * self.mm, y2 * self.mm], fill=colour)

    def box(self, x1, y1, x2, y2, colour="black", width=.3):
        self.line([(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)], colour, width)

    def disc(self, x, y, r, fill=None, outline=None, width=.5):
        self.pen.ellipse([(x - r) * self.mm, (y - r) * self.mm, (x + r) * self.mm, (y + r) * self.mm], fill=fill, outline=outline, width=max(1, round(width * self.mm)))

    def ink(self, layer, x, y, colour, opacity):
        """Stamps a layer (L, 255 is ink) around a point, as ink lies over print."""
        left, top = int(x * self.mm - layer.width / 2), int(y * self.mm - layer.height / 2)
        box = (max(0, left), max(0, top), min(self.image.width, left + layer.width), min(self.image.height, top + layer.height))
        share = np.asarray(layer.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top)), dtype=np.float32)[..., None] / 255 * opacity
        paper = np.asarray(self.image.crop(box), dtype=np.float32)
        inked = paper * (1 - share) + paper / 255 * np.array(colour, dtype=np.float32) * share
        self.image.paste(Image.fromarray(inked.astype(np.uint8)), box[:2])


def seal(rnd, unit, radius, mm):
    """The print of a seal, turned by any angle: ring, star, the unit's name around it, sometimes a line below."""
    over = 2
    scale = mm * over
    side = int(2 * (radius + 2) * scale)
    layer = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(layer)
    c, r = side / 2, radius * scale
    pen.ellipse([c - r, c - r, c + r, c + r], outline=255, width=max(1, int(rnd.uniform(.8, 1.3) * scale)))
    if rnd.random() < .15:
        inner = r - 1.9 * scale
        pen.ellipse([c - inner, c - inner, c + inner, c + inner], outline=255, width=max(1, int(.3 * scale)))
    if rnd.random() < .92:
        big = r * rnd.uniform(.27, .36)
        pen.polygon([(c + math.sin(i * math.pi / 5) * big * (1 if i % 2 == 0 else .382), c - math.cos(i * math.pi / 5) * big * (1 if i % 2 == 0 else .382)) for i in range(10)], fill=255)
    face = rnd.choice(RING)
    spread = min(rnd.uniform(250, 285), len(unit) * rnd.uniform(24, 30))
    size = min(r * rnd.uniform(.27, .33), 2 * math.pi * r * .72 * spread / 360 / len(unit) * rnd.uniform(1.0, 1.25))
    tall = r * .92 - 1.6 * scale
    for i, letter in enumerate(unit):
        ring_letter(layer, letter, face, size, rnd.uniform(.85, 1) * size, -spread / 2 + spread * i / (len(unit) - 1), c, tall)
    bottom = rnd.choice(["", "", "", "number", "line"])
    if bottom == "number":
        digits = "".join(rnd.choice("0123456789") for _ in range(13))
        for i, digit in enumerate(digits):
            ring_letter(layer, digit, RING[1], 1.8 * scale, 1.8 * scale, 180 - 32 + 64 * i / 12, c, r - 1.8 * scale, upside=True)
    elif bottom == "line":
        words = rnd.choice(["工会委员会", "业务专用章", "办公室"])
        f = font(face, r * .2)
        pen.text((c - pen.textlength(words, font=f) / 2, c + r * .42), words, font=f, fill=255)
    turned = layer.rotate(rnd.choice([rnd.uniform(-20, 20), rnd.uniform(-180, 180)]), Image.BICUBIC)
    return turned.resize((side // over, side // over), Image.LANCZOS)


def ring_letter(layer, letter, face, size, wide, degrees, c, reach, upside=False):
    """One letter of the ring, its head outwards (inwards for the number at the bottom)."""
    f = font(face, size)
    tile = Image.new("L", (int(size * 1.4), int(size * 1.4)), 0)
    pen = ImageDraw.Draw(tile)
    box = pen.textbbox((0, 0), letter, font=f)
    pen.text(((tile.width - box[2] - box[0]) / 2, (tile.height - box[3] - box[1]) / 2), letter, font=f, fill=255, stroke_width=max(0, int(size * .012)), stroke_fill=255)
    tile = tile.resize((max(1, int(tile.width * wide / size)), tile.height), Image.BICUBIC)
    turned = tile.rotate(-degrees + (180 if upside else 0), Image.BICUBIC, expand=True)
    at = reach - size / 2
    x, y = c + math.sin(math.radians(degrees)) * at, c - math.cos(math.radians(degrees)) * at
    layer.paste(255, (int(x - turned.width / 2), int(y - turned.height / 2)), turned)


def worn(rnd, layer, uneven):
    """Ink that did not take everywhere."""
    np_rnd = np.random.default_rng(rnd.randrange(1 << 30))
    grain = Image.fromarray((np_rnd.random((layer.height // 2 + 1, layer.width // 2 + 1)) * 255).astype(np.uint8)).resize(layer.size, Image.BICUBIC)
    kept = np.asarray(grain, dtype=np.float32) / 255 > rnd.uniform(.02, .12)
    cells = rnd.randint(3, 6)
    cloud = np.asarray(Image.fromarray((np_rnd.random((cells, cells)) * 255).astype(np.uint8)).resize(layer.size, Image.BICUBIC), dtype=np.float32) / 255
    strength = np.clip((.25 if uneven else .7) + cloud * (1.1 if uneven else .5), .12, 1)
    return Image.fromarray((np.asarray(layer, dtype=np.float32) * strength * (.35 + .65 * kept)).astype(np.uint8))


def red(rnd):
    return rnd.choice([(rnd.randint(195, 235), rnd.randint(15, 50), rnd.randint(25, 60)), (225, rnd.randint(50, 80), rnd.randint(25, 45)), (214, rnd.randint(20, 50), rnd.randint(70, 95))])


def table(page, rnd, unit, colour):
    """One of several layouts; gives the place of the seal."""
    left = rnd.uniform(19, 30)
    right = 210 - left
    split = left + rnd.uniform(30, 42)
    size = rnd.choice([4.4, 4.9, 5.3])
    face = rnd.choice(PRINT)
    page.text(105 - 11 * 3.6, 30, "工会工作创新成果申报表", 7.2, PRINT[1])
    y, tall = rnd.uniform(44, 52), rnd.uniform(10.5, 14)
    rows = [("创新成果名称", rnd.choice(TITLES)), ("申报单位", unit), ("申报时间", f"2018年{rnd.randint(9, 10)}月{rnd.randint(1, 28)}日"), ("创新成果负责人", rnd.choice(PEOPLE))]
    for label, value in rows:
        page.box(left, y, right, y + tall, colour)
        page.line([(split, y), (split, y + tall)], colour)
        small = min(size, (split - left - 4) / len(label))
        page.text(left + 2, y + (tall - small) / 2 - 1, label, small, face)
        page.text(split + 3, y + (tall - size) / 2 - 1, value, min(size, (right - split - 5) / len(value)), face)
        y += tall
    content = "".join(rnd.sample(SENTENCES, rnd.randint(3, 6)))
    high = rnd.uniform(78, 105)
    page.box(left, y, right, y + high, colour)
    page.line([(split, y), (split, y + high)], colour)
    for i, part in enumerate(["创新成果", "主要内容", "及效果"]):
        page.text(left + 3, y + high / 2 - 12 + i * 8, part, size, face)
    each = int((right - split - 6) // size)
    for i, start in enumerate(range(0, len(content), each)):
        page.text(split + 3, y + 4 + i * size * 1.6, content[start:start + each], size, face)
    y += high
    foot = min(285 - y, rnd.uniform(52, 70))
    beneath = rnd.random() < .25
    if not beneath:
        page.box(left, y, right, y + foot, colour)
        page.line([(split, y), (split, y + foot)], colour)
        page.text(left + 3, y + foot / 2 - 3, "单位意见", size, face)
        page.text(split + 3, y + 4, "同意上报。", size, face)
    page.text(split + 4, y + foot * .45, "负责人（签字）：", size, face)
    page.text(split + 50, y + foot * .66, "（公章）", size, face)
    page.text(split + 58, y + foot * .82, rows[2][1], size, face)
    return split + rnd.uniform(52, 75), y + foot * rnd.uniform(.5, .72), (left, right, y)


def friend(page, rnd, kind):
    """Something red that is no seal."""
    colour = red(rnd)
    x, y = rnd.uniform(40, 170), rnd.uniform(120, 270)
    if kind.startswith("letterhead"):
        page.text(30, 10, "临江市总工会文件", 16, RING[0], colour)
        page.line([(22, 28), (188, 28)], colour, .9)
        if "star" in kind:
            page.pen.polygon([((105 + math.sin(i * math.pi / 5) * 4 * (1 if i % 2 == 0 else .38)) * page.mm, (28 - math.cos(i * math.pi / 5) * 4 * (1 if i % 2 == 0 else .38)) * page.mm) for i in range(10)], fill=colour)
    elif kind == "flag":
        page.rectangle(22, 6, 58, 28, (222, 41, 16))
        page.text(24, 7, "★", 8, RING[1], (255, 222, 0))
    elif kind == "banner":
        page.rectangle(20, 8, 190, 26, colour)
        page.text(50, 11, "工会工作创新成果", 12, RING[0], "white")
    elif kind == "red photo":
        np_rnd = np.random.default_rng(rnd.randrange(1 << 30))
        noise = np_rnd.random((9, 12, 3)) * np.array([120, 90, 90]) + np.array([130, 20, 25])
        photo = Image.fromarray(noise.clip(0, 255).astype(np.uint8)).resize((int(62 * page.mm), int(44 * page.mm)), Image.BICUBIC)
        pen = ImageDraw.Draw(photo)
        for _ in range(4):
            px, py, pr = rnd.uniform(0, photo.width), rnd.uniform(0, photo.height), rnd.uniform(4, 17) * page.mm
            pen.ellipse([px - pr, py - pr, px + pr, py + pr], fill=red(rnd), outline=rnd.choice([None, (240, 190, 60)]), width=4)
        page.image.paste(photo, (int(rnd.uniform(20, 130) * page.mm), int(rnd.uniform(105, 240) * page.mm)))
        page.pen = ImageDraw.Draw(page.image)
    elif kind == "disc logo":
        page.disc(x, 20, rnd.uniform(8, 15), colour)
        page.text(x - 5, 14, "工", 11, RING[1], "white")
    elif kind == "ring logo":
        r = rnd.uniform(10, 20)
        page.disc(x, y, r, None, colour, rnd.uniform(.8, 2.2))
        if rnd.random() < .6:
            page.text(x - r * .4, y - r * .55, rnd.choice("工中会"), r * .8, RING[1], colour)
    elif kind == "emblem":
        r = rnd.uniform(10, 18)
        page.disc(x, 22, r, colour, (240, 190, 40), 1.2)
        page.disc(x, 22, r * .72, None, (250, 215, 80), 1.6)
        page.text(x - r * .45, 22 - r * .6, "工", r * .9, RING[1], (250, 215, 80))
    elif kind == "date stamp":
        page.box(x, y, x + 42, y + 15, colour, .7)
        page.text(x + 3, y + 1, "收 文 专 用", 5, RING[1], colour)
        page.text(x + 3, y + 8, "2018年9月20日", 5, RING[1], colour)
    elif kind == "round date stamp":
        r = rnd.uniform(12, 15)
        page.disc(x, y, r, None, colour, .7)
        page.line([(x - r, y - 4), (x + r, y - 4)], colour, .5)
        page.line([(x - r, y + 4), (x + r, y + 4)], colour, .5)
        page.text(x - 11, y - 3, "2018.9.20", 5, RING[1], colour)
        page.text(x - 5, y - 10, "收文", 5, RING[1], colour)
    elif kind == "pen ring":
        r = rnd.uniform(6, 20)
        squeeze = rnd.uniform(.5, .95)
        page.line([(x + r * math.cos(i / 7) * (1 + .1 * math.sin(i / 9)) + rnd.uniform(-.4, .4), y + r * squeeze * math.sin(i / 7) + rnd.uniform(-.4, .4)) for i in range(46)], colour, .7)
    elif kind == "pen signature":
        for k in range(3):
            for _ in range(7):
                a = (x + k * 10 + rnd.uniform(0, 9), y + rnd.uniform(0, 10))
                page.line([a, (a[0] + rnd.uniform(-3, 6), a[1] + rnd.uniform(-2, 6)), (a[0] + rnd.uniform(-2, 9), a[1] + rnd.uniform(-2, 8))], colour, .6)
    elif kind == "name seal":
        side = rnd.uniform(14, 22)
        page.box(x, y, x + side, y + side, colour, 1)
        for i, letter in enumerate("王海之印"):
            page.text(x + side * (.52 if i < 2 else .06), y + side * (.02 if i % 2 == 0 else .48), letter, side * .42, RING[0], colour)
    elif kind == "fingerprint":
        for i in range(7):
            page.pen.arc([(x - 1 - i) * page.mm, (y - 1.5 - i * 1.3) * page.mm, (x + 1 + i) * page.mm, (y + 1.5 + i * 1.3) * page.mm], rnd.uniform(0, 90), rnd.uniform(250, 360), fill=colour, width=max(1, int(.45 * page.mm)))
    elif kind == "button":
        page.pen.rounded_rectangle([x * page.mm, y * page.mm, (x + 34) * page.mm, (y + 12) * page.mm], 4 * page.mm, fill=colour)
        page.text(x + 7, y + 3, "提 交", 6, RING[1], "white")
    elif kind == "red text":
        for i in range(4):
            page.text(60, 118 + i * 9, rnd.choice(SENTENCES)[:24], 5, PRINT[1], colour)


def desk(rnd, size, warm):
    np_rnd = np.random.default_rng(rnd.randrange(1 << 30))
    base = np.array(rnd.choice([(112, 60, 42), (128, 70, 50), (96, 44, 36)] if warm else [(107, 74, 47), (70, 74, 78), (138, 122, 96), (52, 50, 48), (150, 150, 148), (120, 84, 60), (40, 60, 90)]), dtype=np.float32)
    grain = np.asarray(Image.fromarray((np_rnd.random((size[1] // 90 + 2, 6)) * 255).astype(np.uint8)).resize(size, Image.BICUBIC), dtype=np.float32)[..., None] / 255 - .5
    return Image.fromarray((base + grain * 34).clip(0, 255).astype(np.uint8))


def photo(page, rnd, warm, centre, cut):
    """A phone's picture: the paper on a desk from somewhere above, in uneven light. Gives where the seal came to lie."""
    paper = page.image
    width, height = paper.width + 240, paper.height + 240
    lean = rnd.uniform(.02, .09)
    tilt = math.radians(rnd.uniform(-4, 4))
    corners = []
    for x, y in ((0, 0), (paper.width, 0), (paper.width, paper.height), (0, paper.height)):
        cx, cy = x - paper.width / 2, y - paper.height / 2
        cx, cy = cx * math.cos(tilt) - cy * math.sin(tilt), cx * math.sin(tilt) + cy * math.cos(tilt)
        depth = 1 + lean * (cy / (paper.height / 2)) + lean * .5 * rnd.uniform(-1, 1) * (cx / (paper.width / 2))
        corners.append((width / 2 + cx * depth * .97, height / 2 + cy * depth * (1 - lean * .8)))
    source = ((0, 0), (paper.width, 0), (paper.width, paper.height), (0, paper.height))
    back = coefficients(corners, source)
    there = coefficients(source, corners)
    shown = paper.transform((width, height), Image.PERSPECTIVE, back, Image.BICUBIC)
    mask = Image.new("L", paper.size, 255).transform((width, height), Image.PERSPECTIVE, back, Image.BICUBIC)
    whole = desk(rnd, (width, height), warm)
    shade = ImageChops.multiply(whole, Image.merge("RGB", [mask.filter(ImageFilter.GaussianBlur(14)).point(lambda v: 255 - v // 3)] * 3))
    shade.paste(shown, (0, 0), mask)
    light = np.asarray(shade, dtype=np.float32)
    ramp = np.linspace(rnd.uniform(.6, 1), rnd.uniform(.75, 1), width)[None, :, None] * np.linspace(rnd.uniform(.7, 1), 1, height)[:, None, None]
    light = light * ramp
    if rnd.random() < .4:
        edge = (np.arange(width)[None, :] * rnd.uniform(-1, 1) + np.arange(height)[:, None] * rnd.uniform(-1, 1))
        light = light * np.where(edge > np.quantile(edge, rnd.uniform(.5, .85)), rnd.uniform(.6, .8), 1)[..., None]
    shade = Image.fromarray(light.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(rnd.uniform(.4, 1.1)))
    place = None
    if centre:
        a, b, c, d, e, f, g, h = there
        x, y = centre[0] * page.mm, centre[1] * page.mm
        place = ((a * x + b * y + c) / (g * x + h * y + 1), (d * x + e * y + f) / (g * x + h * y + 1))
    if cut and place:
        right = int(place[0] + cut * page.mm)
        shade = shade.crop((0, 0, min(width, right), height))
    return shade


def coefficients(target, source):
    """Of the perspective that takes target onto source."""
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.linalg.solve(np.array(rows, dtype=float), np.array(source, dtype=float).reshape(8)).tolist()


def spelling(rnd, unit):
    """A unit's name as its seal may say it."""
    name = unit["name"].replace("（", "").replace("）", "")
    if name.endswith("总工会"):
        return name if name.startswith("秦皇岛") or rnd.random() < .6 else "秦皇岛市" + name
    if not name.endswith("工会") or unit["category"] == "department":
        return name
    if unit["category"] == "grassroots" and rnd.random() < .12:
        return name[:-len("工会")]
    return name + rnd.choice(["", "", "委员会"])


def sealed_by(rnd, roster):
    """A unit that sends a form, its name, and whose seal is on it with what the seal says."""
    sender = rnd.choice(roster)
    chance = rnd.random()
    if chance < .5:
        return sender, sender["name"], ("own", sender["code"], spelling(rnd, sender))
    if chance < .85:
        near = [u for u in roster if u is not sender and (u["category"] == sender["category"] or chance < .65)]
        owner = rnd.choice(near)
        return sender, sender["name"], ("other", owner["code"], spelling(rnd, owner))
    return sender, sender["name"], ("stranger", None, rnd.choice([*STRANGERS, rnd.choice(PLACES) + rnd.choice(BODIES)]))


def compose(number, seed, folder, roster=None):
    rnd = random.Random(f"{seed}/{number}")
    kind = ["scan", "photo", "photo", "scan", "photo", "scan", "gray"][number % 7]
    has_seal = rnd.random() < (.95 if roster else .58)
    manner = rnd.choice(MANNERS) if has_seal else None
    false_friend = rnd.choice(FRIENDS) if not has_seal and rnd.random() < .85 else rnd.choice([None, None, *FRIENDS])
    while is_hidden(false_friend, has_seal, kind):
        false_friend = rnd.choice(FRIENDS)
    if manner == "photo edge":
        kind = "photo" if kind == "scan" else kind
    dpi = rnd.choice([150, 200, 200, 240, 300]) if kind != "photo" else rnd.choice([150, 180, 220])
    page = Page(dpi)
    sender, unit, owner = (None, rnd.choice(PLACES) + rnd.choice(BODIES), None) if not roster else sealed_by(rnd, roster)
    x, y, (left, right, foot) = table(page, rnd, unit, red(rnd) if false_friend == "red table" else "black")
    if false_friend:
        friend(page, rnd, false_friend)
    centre = cut = ring = None
    if has_seal:
        ring = owner[2] if owner else rnd.choice([unit, unit, rnd.choice(PLACES) + rnd.choice(BODIES)])
        radius = {"small": rnd.uniform(18, 19), "large": 22.5}.get(manner, rnd.uniform(19, 22.5))
        if manner == "over text":
            x, y = rnd.uniform(left + 30, right - 25), rnd.uniform(foot - 70, foot)
        elif manner == "page edge":
            x, y = rnd.choice([(210 - radius * rnd.uniform(.05, .65), y), (x, 297 - radius * rnd.uniform(.05, .65))])
        layer = worn(rnd, seal(rnd, ring, radius, page.mm), manner == "uneven")
        page.ink(layer, x, y, red(rnd), rnd.uniform(.25, .42) if manner == "faint" else rnd.uniform(.65, .98))
        centre = (x, y)
        cut = radius * rnd.uniform(.1, .6) if manner == "photo edge" else None
    image = photo(page, rnd, false_friend == "warm desk", centre, cut) if kind == "photo" else page.image.rotate(rnd.uniform(-2.5, 2.5), Image.BICUBIC, fillcolor="white")
    pixels = np.asarray(image, dtype=np.float32)
    if kind != "gray":
        tone = rnd.choice([(1, 1, 1), (1, 1, 1), (1, .94, .82), (1, .9, .92), (1, .96, .88), (.92, .97, 1)])
        pixels = pixels * np.array(tone, dtype=np.float32)
    grain = np.random.default_rng(rnd.randrange(1 << 30))
    noise = grain.standard_normal(pixels.shape[:2] + (1 if kind == "gray" else 3,), dtype=np.float32) * rnd.uniform(1, 6)
    image = Image.fromarray((pixels + noise).clip(0, 255).astype(np.uint8))
    image = image.convert("L") if kind == "gray" else image
    name = f"{number:03}-{kind}.jpg"
    image.save(folder / name, quality=rnd.choice([30, 45, 60, 75, 90]))
    whose = {"sender": sender["code"], "whose": owner[0], "owner": owner[1]} if owner else {}
    expected = {"seal": None if kind == "gray" else has_seal, "ring": ring if has_seal and kind != "gray" else None,
                "unit": unit, **whose, "drawn": {"kind": kind, "manner": manner, "friend": false_friend, "dpi": dpi, "sealed": has_seal}}
    (folder / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def is_hidden(false_friend, has_seal, kind):
    """A warm desk needs a photo; what stands in the seal's place would only hide it."""
    return (false_friend == "warm desk" and kind != "photo") or (has_seal and false_friend in ("red photo", "ring logo", "round date stamp", "red text"))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4, 5):
        sys.exit(__doc__)
    target = pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    count, seed = int(sys.argv[1]), sys.argv[3] if len(sys.argv) > 3 else "20180501"
    units = list(csv.DictReader(pathlib.Path(sys.argv[4]).read_text(encoding="utf-8-sig").splitlines())) if len(sys.argv) > 4 else None
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(compose, range(count), [seed] * count, [target] * count, [units] * count))
