#!/usr/bin/env python3
"""Computes vectors/formats.json from the specification alone: salts, a pack with one, roots of version 2 that a device signs, and
what readers must take although no writer makes it.

Needs Python 3 and its package "cryptography", 43 or later. Run in this folder: python3 formats.py > formats.json
All byte strings are hexadecimal. Set and K are those of device.json; the device is another one, because its identifier has to be the hash of its key.
"""

import hmac
import hashlib
import json
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import p256
from device import REPOSITORY, SET, chunk_id, count, nonce, padme, sealed, sha, subkey, transcript
from snapshot import (END, GENERATION, LEAVE, RUN, TEXT, TEXT_FRAME, bad, enter, fifo, file_, file_end, flipped, frame, hard_link,
                      metadata, named, record, u8, u16, u32, u64, zstd_frame)

KEY = p256.derive_key_pair(sha(b"vector device of formats"), b"HK1 vector")
PUBLIC = p256.spki(p256.public(KEY))
DEVICE = sha(PUBLIC)[:16]
OTHER = p256.derive_key_pair(sha(b"vector other device"), b"HK1 vector")
PREVIOUS = sha(b"vector stub before")
SEQUENCE = 9
SERIES = SET + u32(GENERATION) + DEVICE
PLACE = SERIES + u64(SEQUENCE) + PREVIOUS


# HK1-C-06.

def salt(magic, label, context, drawn, content):
    return hmac.new(subkey(label), transcript(b"salt", magic, context, drawn, content), hashlib.sha256).digest()


def salts():
    cases = [("a pack of no entries", b"HK1p", "pack", SERIES, count(1, 32), b""),
             ("a pack of two entries", b"HK1p", "pack", SERIES, count(1, 32), lines([b"one", b"two"])[0]),
             ("the same in another order", b"HK1p", "pack", SERIES, count(1, 32), lines([b"two", b"one"])[0]),
             ("a root", b"HK1r", "manifest", PLACE, count(2, 32), b"content"),
             ("a root of the same random bytes and another content", b"HK1r", "manifest", PLACE, count(2, 32), b"other"),
             ("a password of restic", b"HK1t", "restic", SET + u32(GENERATION) + REPOSITORY, count(3, 32),
              u16(7) + b"restic!" + bytes(247))]
    return [{"what": what, "magic": magic.decode(), "subkey": label, "context": context.hex(), "random": drawn.hex(),
             "content": content.hex(), "salt": salt(magic, label, context, drawn, content).hex()}
            for what, magic, label, context, drawn, content in cases]


def lines(chunks):
    """The lines of the directory of a pack of these chunks, and its frames."""
    at, out, frames = 72, b"", []
    for chunk in chunks:
        framed = frame(chunk)
        out += u32(at) + u32(len(framed) + 16) + chunk_id(chunk)
        frames.append(framed)
        at += len(framed) + 16
    return out, frames


def pack(chunks, drawn):
    listed, frames = lines(chunks)
    key, start = sealed(b"HK1p", b"HK1 pack", subkey("pack"), SERIES, salt(b"HK1p", "pack", SERIES, drawn, listed))
    body = start
    for number, framed in enumerate(frames):
        body += AESGCM(key).encrypt(nonce(number), framed, start)
    fixed = len(body) + 16 + 20
    directory = u32(len(chunks)) + listed
    directory += bytes(padme(fixed + len(directory)) - fixed - len(directory))
    directory = AESGCM(key).encrypt(nonce(2**32 - 2), directory, start)
    return body + directory + AESGCM(key).encrypt(nonce(2**32 - 1), u32(len(directory)), start)


# HK1-M-08.

def reference(number, chunk):
    return u32(0) + u32(number) + u32(72 + 100 * number) + u32(len(chunk) + 21) + u32(len(chunk)) + chunk_id(chunk)


TABLE, TREE = b"a pack table", b"a manifest"


def head(version=2):
    counts = u64(1_800_000_000) + u64(3) + u64(1234) + sha(b"vector list") + u32(1) + u32(1) + u32(1)
    return u8(version) + counts + sha(b"vector pack") + reference(0, TABLE) + reference(1, TREE)


