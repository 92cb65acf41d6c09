"""What Python's email package makes of messages: python3 peer.py LIST, a line of JSON for each path in LIST."""
import email
import email.policy
import email.utils
import hashlib
import json
import sys


def from_of(message):
    header = message["From"]
    if header is None:
        return None
    addresses = getattr(header, "addresses", None)
    if addresses:
        return {"name": addresses[0].display_name, "address": addresses[0].addr_spec}
    name, address = email.utils.parseaddr(str(header))
    return {"name": name, "address": address}


def read(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    texts, files, parts = [], [], 0
    stack = [(message, False)]
    while stack:
        part, inside = stack.pop(0)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            stack[:0] = [(child, inside) for child in part.iter_parts()]
            continue
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            parts += not inside
            stack[:0] = [(part.get_content(), True)]
            continue
        parts += not inside
        if part.get_content_type() == "text/plain" and not part.is_attachment() and not part.get_filename() and not inside:
            try:
                texts.append(part.get_content())
            except (LookupError, UnicodeError, ValueError):
                texts.append((part.get_payload(decode=True) or b"").decode("latin-1"))
        elif part.get_content_maintype() != "text" or part.get_filename() or part.is_attachment():
            content = part.get_payload(decode=True) or b""
            files.append({"name": part.get_filename(), "type": part.get_content_type(), "sha": hashlib.sha256(content).hexdigest(), "size": len(content)})
    return {"subject": str(message["Subject"] or ""), "from": from_of(message), "text": "\n".join(texts) if texts else None, "files": files, "parts": parts}


for path in open(sys.argv[1], encoding="utf-8").read().splitlines():
    try:
        result = read(open(path, "rb").read())
    except Exception as error:  # Whatever it cannot read it is asked no more about.
        result = {"refused": f"{type(error).__name__}: {error}"}
    try:
        line = json.dumps({"path": path, **result}, ensure_ascii=True)
    except (TypeError, ValueError) as error:
        line = json.dumps({"path": path, "refused": str(error)})
    print(line)
