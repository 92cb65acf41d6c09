"""Composes messages of tests/Corpus/mail, each with what a reader must make of it: python3 tests/Corpus/compose_mail.py

What is expected stands here beside what is written, and is never taken from a reader. Messages that were written by hand are left alone."""
import base64
import hashlib
import json
import pathlib
import quopri

FOLDER = pathlib.Path(__file__).parent / "mail"
UNIT = {"name": "海港区总工会", "address": "hgq@example.com"}
TEXT = "现报送创新成果材料，请查收。"
PDF = b"%PDF-1.4\n" + bytes(range(256)) + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1))
MADE = set()


def word(text, charset="utf-8", how="B", label=None):
    raw = text.encode(charset)
    inside = base64.b64encode(raw).decode() if how in "Bb" else "".join(
        chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32 else f"={b:02X}" for b in raw)
    return f"=?{label or charset}?{how}?{inside}?="


def b64(raw, width=76):
    text = base64.b64encode(raw).decode()
    return "\n".join(text[i:i + width] for i in range(0, len(text), width))


def file(name, content):
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest()}


def lines(*parts):
    return b"\n".join(p.encode() if isinstance(p, str) else p for p in parts)


def compose(name, headers, body, text="", files=(), faults=(), subject="材料", sender=UNIT, **more):
    """headers: those beside the usual ones, which they replace by name; None leaves one out."""
    assert name not in MADE, name
    MADE.add(name)
    fields = {
        "From": f"{word('海港区总工会')} <hgq@example.com>", "To": "qhdghgz@example.com", "Subject": word("材料"),
        "Date": "Thu, 20 Sep 2018 09:02:03 +0800", "Message-ID": f"<{name}@example.com>", "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    extra = []
    for key, value in headers:
        if key in fields:
            fields[key] = value
        else:
            extra.append((key, value))
    head = [k.encode() + b": " + (v.encode() if isinstance(v, str) else v) for k, v in [*fields.items(), *extra] if v is not None]
    raw = b"\n".join(head) + b"\n\n" + (body.encode() if isinstance(body, str) else body)
    (FOLDER / f"{name}.eml").write_bytes(raw)
    expect(name, subject, sender, text, files, faults, **more)


def expect(name, subject, sender, text, files, faults, **more):
    record = {"subject": subject, "from": sender, "text": text, "files": list(files), "faults": list(faults), **more}
    (FOLDER / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def raw_message(name, raw, **expected):
    assert name not in MADE, name
    MADE.add(name)
    (FOLDER / f"{name}.eml").write_bytes(raw)
    expect(name, **expected)


# Charsets of a body.
def text_in(name, label, raw, text, **more):
    compose(name, [("Content-Type", f"text/plain; charset={label}" if label else "text/plain"), ("Content-Transfer-Encoding", "8bit")], raw, text=text, **more)


text_in("charset-gbk", "gbk", "囍镕堃：请查收".encode("gbk"), "囍镕堃：请查收")
text_in("charset-gb18030-four-bytes", "gb18030", "㐀䶮请查收".encode("gb18030"), "㐀䶮请查收")
text_in("charset-gb2312-with-gbk-only-characters", "gb2312", "朱镕基、陶喆".encode("gbk"), "朱镕基、陶喆")
text_in("charset-gb-2312-80", "GB_2312-80", TEXT.encode("gb2312"), TEXT)
text_in("charset-cp936", "cp936", TEXT.encode("gbk"), TEXT)
text_in("charset-x-gbk", "x-gbk", TEXT.encode("gbk"), TEXT)
text_in("charset-big5", "big5", "請查收創新成果材料。".encode("big5"), "請查收創新成果材料。")
text_in("charset-hz", "hz-gb-2312", "您好 ".encode("hz") + b"OK", "您好 OK")
text_in("charset-utf8-without-hyphen", "utf8", TEXT.encode(), TEXT)
text_in("charset-quoted-with-blanks", '" UTF-8 "', TEXT.encode(), TEXT)
text_in("charset-utf8-with-a-mark", "utf-8", b"\xef\xbb\xbf" + TEXT.encode(), TEXT)
text_in("charset-none-and-gbk", None, TEXT.encode("gbk"), TEXT)
text_in("charset-none-and-utf8", None, TEXT.encode(), TEXT)
text_in("charset-us-ascii-and-gbk", "us-ascii", TEXT.encode("gbk"), TEXT)
text_in("charset-unknown-8bit", "unknown-8bit", TEXT.encode(), TEXT)
text_in("charset-nobody-knows", "x-nobody", TEXT.encode("gbk"), TEXT)
text_in("charset-iso-2022-jp", "iso-2022-jp", "材料を送ります".encode("iso-2022-jp"), "材料を送ります")
text_in("charset-euc-kr", "euc-kr", "자료를 보냅니다".encode("euc-kr"), "자료를 보냅니다")
text_in("charset-windows-1252", "windows-1252", "Résumé – “quoted”".encode("cp1252"), "Résumé – “quoted”")
text_in("charset-latin1-means-windows-1252", "iso-8859-1", "“quoted” text – here".encode("cp1252"), "“quoted” text – here")
text_in("charset-utf-7", "utf-7", "+Z1BlmQ-: OK".encode(), "材料: OK".replace("材料", "\u6750\u6599"))
compose("charset-utf-16-in-base64", [("Content-Type", "text/plain; charset=utf-16"), ("Content-Transfer-Encoding", "base64")],
        b64(b"\xff\xfe" + TEXT.encode("utf-16-le")), text=TEXT)

# Encoded words.
def subject_is(name, value, subject, **more):
    compose(name, [("Subject", value)], TEXT, text=TEXT, subject=subject, **more)


subject_is("word-q-in-gbk", word("总结 材料", "gbk", "Q"), "总结 材料")
subject_is("word-with-small-letters", word("总结材料", how="b").replace("=?utf-8?b?", "=?UTF-8?b?"), "总结材料")
subject_is("word-with-a-language", word("总结材料", label="utf-8*zh-cn"), "总结材料")
subject_is("words-with-blanks-between", word("总结") + " \n " + word("材料"), "总结材料")
subject_is("words-without-blanks-between", word("总结") + word("材料"), "总结材料")
subject_is("word-between-plain-ones", "Re: " + word("总结材料") + " (2)", "Re: 总结材料 (2)")
subject_is("word-behind-letters", "[2018]" + word("总结材料"), "[2018]总结材料")
subject_is("words-of-two-charsets", word("总结", "gbk") + " " + word("材料"), "总结材料")
subject_is("word-of-five-lines", "\n ".join(word(c) for c in ["秦皇岛市海港区", "总工会关于报送", "工会工作创新成", "果总结材料及佐", "证材料的报告"]),
           "秦皇岛市海港区总工会关于报送工会工作创新成果总结材料及佐证材料的报告")
subject_is("word-with-a-blank-inside", "=?utf-8?Q?a =E6=9D=90=E6=96=99?=", "a 材料")
subject_is("word-without-padding", "=?utf-8?B?" + base64.b64encode("材料汇总表".encode() + b"x").decode().rstrip("=") + "?=", "材料汇总表x")
subject_is("word-of-nothing", "=?utf-8?B??=" + " x", "x")
subject_is("word-in-gb18030", word("䶮县总工会", "gb18030"), "䶮县总工会")
subject_is("word-in-big5", word("創新材料", "big5"), "創新材料")
subject_is("word-that-is-none", "=?utf-8?X?abc?= a=?b", "=?utf-8?X?abc?= a=?b")
subject_is("subject-of-two-headers", word("材料") + "\nSubject: second", "材料")
subject_is("subject-folded-with-a-tab", "a\n\tb\n c", "a b c")
compose("subject-missing", [("Subject", None)], TEXT, text=TEXT, subject="")

# Addresses.
def sender_is(name, value, sender, **more):
    compose(name, [("From", value)], TEXT, text=TEXT, sender=sender, **more)


A = "hgq@example.com"
sender_is("from-with-a-comma-in-quotes", '"Wang, Ming" <hgq@example.com>', {"name": "Wang, Ming", "address": A})
sender_is("from-with-a-word-in-quotes", f'"{word("海港区总工会")}" <hgq@example.com>', UNIT)
sender_is("from-without-a-name", "<hgq@example.com>", {"name": None, "address": A})
sender_is("from-with-a-comment-for-a-name", "hgq@example.com (Haigang)", {"name": "Haigang", "address": A})
sender_is("from-with-a-bracket-that-never-closes", "Haigang <hgq@example.com", {"name": "Haigang", "address": A})
sender_is("from-with-escaped-quotes", '"A \\"B\\" C" <hgq@example.com>', {"name": 'A "B" C', "address": A})
sender_is("from-with-capitals-in-the-domain", "Haigang <hgq@EXAMPLE.COM>", {"name": "Haigang", "address": A})
sender_is("from-with-a-chinese-domain", "海港 <工会@例子.测试>".encode(), {"name": "海港", "address": "工会@例子.测试"})
sender_is("from-missing", None, None)
sender_is("from-of-two-people", "A <a@example.com>, B <b@example.com>", {"name": "A", "address": "a@example.com"})
sender_is("from-with-raw-gbk", "海港区总工会 <hgq@example.com>".encode("gbk"), UNIT)
compose("to-with-semicolons-and-a-group", [("To", "a@example.com; Staff: b@example.com, C <c@example.com>;")], TEXT, text=TEXT,
        to=[{"name": None, "address": "a@example.com"}, {"name": None, "address": "b@example.com"}, {"name": "C", "address": "c@example.com"}])


# File names.
def attached(name, disposition, expected, kind="application/pdf", content=PDF, extra="", faults=()):
    compose(name, [("Content-Type", 'multipart/mixed; boundary="b"')], lines(
        "--b", "Content-Type: text/plain; charset=utf-8", "", TEXT, "--b", b"Content-Type: " + kind.encode() + extra.encode(),
        b"Content-Disposition: " + (disposition if isinstance(disposition, bytes) else disposition.encode()), "Content-Transfer-Encoding: base64", "",
        b64(content), "--b--", ""), text=TEXT, files=[file(expected, content)], faults=faults)


def percent(raw):
    return "".join(f"%{b:02X}" for b in raw)


attached("name-in-2231-utf8", "attachment; filename*=UTF-8''" + percent("申报表.pdf".encode()), "申报表.pdf")
attached("name-in-2231-gbk", "attachment; filename*=gb2312'zh'" + percent("申报表.pdf".encode("gbk")), "申报表.pdf")
attached("name-in-2231-pieces-split-in-a-character",
         "attachment; filename*0*=UTF-8''%E7%94%B3%E6%8A; filename*1*=%A5%E8%A1%A8; filename*2=.pdf", "申报表.pdf")
attached("name-in-2231-pieces-out-of-order", 'attachment; filename*1="b.pdf"; filename*0="a-"', "a-b.pdf")
attached("name-in-a-word", f'attachment; filename="{word("申报表.pdf", "gbk")}"', "申报表.pdf")
attached("name-in-two-words", f'attachment; filename="{word("申报")}\n {word("表.pdf")}"', "申报表.pdf")
attached("name-in-raw-gbk", 'attachment; filename="申报表.pdf"'.encode("gbk"), "申报表.pdf")
attached("name-in-raw-utf8-without-quotes", "attachment; filename=申报表.pdf".encode(), "申报表.pdf")
attached("name-with-blanks-without-quotes", "attachment; filename=annual report 2018.pdf", "annual report 2018.pdf")
attached("name-with-a-semicolon-in-quotes", 'attachment; filename="a;b.pdf"', "a;b.pdf")
attached("name-of-the-type-alone", "attachment", "申报表.pdf", extra=f'; name="{word("申报表.pdf")}"')
attached("names-that-disagree", 'attachment; filename="right.pdf"', "right.pdf", extra='; name="wrong.pdf"')
attached("name-extended-before-plain", "attachment; filename=\"x.pdf\"; filename*=UTF-8''" + percent("申报表.pdf".encode()), "申报表.pdf")
attached("name-inside-a-2231-value-as-a-word", "attachment; filename*=" + word("申报表.pdf"), "申报表.pdf")
attached("name-folded-in-the-middle", 'attachment;\n filename="annual\n report.pdf"', "annual report.pdf")
attached("disposition-nobody-knows", 'x-keep; filename="a.pdf"', "a.pdf")
attached("disposition-inline-with-a-name", 'inline; filename="a.pdf"', "a.pdf")
attached("type-nobody-knows", 'attachment; filename="a.xyz"', "a.xyz", kind="x-what/ever")
attached("file-of-no-bytes", 'attachment; filename="empty.pdf"', "empty.pdf", content=b"")


# Transfer encodings.
def encoded(name, encoding, body, text, faults=(), kind="text/plain; charset=utf-8"):
    compose(name, [("Content-Type", kind), ("Content-Transfer-Encoding", encoding)], body, text=text, faults=faults)


QP = quopri.encodestring(TEXT.encode()).decode().rstrip("\n")
encoded("quoted-printable-with-soft-breaks", "quoted-printable", QP[:30] + "=\n" + QP[30:60] + "=\n" + QP[60:], TEXT)
encoded("quoted-printable-in-small-letters", "Quoted-Printable", QP.lower(), TEXT)
encoded("quoted-printable-with-blanks-at-line-ends", "quoted-printable", "a=20b  \t\nc", "a b\nc")
encoded("quoted-printable-with-what-is-none", "quoted-printable", "100=ZZ =", "100=ZZ")
encoded("quoted-printable-with-rubbish-behind-the-name", "quoted-printable; x=y", QP, TEXT)
encoded("base64-of-one-line", "BASE64", b64(TEXT.encode(), 10000), TEXT)
encoded("base64-without-padding", "base64", b64((TEXT + "a").encode()).rstrip("="), TEXT + "a")
encoded("base64-of-pieces-padded-one-by-one", "base64", b64(b"first ") + "\n" + b64(b"a") + "\n" + b64(b" last"), "first a last")
encoded("base64-with-stars-and-blanks", "base64", "*" + " ".join(b64(TEXT.encode()))[:-1] + b64(TEXT.encode())[-1] + "!", TEXT)
encoded("encoding-nobody-knows", "x-plain", TEXT, TEXT)
encoded("encoding-8-bit-misspelt", "8-bit", TEXT, TEXT)


# Structure.
def multi(name, kind, body, **more):
    compose(name, [("Content-Type", kind)], body, **more)


T = "Content-Type: text/plain; charset=utf-8"
H = "Content-Type: text/html; charset=utf-8"
multi("alternative-of-html-alone", 'multipart/alternative; boundary="b"', lines("--b", H, "", "<p>现报送材料，</p><p>请查收。</p>", "--b--", ""), text="现报送材料，\n\n请查收。")
multi("alternative-with-empty-plain-text", 'multipart/alternative; boundary="b"', lines("--b", T, "", " ", "--b", H, "", "<div>请查收</div>", "--b--", ""), text="请查收")
multi("related-with-a-picture-in-the-text", 'multipart/related; boundary="b"; type="text/html"', lines(
    "--b", H, "", '<p>请查收</p><img src="cid:one@x">', "--b", "Content-Type: image/png", "Content-ID: <one@x>", "Content-Transfer-Encoding: base64", "",
    b64(PNG), "--b--", ""), text="请查收", files=[file(None, PNG)], inline=[True])
multi("preamble-and-epilogue", 'multipart/mixed; boundary="b"', lines("not read", "--b", T, "", TEXT, "--b--", "nor this", ""), text=TEXT)
multi("boundary-with-odd-letters", "multipart/mixed; boundary=\"=_a'()+_,-./:=?b\"", lines("--=_a'()+_,-./:=?b", T, "", TEXT, "--=_a'()+_,-./:=?b--", ""), text=TEXT)
multi("boundary-without-quotes", "multipart/mixed; boundary=----=_Part_1.2", lines("------=_Part_1.2", T, "", TEXT, "------=_Part_1.2--", ""), text=TEXT)
multi("boundary-with-blanks-behind", 'multipart/mixed; boundary="b"', lines("--b  \t", T, "", TEXT, "--b-- ", ""), text=TEXT)
multi("parts-without-headers", 'multipart/mixed; boundary="b"', lines("--b", "", "first", "--b", "", "second", "--b--", ""), text="first\n\nsecond")
multi("text-in-two-parts-around-a-file", 'multipart/mixed; boundary="b"', lines(
    "--b", T, "", "前文", "--b", 'Content-Type: application/pdf; name="a.pdf"', "Content-Transfer-Encoding: base64", "", b64(PDF), "--b", T, "", "后文", "--b--", ""),
      text="前文\n\n后文", files=[file("a.pdf", PDF)])
multi("two-files-of-one-name", 'multipart/mixed; boundary="b"', lines(
    *[p for c in (PDF, PNG) for p in ("--b", 'Content-Type: application/octet-stream; name="a.bin"', "Content-Transfer-Encoding: base64", "", b64(c))], "--b--", ""),
      files=[file("a.bin", PDF), file("a.bin", PNG)])
multi("calendar-is-no-file", 'multipart/alternative; boundary="b"', lines("--b", T, "", TEXT, "--b", "Content-Type: text/calendar; method=REQUEST", "", "BEGIN:VCALENDAR", "END:VCALENDAR", "--b--", ""), text=TEXT)
multi("digest-of-two-messages", 'multipart/digest; boundary="b"', lines(
    "--b", "", "Subject: one", "From: a@example.com", "", "first", "--b", "", "Subject: two", "From: b@example.com", "", "second", "--b--", ""),
      files=[file(None, b"Subject: one\nFrom: a@example.com\n\nfirst"), file(None, b"Subject: two\nFrom: b@example.com\n\nsecond")],
      messages=[{"subject": "one", "files": []}, {"subject": "two", "files": []}])
multi("type-in-capitals", "TEXT/PLAIN; CHARSET=UTF-8", TEXT, text=TEXT)
multi("type-without-a-subtype", "text", TEXT, text=TEXT)
compose("type-missing", [("Content-Type", None), ("MIME-Version", None)], TEXT, text=TEXT)
multi("html-with-style-script-and-entities", "text/html; charset=utf-8",
      "<html><head><style>p{}</style><title>x</title></head><body><script>alert(1)</script><p>A&amp;B&nbsp;&#25253;&#x9001;&lt;材料&gt;</p></body></html>", text="A&B 报送<材料>")
multi("message-global-with-a-chinese-header", 'multipart/mixed; boundary="b"', lines(
    "--b", T, "", TEXT, "--b", "Content-Type: message/global", "", "Subject: 转来的材料", "From: <工会@例子.测试>", "", "正文", "--b--", ""), text=TEXT,
      files=[file(None, "Subject: 转来的材料\nFrom: <工会@例子.测试>\n\n正文".encode())], messages=[{"subject": "转来的材料", "files": []}])
multi("partial-message", 'message/partial; id="x@example.com"; number=1; total=2', lines("Subject: whole", "", "the first half"),
      files=[file(None, b"Subject: whole\n\nthe first half")], faults=["partial-message"])
multi("external-body", 'message/external-body; access-type=URL; URL="https://files.example.com/a.pdf"', lines("Content-Type: application/pdf", "", ""),
      files=[file(None, b"Content-Type: application/pdf\n\n")], faults=["external-body"])
multi("encrypted-by-pgp", 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"', lines(
    "--b", "Content-Type: application/pgp-encrypted", "", "Version: 1", "", "--b", 'Content-Type: application/octet-stream; name="encrypted.asc"', "",
    "-----BEGIN PGP MESSAGE-----", "hQEMA", "-----END PGP MESSAGE-----", "--b--", ""),
      files=[file("encrypted.asc", b"-----BEGIN PGP MESSAGE-----\nhQEMA\n-----END PGP MESSAGE-----")], faults=["encrypted-mail"])


def der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82, size >> 8, size & 255])
    return bytes([tag]) + length + content


