#!/usr/bin/env python3
"""Computes vectors/unicode.json: which code points a new password may have (HK1-K-17).

Needs Python 3.11, whose tables are of Unicode 14.0, and no package. Run in this folder: python3 unicode.py > unicode.json
"""

import hashlib
import json
import sys
import unicodedata

VERSION = "14.0.0"
SURROGATES = range(0xD800, 0xE000)


def assigned():
    return [c for c in range(0x110000) if unicodedata.category(chr(c)) != "Cn"]


def ranges(code_points):
    found = []
    for c in code_points:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return ["%04X..%04X" % (first, last) for first, last in found]


def nfkc(code_points):
    """SHA-256 of the NFKC of each code point between two letters, so that marks have something to follow, in UTF-8, joined."""
    total = hashlib.sha256()
    for c in code_points:
        if c not in SURROGATES:
            total.update(unicodedata.normalize("NFKC", "a" + chr(c) + "b").encode())
    return total.hexdigest()


def main():
    if unicodedata.unidata_version != VERSION:
        sys.exit("The tables of this Python are of Unicode %s." % unicodedata.unidata_version)
    all_ = assigned()
    print(json.dumps({
        "version": VERSION, "count": len(all_), "assigned": ranges(all_), "nfkc": nfkc(all_),
        "blanks": ["%04X" % c for c in all_ if unicodedata.category(chr(c)) == "Zs"],
        "refused": ["%04X" % c for c in (0, 9, 10, 0x7F, 0x85, 0x9F, 0xD800, 0xDFFF)],
        "refusedWhenNew": [{"why": why, "codePoint": "%04X" % c} for why, c in (
            ("never assigned so far", 0x0378), ("no character for ever", 0xFFFF), ("no character for ever", 0x10FFFF),
            ("assigned in Unicode 15.0", 0x1FAE8), ("assigned in Unicode 15.1", 0x2FFC), ("assigned in Unicode 16.0", 0x1FAE9))],
    }, indent=1))


if __name__ == "__main__":
    main()
