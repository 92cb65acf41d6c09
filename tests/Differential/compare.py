"""Where readers of mail differ: python3 compare.py OURS PEER... (files of JSON lines), a count for each field and peer.

With --show FIELD PEER it prints each difference of that field. Blanks are not compared, nor how a part's line ends are written."""
import json
import re
import sys


def load(path):
    return {record["path"]: record for record in map(json.loads, open(path, encoding="utf-8"))}


def squeeze(text):
    return re.sub(r"[\s\0\ufeff]+", "", text or "")


def value(record, field):
    if record is None or "refused" in record:
        return None
    if field == "subject":
        return squeeze(record["subject"])
    if field == "name":
        return squeeze((record["from"] or {}).get("name")).strip("\"'")
    if field == "address":
        return squeeze((record["from"] or {}).get("address")).lower()
    if field == "text":
        return squeeze(record["text"])
    raise KeyError(field)


def parts(record):
    """Parts that hold no other; an attached message is one, whatever is in it."""
    return record["parts"] if "parts" in record else sum(not f["inside"] for f in record["files"])


def lost(ours, peer):
    """Contents that the peer has and ours has not."""
    if "refused" in peer:
        return []
    have = {f[key] for f in ours["files"] for key in ("sha", "shaLf")}
    return [f for f in peer["files"] if f["sha"] not in have and f["size"]]


def renamed(ours, peer):
    """Files whose bytes agree and whose names do not."""
    if "refused" in peer:
        return []
    names = {}
    for f in ours["files"]:
        for key in ("sha", "shaLf"):
            names.setdefault(f[key], set()).add(squeeze(f["name"]))
    return [(f["name"], sorted(names[f["sha"]])) for f in peer["files"] if f["name"] and f["sha"] in names and squeeze(f["name"]) not in names[f["sha"]]]


def difference(ours, peer, field):
    if field == "lost":
        return lost(ours, peer)
    if field == "renamed":
        return renamed(ours, peer)
    if "refused" in peer:
        return []
    if field == "parts":
        return [] if parts(ours) == parts(peer) else [(parts(ours), parts(peer))]
    a, b = value(ours, field), value(peer, field)
    return [] if a == b else [(a[:300], b[:300])]


FIELDS = ["subject", "name", "address", "text", "parts", "lost", "renamed"]


def main(arguments):
    show = None
    if arguments[0] == "--show":
        show, arguments = arguments[1:3], arguments[3:]
    ours, peers = load(arguments[0]), {name: load(name) for name in arguments[1:]}
    for field in FIELDS:
        for name, peer in peers.items():
            found = [(path, d) for path in ours for d in difference(ours[path], peer[path], field)]
            if show is None:
                print(f"{field:8} {name:24} {len(found)}")
            elif show[0] == field and show[1] in name:
                for path, d in found:
                    print(path, d, sep="\n    ")
        if show is None and field in FIELDS[:4]:
            alone = [
                path for path in ours
                if (lambda theirs: len(theirs) > 1 and len(set(theirs)) == 1 and theirs[0] != value(ours[path], field))(
                    [v for v in (value(p[path], field) for p in peers.values()) if v is not None])]
            print(f"{field:8} {'all against ours':24} {len(alone)}")


main(sys.argv[1:])
