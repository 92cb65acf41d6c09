"""Forms that were typed, and papers in a PDF, for compose_forms.py. Needs LibreOffice (soffice) and ImageMagick (convert)."""
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
BORDERS = "<w:tblPr><w:tblW w:w='9000' w:type='dxa'/><w:tblBorders>" + "".join(f"<w:{side} w:val='single' w:sz='6'/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders></w:tblPr>"


def paragraph(text):
    return f"<w:p><w:r><w:rPr><w:rFonts w:eastAsia='Noto Serif CJK SC'/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def cell(text, width, span=1):
    return f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>" + (f"<w:gridSpan w:val='{span}'/>" if span > 1 else "") + f"</w:tcPr>{paragraph(text)}</w:tc>"


def grid_rows(labels, fields, shared):
    """Rows of the table; where shared, unit and date stand in one."""
    name, unit, date, head, content = fields.values()
    def wide(words, text):
        return "<w:tr>" + cell(words, 2200) + cell(text, 6800, 3) + "</w:tr>"
    both = "<w:tr>" + cell(labels[1], 2200) + cell(unit, 2900) + cell(labels[2], 1500) + cell(date, 2400) + "</w:tr>"
    middle = both if shared else wide(labels[1], unit) + wide(labels[2], date)
    return wide(labels[0], name) + middle + wide(labels[3], head) + wide(labels[4], content) + wide("单位意见", "同意上报。")


def document(labels, fields, layout):
    """The body of a typed form: a table, a table with a shared row, or lines."""
    title = paragraph("工会工作创新成果申报表")
    if layout == "lines":
        lines = "".join(paragraph(f"{words}：{text}") for words, text in zip(labels[:4], fields.values()))
        return title + lines + paragraph(labels[4] + "：") + paragraph(fields["content"]) + paragraph("单位意见：同意上报。") + paragraph("负责人（签字）：　　　　（公章）")
    grid = "<w:tblGrid>" + "".join(f"<w:gridCol w:w='{width}'/>" for width in (2200, 2900, 1500, 2400)) + "</w:tblGrid>"
    return title + f"<w:tbl>{BORDERS}{grid}{grid_rows(labels, fields, layout == 'shared')}</w:tbl>" + paragraph("")


def package(path, body):
    with zipfile.ZipFile(path, "w") as out:
        for part, content in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS),
                              ("word/document.xml", f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')):
            out.writestr(zipfile.ZipInfo(part, (2018, 9, 20, 9, 0, 0)), content)


def convert(wanted):
    """Makes the old formats and text PDFs of packages: wanted is a list of (package, target); the office is started once for each format."""
    with tempfile.TemporaryDirectory() as scratch:
        for extension, kind in (("doc", "doc"), ("wps", "doc"), ("rtf", "rtf"), ("pdf", "pdf")):
            jobs = [(source, target) for source, target in wanted if target.suffix == "." + extension]
            if not jobs:
                continue
            out = pathlib.Path(scratch) / extension
            subprocess.run(["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to", kind, "--outdir", out, *[source for source, _ in jobs]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for source, target in jobs:
                shutil.move(out / (source.stem + "." + kind), target)


def scanned_pdf(pictures, target):
    """Pages that were scanned, each a JPEG in a PDF made by hand."""
    objects, kids = [b"<< /Type /Catalog /Pages 2 0 R >>", b""], []
    for picture in pictures:
        data = picture.read_bytes()
        width, height, colours = subprocess.run(["identify", "-format", "%w %h %[channels]", picture], check=True, capture_output=True, text=True).stdout.split()[:3]
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        space = "DeviceGray" if colours.startswith("gray") else "DeviceRGB"
        drawn = b"q 595 0 0 842 0 0 cm /P Do Q"
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /P {first + 1} 0 R >> >> /Contents {first + 2} 0 R >>".encode(),
                    f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream",
                    f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream"]
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    target.write_bytes(out + (table + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode())