def signed(before, place_=None, key=KEY, public=PUBLIC):
    set_id, generation, device, sequence, previous = place_ or (SET, GENERATION, DEVICE, SEQUENCE, PREVIOUS)
    content = before + public
    return content + p256.sign(key, transcript(b"snapshot root", set_id, device, u32(generation), u64(sequence), previous, content))


def parameters(chunker=1, rule=1):
    return u16(chunker) + u16(rule)


def root(content):
    """A genuine seal under K, which any holder of K can make."""
    return padded(content, padme, b"\0")


def padded(content, size, fill):
    key, start = sealed(b"HK1r", b"HK1 root", subkey("manifest"), PLACE, salt(b"HK1r", "manifest", PLACE, count(2, 32), content))
    plain = u32(len(content)) + content
    plain += fill * (size(72 + 16 + len(plain)) - 88 - len(plain))
    return start + AESGCM(key).encrypt(bytes(12), plain, start)


def roots():
    good = signed(head() + parameters())
    other = p256.spki(p256.public(OTHER))
    here = (SET, GENERATION, DEVICE, SEQUENCE, PREVIOUS)

    def elsewhere(at, value):
        return root(signed(head() + parameters(), here[:at] + (value,) + here[at + 1:]))

    end = len(good) - 64 - 91
    return {
        "setId": SET.hex(), "generation": GENERATION, "deviceId": DEVICE.hex(), "sequence": SEQUENCE, "previous": PREVIOUS.hex(),
        "private": KEY.to_bytes(32, "big").hex(), "publicKey": PUBLIC.hex(),
        "random": count(2, 32).hex(), "content": good.hex(), "root": root(good).hex(),
        "started": 1_800_000_000, "files": 3, "bytes": 1234, "listHash": sha(b"vector list").hex(), "chunker": 1, "rule": 1,
        "anotherChunker": {"chunker": 3, "root": root(signed(head() + parameters(chunker=3))).hex()},
        "bad": bad(
            ("not signed", root(head())), ("a signature of zeros", root(good[:-64] + bytes(64))),
            ("a bit of the signature", root(flipped(good, len(good) - 1))), ("half a signature", root(good[:-32])),
            ("a byte behind the signature", root(good + b"\0")),
            ("signed by another device under its own key", root(signed(head() + parameters(), key=OTHER, public=other))),
            ("signed by another device under this one's key", root(signed(head() + parameters(), key=OTHER))),
            ("a key in compressed form", root(signed(head() + parameters(), public=PUBLIC[:26] + p256.compressed(p256.public(KEY))))),
            ("a key that is no point", root(signed(head() + parameters(), public=PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1])))),
            ("signed for another set", elsewhere(0, count(1, 16))), ("signed for another generation", elsewhere(1, 2)),
            ("signed for another device", elsewhere(2, count(1, 16))), ("signed for another number", elsewhere(3, 8)),
            ("signed for another predecessor", elsewhere(4, bytes(32))),
            ("more files than were signed", root(flipped(good, 16))), ("another list than was signed", root(flipped(good, 30))),
            ("another pack than was signed", root(flipped(good, 70))),
            ("another chunker than was signed", root(flipped(good, end - 3))), ("another rule than was signed", root(flipped(good, end - 1))),
            ("signed as what the vault signs", root(good[:-64] + p256.sign(KEY, transcript(b"witness", good[:-64])))),
            ("version 1 with what version 2 has behind it", root(signed(head(version=1) + parameters()))),
            ("version 0", root(signed(head(version=0) + parameters()))),
            ("a later version, signed", root(signed(head(version=3) + parameters()))),
            ("a later rule, signed", root(signed(head() + parameters(rule=2)))),
            ("without its parameters", root(signed(head()))),
        ),
    }


# What readers take.

def good(*cases):
    return [{"what": what, "bytes": data.hex()} for what, data in cases]


def padded_roots():
    """HK1-M-01: neither the size of a root nor what follows its content is looked at."""
    content = signed(head() + parameters())
    return good(("no padding", padded(content, lambda n: n, b"")), ("padding that is not zero", padded(content, padme, b"\1")),
                ("more padding than Padmé's", padded(content, lambda n: 2 * padme(n), b"\0")))


def any_frame(*blocks, window=0x50):
    """A frame without content size and checksum; 0x50 is a window of 1 MiB, 0x68 one of 8 MiB."""
    return b"\x28\xb5\x2f\xfd\0" + u8(window) + zstd_frame(*blocks)[9:]


