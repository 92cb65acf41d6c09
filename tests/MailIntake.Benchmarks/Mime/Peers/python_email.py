"""The same work as MimeWork by Python's email package: python3 python_email.py PATH SECONDS, prints MB/s."""
import email
import email.policy
import pathlib
import sys
import time

path, seconds = pathlib.Path(sys.argv[1]), float(sys.argv[2])
files = sorted(path.rglob("*.eml")) if path.is_dir() else [path]
messages = [file.read_bytes() for file in files]
size = sum(len(message) for message in messages)


def whole(raw):
    made = 0
    for part in email.message_from_bytes(raw, policy=email.policy.default).walk():
        try:
            made += sum(len(str(value)) for value in part.values())
            if part.is_multipart():
                continue
            made += len(part.get_content() if part.get_content_maintype() == "text" else part.get_payload(decode=True) or b"")
        except Exception:  # What it refuses costs it nothing: in its favour.
            pass
    return made


def passes(limit):
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < limit:
        for raw in messages:
            whole(raw)
        count += 1
    return count, time.perf_counter() - start


passes(min(seconds, 2))
count, took = passes(seconds)
print(f"{size * count / took / 1e6:.1f} -")
