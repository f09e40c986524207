"""The stream of a manifest, record by record, with every rule that a reader must refuse (docs/spec/manifest.md)."""

from dataclasses import dataclass

from .encoding import Reader, Refused
from .objects import read_reference

RULE = "HK1-M-04"
_LIMIT = 1 << 63


class Stream:
    """Joins pieces, of which it holds one at a time."""

    def __init__(self, pieces):
        self.pieces, self.rest = iter(pieces), b""

    def read(self, length, may_end=False):
        while len(self.rest) < length:
            piece = next(self.pieces, None)
            if piece is None:
                if may_end and not self.rest:
                    return b""
                raise Refused(RULE, "the manifest is cut")
            self.rest += piece
        out, self.rest = self.rest[:length], self.rest[length:]
        return out


@dataclass
class Metadata:
    mode: int
    uid: int
    gid: int
    seconds: int
    nanoseconds: int
    inode: int
    attributes: list


@dataclass
class Entry:
    """One of: enter, leave, file, hard link, symbolic link, named pipe."""

    kind: str
    name: bytes = b""
    meta: Metadata = None
    way: bool = False
    pieces: list = None
    length: int = 0
    state: int = 0
    inode: tuple = None
    target: bytes = b""


def references(blob):
    """Of the bytes that a file keeps of its data."""
    r = Reader(blob, RULE)
    while r.left():
        yield read_reference(r)


def _name(r, top=False):
    name = r.take(r.number(2))
    if top != (name == b"") or name in (b".", b"..") or len(name) > 255 or b"/" in name or b"\0" in name:
        raise Refused(RULE, "a name that is none")
    return name


def _signed(r):
    return int.from_bytes(r.take(8), "big", signed=True)


def _metadata(r):
    mode = r.number(4, 0o10000)
    uid, gid, seconds, nanoseconds = r.number(4), r.number(4), _signed(r), r.number(4, 1_000_000_000)
    _signed(r)
    r.number(4, 1_000_000_000)
    inode, attributes, last = r.number(8), [], b""
    for _ in range(r.number(2, 10_001)):
        name = r.take(r.number(2, 256))
        if name <= last or b"\0" in name:
            raise Refused(RULE, "names of attributes do not ascend")
        last = name
        attributes.append((name, r.take(r.number(4, 262_145))))
    return Metadata(mode, uid, gid, seconds, nanoseconds, inode, attributes)


def entries(stream):
    """The entries in their order; raises at the first record that breaks a rule."""
    if stream.read(1) != b"\1":
        raise Refused("HK1-M-03", "a manifest of another version")
    last, file, begun = [], None, False
    while True:
        kind = stream.read(1)[0]
        length = int.from_bytes(stream.read(4), "big")
        if length > 1 << 20:
            raise Refused(RULE, "a record is too long")
        r = Reader(stream.read(length), RULE)
        if (file is None) == (kind in (4, 5, 6, 7)):
            raise Refused(RULE, "contents outside a file, or something else inside one")
        if begun and not last and kind != 11 or not begun and kind != 1:
            raise Refused(RULE, "something outside the top")
        entry = None
        if kind == 11:
            if last or stream.read(1, may_end=True):
                raise Refused(RULE, "directories are not left, or something is behind the end")
            r.end()
            return
        if kind in (1, 3, 8, 9, 10):
            name = _name(r, top=not begun)
            if last:
                if name <= last[-1]:
                    raise Refused(RULE, "names of a directory do not ascend")
                last[-1] = name
        if kind == 1:
            entry = Entry("enter", name, _metadata(r), way=bool(r.number(1, 2)))
            last.append(b"")
            begun = True
            if len(last) > 2048:
                raise Refused(RULE, "directories are too deep")
        elif kind == 2:
            last.pop()
            entry = Entry("leave")
        elif kind == 3:
            file = Entry("file", name, _metadata(r), pieces=[])
            r.number(8, _LIMIT)
            r.number(4)
            file.inode = (r.number(8), file.meta.inode)
        elif kind == 4:
            file.meta, file.pieces, file.length = _metadata(r), [], 0
            r.number(8, _LIMIT)
        elif kind == 5:
            if length % 52 or not 1 <= length // 52 <= 256:
                raise Refused(RULE, "data of another number of references")
            blob = r.take(length)
            file.length += sum(ref.plain for ref in references(blob))
            file.pieces.append(blob)
        elif kind == 6:
            file.pieces.append(r.number(8, _LIMIT))
            file.length += file.pieces[-1]
            if not file.pieces[-1]:
                raise Refused(RULE, "a hole of no bytes")
        elif kind == 7:
            if r.number(8, _LIMIT) != file.length:
                raise Refused(RULE, "data and holes are not the length")
            file.state = r.number(1, 3)
            entry, file = file, None
        elif kind == 8:
            entry = Entry("hard link", name, inode=(r.number(8), r.number(8)))
        elif kind == 9:
            entry = Entry("symbolic link", name, _metadata(r))
            entry.target = r.take(r.number(2, 4096))
            if not entry.target or b"\0" in entry.target:
                raise Refused(RULE, "a target that is none")
        elif kind == 10:
            entry = Entry("named pipe", name, _metadata(r))
        else:
            raise Refused(RULE, "a record of unknown type")
        if file is not None and file.length >= _LIMIT:
            raise Refused(RULE, "a length of 2^63 and above")
        r.end()
        if entry:
            yield entry