def signed(inner, indefinite):
    """CMS SignedData without signers around the content: enough for a reader that verifies nobody."""
    oid_data, oid_signed = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
    if indefinite:
        half = len(inner) // 2
        octets = b"\x24\x80" + der(4, inner[:half]) + der(4, inner[half:]) + b"\0\0"
        info = b"\x30\x80" + oid_data + b"\xa0\x80" + octets + b"\0\0\0\0"
        body = b"\x30\x80" + b"\x02\x01\x01" + b"\x31\x00" + info + b"\x31\x00" + b"\0\0"
        return b"\x30\x80" + oid_signed + b"\xa0\x80" + body + b"\0\0\0\0"
    info = der(0x30, oid_data + der(0xa0, der(4, inner)))
    return der(0x30, oid_signed + der(0xa0, der(0x30, b"\x02\x01\x01" + b"\x31\x00" + info + b"\x31\x00")))


INNER = lines('Content-Type: multipart/mixed; boundary="i"', "", "--i", T, "", TEXT, "--i", 'Content-Type: application/pdf; name="a.pdf"',
              "Content-Transfer-Encoding: base64", "", b64(PDF), "--i--", "").replace(b"\n", b"\r\n")
for how in (False, True):
    compose("signed-around-the-content" + ("-in-pieces" if how else ""),
            [("Content-Type", 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'), ("Content-Transfer-Encoding", "base64")],
            b64(signed(INNER, how)), text=TEXT, files=[file("a.pdf", PDF)], signed=["smime"])
compose("signed-data-that-is-damaged", [("Content-Type", 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'), ("Content-Transfer-Encoding", "base64")],
        b64(signed(INNER, False)[:60]), files=[file("smime.p7m", signed(INNER, False)[:60])])
compose("encrypted-by-smime", [("Content-Type", 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'), ("Content-Transfer-Encoding", "base64")],
        b64(der(0x30, bytes.fromhex("06092a864886f70d010703"))), files=[file("smime.p7m", der(0x30, bytes.fromhex("06092a864886f70d010703")))], faults=["encrypted-mail"])


def yenc(raw):
    out = bytearray()
    for b in raw:
        c = (b + 42) & 255
        out += bytes([61, (c + 64) & 255]) if c in (0, 10, 13, 61) else bytes([c])
    return bytes(out)


compose("yenc-file-in-text", [("Content-Type", "text/plain; charset=iso-8859-1"), ("Content-Transfer-Encoding", "8bit")],
        lines("see below", b"=ybegin line=1024 size=%d name=my report.bin" % len(PNG), yenc(PNG), b"=yend size=%d" % len(PNG), "bye", ""), text="see below\nbye",
        files=[file("my report.bin", PNG)])
multi("flowed-with-quotes-and-stuffing", "text/plain; charset=utf-8; format=flowed", lines("a long ", "line", " From here", "> quoted ", "> words", "end", ""), text="a long line\nFrom here\nend")
multi("flowed-signature-mark", "text/plain; charset=utf-8; format=flowed", lines("words", "-- ", "Wang Ming", ""), text="words")


# Replies and forwards, as the clients write them.
def reply(name, body, text, subject="回复: 材料"):
    compose(name, [("Subject", word(subject)), ("In-Reply-To", "<r1@126.com>")], body, text=text, subject=subject, inReplyTo="<r1@126.com>")


OLD = ["请于9月30日前报送。"]
reply("reply-from-netease-web", lines("已补正，见附件。", "", "", "", "At 2018-09-27 09:30:00, \"市总工会\" <qhdghgz@126.com> wrote:", ">" + OLD[0], ""), "已补正，见附件。")
reply("reply-from-netease-web-in-chinese", lines("已补正，见附件。", "", "在 2018-09-27 09:30:00，\"市总工会\" <qhdghgz@126.com> 写道：", OLD[0], ""), "已补正，见附件。")
reply("reply-from-netease-master", lines("已补正。", "", "---- 回复的原邮件 ----", "| 发件人 | 市总工会<qhdghgz@126.com> |", "| 日期 | 2018年09月27日 09:30 |", OLD[0], ""), "已补正。")
reply("reply-from-qq-web", lines("已补正。", "", "", "------------------ 原始邮件 ------------------", '发件人: "市总工会"<qhdghgz@126.com>;', "发送时间: 2018年9月27日(星期四) 上午9:30", OLD[0], ""), "已补正。")
reply("reply-from-foxmail", lines("已补正。", "", "", "hgq@example.com", " ", "发件人： 市总工会", "发送时间： 2018-09-27 09:30", "收件人： hgq", "主题： 材料", OLD[0], ""), "已补正。\n\nhgq@example.com")
reply("reply-from-outlook-in-chinese", lines("已补正。", "", "发件人: 市总工会 <qhdghgz@126.com>", "发送时间: 2018年9月27日 9:30", "收件人: hgq@example.com", "主题: 材料", "", OLD[0], ""), "已补正。")
reply("reply-from-outlook-in-english", lines("Done.", "", "-----Original Message-----", "From: qhdghgz@126.com", "Sent: Thursday, September 27, 2018", "To: hgq@example.com", "Subject: x", "", "old", ""), "Done.")
reply("reply-from-an-iphone", lines("已补正", "", "发自我的iPhone", "", "> 在 2018年9月27日，09:30，市总工会 <qhdghgz@126.com> 写道：", "> ", "> " + OLD[0], ""), "已补正")
reply("reply-from-a-xiaomi", lines("已补正", "从我的小米手机发送", "", "On Thu, Sep 27, 2018 at 9:30 AM 市总工会 <qhdghgz@126.com> wrote:", "> old", ""), "已补正")
reply("reply-between-the-quoted-lines", lines("> 总结材料何时报送？", "明天报送。", "> 申报表呢？", "一并报送。", ""), "明天报送。\n一并报送。")
compose("forward-with-words-above", [("Subject", word("转发: 材料"))], lines("请代为报送。", "", "-------- 转发邮件信息 --------", "发件人：\"王\" <wang@example.com>", "发送日期：2018-09-20 09:00:00", "收件人：hgq@example.com", "主题：材料", "", "附件为总结材料。", ""), text="请代为报送。", subject="转发: 材料")
compose("forward-with-nothing-above", [("Subject", "Fw: x")], lines("", "---------- Forwarded message ---------", "From: Wang <wang@example.com>", "Date: Thu, 20 Sep 2018", "Subject: x", "To: <hgq@example.com>", "", "attached.", ""), text="---------- Forwarded message ---------\nFrom: Wang <wang@example.com>\nDate: Thu, 20 Sep 2018\nSubject: x\nTo: <hgq@example.com>\n\nattached.", subject="Fw: x")

# More clients' replies: each writes the line before the quotation in its own way.
reply("reply-from-gmail-in-chinese", lines("已补正，见附件。", "", "市总工会 <qhdghgz@126.com> 于2018年9月27日周四 上午9:30写道：", "", "> " + OLD[0], ""), "已补正，见附件。")
reply("reply-from-gmail-folded", lines("Done.", "", "On Thu, Sep 27, 2018 at 9:30 AM Qinhuangdao Federation of Trade Unions <", "qhdghgz@126.com> wrote:", "", "> old", ""), "Done.")
reply("reply-from-a-huawei", lines("已补正", "", "发自我的华为手机", "", "-------- 原始邮件 --------", "发件人： 市总工会 <qhdghgz@126.com>", "日期： 2018年9月27日周四 09:30", "收件人： hgq@example.com", "主 题： 材料", OLD[0], ""), "已补正")
reply("reply-from-a-vivo", lines("已补正", "", "发自我的vivo智能手机", "", "市总工会 <qhdghgz@126.com>编写：", "", "> " + OLD[0], ""), "已补正")
reply("reply-from-a-samsung", lines("Done.", "", "Sent from my Galaxy", "", "-------- Original message --------", "From: qhdghgz@126.com", "Date: 9/27/18 09:30 (GMT+08:00)", "To: hgq@example.com", "Subject: x", "", "old", ""), "Done.")
reply("reply-from-outlook-on-a-phone", lines("已补正。", "", "获取 Outlook for iOS", "________________________________", "发件人: 市总工会 <qhdghgz@126.com>", "发送时间: Thursday, September 27, 2018 9:30:00 AM", "收件人: hgq@example.com", "主题: 材料", "", OLD[0], ""), "已补正。")
reply("reply-from-the-mail-of-windows", lines("已补正。", "", "从 Windows 版邮件发送", "", "发件人: 市总工会", "发送时间: 2018年9月27日 9:30", "收件人: hgq@example.com", "主题: 材料", "", OLD[0], ""), "已补正。")
reply("reply-from-netease-on-a-phone", lines("已补正。", "", "发自我的网易邮箱手机智能版", "", "在 2018-09-27 09:30:00，市总工会 <qhdghgz@126.com> 写道：", "", OLD[0], ""), "已补正。")
reply("reply-from-qq-on-a-phone", lines("已补正。", "", "发自我的iPhone", "", "", "------------------ Original ------------------", "From: 市总工会 <qhdghgz@126.com>", "Date: Thu,Sep 27,2018 9:30 AM", "To: hgq <hgq@example.com>", "Subject: Re: 材料", "", OLD[0], ""), "已补正。")
reply("reply-from-thunderbird", lines("已补正。", "", "在 2018/9/27 9:30, 市总工会 写道:", "> " + OLD[0], "> ", "", "-- ", "王明", "海港区总工会", ""), "已补正。")
reply("reply-in-traditional-letters", lines("已補正。", "", "市總工會 <qhdghgz@126.com> 於 2018年9月27日 週四 上午9:30 寫道：", "", "> " + OLD[0], ""), "已補正。")
reply("reply-that-says-what-it-wrote-in-a-year", lines("在2018年的材料里我们写道：", "职工满意。", "2018年8月编写：", "请查收。", ""), "在2018年的材料里我们写道：\n职工满意。\n2018年8月编写：\n请查收。")
reply("reply-that-mentions-a-date-and-writing", lines("在2018年的材料里我们写道：职工满意。", "请查收。", ""), "在2018年的材料里我们写道：职工满意。\n请查收。")


def html_reply(name, body, text):
    compose(name, [("Subject", word("回复: 材料")), ("In-Reply-To", "<r1@126.com>"), ("Content-Type", "text/html; charset=utf-8")], body, text=text, subject="回复: 材料")


html_reply("reply-in-html-from-netease", '<div>已补正。</div><br><br><div id="isReplyContent"><div>在 2018-09-27 09:30:00，"市总工会" &lt;qhdghgz@126.com&gt; 写道：</div><blockquote><p>请报送。</p></blockquote></div>', "已补正。")
html_reply("reply-in-html-from-gmail", '<div dir="ltr">已补正。</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">市总工会 &lt;qhdghgz@126.com&gt; 于2018年9月27日周四 上午9:30写道：<br></div><blockquote class="gmail_quote"><p>请报送。</p></blockquote></div>', "已补正。")
html_reply("reply-in-html-from-outlook", '<div><p>已补正。</p></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>发件人:</b> 市总工会 &lt;qhdghgz@126.com&gt;<br><b>发送时间:</b> 2018年9月27日 9:30<br><b>收件人:</b> hgq@example.com<br><b>主题:</b> 材料</div><div>请报送。</div>', "已补正。")
html_reply("reply-in-html-from-qq", '<div>已补正。</div><div><br></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"市总工会"&lt;qhdghgz@126.com&gt;;</div><div><b>主题:</b>&nbsp;材料</div></div><div>请报送。</div>', "已补正。")

# Reports: what a server says is text, its fields and the mail's headers are no files of a unit's.
def report(name, kind, fields_type, fields, third, text, files=(), subject="Undelivered Mail", messages=None, headers=()):
    more = {"messages": messages} if messages is not None else {}
    compose(name, [("From", "Mail Delivery System <MAILER-DAEMON@example.com>"), ("Subject", subject), ("Content-Type", f'multipart/report; report-type={kind}; boundary="b"'), *headers],
            lines("--b", T, "", text, "--b", f"Content-Type: {fields_type}", "", *fields, "", *third, "--b--", ""), text=text, files=files, subject=subject,
            sender={"name": "Mail Delivery System", "address": "MAILER-DAEMON@example.com"}, **more)


STATUS = ["Reporting-MTA: dns; mx.example.com", "", "Final-Recipient: rfc822; gone@example.com", "Action: failed", "Status: 5.1.1"]
RETURNED = ["Subject: reminder", "From: qhdghgz@example.com", "", "the words"]
report("report-of-delivery-with-the-mail", "delivery-status", "message/delivery-status", STATUS, ["--b", "Content-Type: message/rfc822", "", *RETURNED], "Your mail was not delivered.",
       files=[file(None, lines(*RETURNED))], messages=[{"subject": "reminder", "files": []}])
report("report-of-delivery-with-headers-alone", "delivery-status", "message/delivery-status", STATUS, ["--b", "Content-Type: text/rfc822-headers", "", *RETURNED[:2]], "Your mail was not delivered.")
report("report-of-delivery-in-unicode", "delivery-status", "message/global-delivery-status", [STATUS[0], "", "Final-Recipient: utf-8; 工会@例子.测试", *STATUS[3:]],
       ["--b", "Content-Type: message/global-headers", "", "Subject: 提醒"], "邮件未能送达。")
report("report-of-delivery-from-netease", "delivery-status", "message/delivery-status", STATUS[2:], ["--b", "Content-Type: message/rfc822", "", *RETURNED], "抱歉，您的邮件被退回来了。",
       files=[file(None, lines(*RETURNED))], subject="系统退信", messages=[{"subject": "reminder", "files": []}], headers=[("X-CM-Original-Message-ID", "<r1@126.com>")])
report("report-that-a-mail-was-read", "disposition-notification", "message/disposition-notification",
       ["Reporting-UA: desk; example", "Final-Recipient: rfc822;a@example.com", "Disposition: manual-action/MDN-sent-manually; displayed"], [], "The mail was displayed.", subject="Read: x")
report("report-that-a-mail-was-read-in-unicode", "disposition-notification", "message/global-disposition-notification",
       ["Final-Recipient: utf-8; 工会@例子.测试", "Disposition: manual-action/MDN-sent-manually; displayed"], [], "邮件已阅。", subject="Read: x")

# Encryption and signatures that are not told by the type alone.
ARMOUR = lines("-----BEGIN PGP MESSAGE-----", "", "hQEMA5vJ", "=abcd", "-----END PGP MESSAGE-----")
compose("encrypted-by-pgp-in-the-text", [], ARMOUR, text=ARMOUR.decode(), faults=["encrypted-mail"])
compose("pgp-mentioned-in-the-text", [], "The mark is -----BEGIN PGP MESSAGE----- in such mail.", text="The mark is -----BEGIN PGP MESSAGE----- in such mail.")
ENVELOPED = der(0x30, bytes.fromhex("06092a864886f70d010703") + der(0xa0, der(0x30, b"\x02\x01\x00")))
for kind, name in (("application/pkcs7-mime", "encrypted-by-smime-without-its-kind"), ("application/x-pkcs7-mime; smime-type=Enveloped-Data", "encrypted-by-smime-in-capitals"),
                   ("application/octet-stream", "encrypted-by-smime-told-by-the-name")):
    compose(name, [("Content-Type", f'{kind}; name="smime.p7m"'), ("Content-Transfer-Encoding", "base64")], b64(ENVELOPED), files=[file("smime.p7m", ENVELOPED)], faults=["encrypted-mail"])
compose("signed-around-the-content-told-by-the-name", [("Content-Type", 'application/octet-stream; name="smime.p7m"'), ("Content-Transfer-Encoding", "base64")],
        b64(signed(INNER, False)), text=TEXT, files=[file("a.pdf", PDF)], signed=["smime"])
compose("signed-around-the-content-told-by-the-name-of-the-attachment",
        [("Content-Type", "application/octet-stream"), ("Content-Disposition", 'attachment; filename="smime.p7m"'), ("Content-Transfer-Encoding", "base64")],
        b64(signed(INNER, False)), text=TEXT, files=[file("a.pdf", PDF)], signed=["smime"])
compose("encrypted-by-pgp-in-a-text-in-base64", [("Content-Transfer-Encoding", "base64")], b64(ARMOUR), text=ARMOUR.decode(), faults=["encrypted-mail"])
compose("encrypted-by-pgp-in-a-text-in-quoted-printable", [("Content-Transfer-Encoding", "quoted-printable")], b"=2D" + ARMOUR[1:].replace(b"=abcd", b"=3Dabcd"),
        text=ARMOUR.decode(), faults=["encrypted-mail"])
SIGNATURE = ("-----BEGIN PGP SIGNATURE-----", "", "iQEzBAEB", "=abcd", "-----END PGP SIGNATURE-----")
CLEAR = ("-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA256", "", TEXT, "- - 申报表", *SIGNATURE)
compose("signed-by-pgp-in-the-text", [], lines(*CLEAR, ""), text=TEXT + "\n- 申报表", signed=["pgp"])
compose("signed-by-pgp-in-a-text-in-base64", [("Content-Transfer-Encoding", "base64")], b64(lines(*CLEAR, "")), text=TEXT + "\n- 申报表", signed=["pgp"])
compose("signed-by-pgp-in-the-text-above-a-footer", [], lines(*CLEAR, "由单位邮件网关转发", ""), text=TEXT + "\n- 申报表\n由单位邮件网关转发", signed=["pgp"])
compose("signed-by-pgp-in-the-text-and-cut-off", [], lines(*CLEAR[:4]), text=TEXT, signed=["pgp"])
multi("signed-by-pgp", 'multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary="b"', lines(
    "--b", T, "", TEXT, "--b", 'Content-Type: application/pgp-signature; name="signature.asc"', "", *SIGNATURE, "--b--", ""), text=TEXT, signed=["pgp"])
multi("signed-by-smime-in-a-mail-with-a-signature-attached", 'multipart/signed; protocol="application/pkcs7-signature"; boundary="b"', lines(
    "--b", 'Content-Type: multipart/mixed; boundary="i"', "", "--i", T, "", TEXT, "--i", 'Content-Type: application/pgp-signature; name="a.asc"', "", *SIGNATURE, "--i--",
    "--b", 'Content-Type: application/pkcs7-signature; name="smime.p7s"', "Content-Transfer-Encoding: base64", "", "MAA=", "--b--", ""), text=TEXT, signed=["smime"])

# Broken headers and bodies.
B = f"From: {word('海港区总工会')} <hgq@example.com>\nTo: qhdghgz@example.com\nSubject: {word('材料')}\n".encode()
raw_message("blank-lines-before-the-headers", b"\n\n" + B + b"\n" + TEXT.encode(), subject="材料", sender=UNIT, text=TEXT, files=[], faults=["leading-blank-lines"])
raw_message("blanks-before-the-colon", B.replace(b"Subject:", b"Subject  :") + b"\n" + TEXT.encode(), subject="材料", sender=UNIT, text=TEXT, files=[], faults=[])
raw_message("body-without-an-empty-line-before-it", B + TEXT.encode() + b"\n", subject="材料", sender=UNIT, text=TEXT, files=[], faults=["missing-header-separator"])
raw_message("headers-alone", B, subject="材料", sender=UNIT, text="", files=[], faults=["truncated-headers"])
raw_message("a-byte-order-mark-first", b"\xef\xbb\xbf" + B + b"\n" + TEXT.encode(), subject="材料", sender=UNIT, text=TEXT, files=[], faults=[])
raw_message("zeros-in-the-body", B + b"\na\0b\0c\n", subject="材料", sender=UNIT, text="a b c", files=[], faults=[])
raw_message("a-line-of-blanks-ends-the-headers", B + b" \t\n" + TEXT.encode(), subject="材料", sender=UNIT, text=TEXT, files=[], faults=[])
raw_message("references-of-four", B + b"In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n\t<c@x>\n" + b"\n" + TEXT.encode(), subject="材料", sender=UNIT, text=TEXT, files=[], faults=[],
            references=["<a@x>", "<b@x>", "<c@x>"], inReplyTo="<c@x>")
print(len(MADE), "messages")