def frames():
    """HK1-C-05: data that a reader opens to the chunk, and data that it must refuse."""
    skipped = b"\x50\x2a\x4d\x18" + struct.pack("<I", 3) + b"any"

    def case(what, chunk, data):
        return {"what": what, "chunkId": chunk_id(chunk).hex(), "length": len(chunk), "frame": frame(chunk, data).hex()}

    return {
        "good": [case("no content size", RUN, any_frame((b"a", 100_000), b"end")),
                 case("a window of 8 MiB", RUN, any_frame((b"a", 100_000), b"end", window=0x68)),
                 case("two frames", TEXT + b"end", TEXT_FRAME + zstd_frame(b"end")),
                 case("a frame to be skipped in front", TEXT, skipped + TEXT_FRAME),
                 case("a frame to be skipped behind", TEXT, TEXT_FRAME + skipped)],
        "bad": bad(("only a frame to be skipped", frame(b"x", skipped)), ("two frames that are too long", frame(TEXT, TEXT_FRAME + zstd_frame(b"end"))),
                   ("a frame to be skipped that is cut", frame(TEXT, TEXT_FRAME + skipped[:-1]))),
    }


def stream(*records):
    return u8(1) + b"".join(records)


def manifests():
    """HK1-M-03, HK1-M-04, HK1-M-07, at bounds that take few bytes."""
    top, all_bits = enter(b""), 2**64 - 1
    owner = u32(0o644) + u32(2**32 - 1) * 2 + metadata(0)[12:]
    return {
        "goodManifests": good(
            ("nothing but the top", stream(top, LEAVE, END)),
            ("an inode and a device of all bits", stream(top, file_(b"f", 0, inode=all_bits, device=all_bits, links=2**32 - 1),
                                                         file_end(0), hard_link(b"g", all_bits, all_bits), LEAVE, END)),
            ("an owner and a group of all bits", stream(top, record(10, named(b"p") + owner), LEAVE, END)),
            ("a size that is not the length", stream(top, file_(b"f", 2**63 - 1), file_end(0), LEAVE, END)),
            ("a hard link to nothing", stream(top, hard_link(b"g", 9), LEAVE, END)),
            ("names that differ in case only", stream(top, fifo(b"A"), fifo(b"a"), LEAVE, END)),
            ("names of other systems", stream(top, fifo(b"..\\x"), fifo(b"C:x"), fifo(b"CON"), fifo(b"\xff"), LEAVE, END)),
            ("a name of an attribute of 255 bytes", stream(enter(b"", attributes=((b"a" * 255, b""),)), LEAVE, END)),
            ("a reference to no pack at all in contents that do not count",
             stream(top, file_(b"f", 3), record(5, u32(2**31 - 1) + reference(0, b"raw")[4:]), file_end(3, 2), LEAVE, END))),
        "badManifests": bad(
            ("a size of 2^63", stream(top, file_(b"f", 2**63), file_end(0), LEAVE, END)),
            ("an attribute twice", stream(enter(b"", attributes=((b"a", b""), (b"a", b""))), LEAVE, END)),
            ("a name of an attribute of 256 bytes", stream(enter(b"", attributes=((b"a" * 256, b""),)), LEAVE, END)),
            ("a reference to pack 2^31", stream(top, file_(b"f", 3), record(5, u32(2**31) + reference(0, b"raw")[4:]), file_end(3), LEAVE, END)),
            ("a reference beyond 24 MiB",
             stream(top, file_(b"f", 3), record(5, reference(0, b"raw")[:8] + u32(25_165_825) + reference(0, b"raw")[12:]), file_end(3), LEAVE, END)),
            ("metadata that are cut", stream(record(10, named(b"p") + metadata(0o600)[:-3]), LEAVE, END))),
    }


def main():
    chunks = [b"one", b"two", count(0, 100)]
    print(json.dumps({
        "salts": salts(),
        "pack": {"deviceId": DEVICE.hex(), "random": count(1, 32).hex(), "chunks": [c.hex() for c in chunks],
                 "pack": pack(chunks, count(1, 32)).hex()},
        "root": roots(), "paddedRoots": padded_roots(), "frames": frames(), **manifests(),
    }, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
