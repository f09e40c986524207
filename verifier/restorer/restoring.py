"""A restore, or a dry run of it: what was asked for, entry by entry, and what it came to (HK1-S-20)."""

from .encoding import Refused, shown
from .manifest import references
from .reading import manifest_entries, pack_table
from .target import NotRestored


class Outcome:
    """Counts, and what has to be told. `code` is the gravest."""

    def __init__(self, say):
        self.say, self.code = say, 0
        self.files = self.bytes = self.folders = self.others = 0

    def tell(self, text, code):
        self.say(text)
        self.code = max(self.code, code, key=(0, 3, 6, 7, 9).index)


def restore(snapshot, chunks, sink, outcome, on_reference=None):
    """`on_reference(name, ref)` is told of each reference that counts."""
    table, lost = pack_table(snapshot, chunks)
    if lost:
        outcome.tell("names of the pack table are lost", 0)
    files, path = {}, []
    try:
        for entry in manifest_entries(snapshot, chunks):
            _entry(entry, snapshot, chunks, table, sink, outcome, files, path, on_reference)
    except Refused as e:
        if e.code == 9:
            raise
        outcome.tell(f"the manifest cannot be read further: {e}", 7)
        while path:
            path.pop()
            sink.leave(None, lambda text: None)


def _entry(entry, snapshot, chunks, table, sink, outcome, files, path, on_reference):
    where = "/" + "/".join(shown(p) for p in [*path[1:], entry.name])

    def told(text):
        outcome.tell(f"{where}: {text}", 3)

    def contents(file):
        for piece in file.pieces:
            if isinstance(piece, int):
                yield piece
                continue
            for ref in references(piece):
                name = table[ref.pack] if ref.pack < len(table) else None
                if on_reference:
                    on_reference(name, ref)
                yield chunks.chunk(name, ref, snapshot.key, snapshot.stub.device)

    def make(file):
        sink.file(file, contents(file), told)
        outcome.files += 1
        outcome.bytes += file.length

    try:
        if entry.kind == "enter":
            path.append(entry.name)
            outcome.folders += 1
            sink.enter(entry, told)
        elif entry.kind == "leave":
            path.pop()
            sink.leave(entry, told)
        elif entry.kind == "file":
            files[entry.inode] = None if entry.state == 2 else entry
            getattr(sink, "places", {}).pop(entry.inode, None)
            if entry.state == 1:
                outcome.say(f"{where}: changed while it was backed up")
            if entry.state != 2:
                make(entry)
        elif entry.kind == "hard link":
            outcome.others += 1
            _link(entry, sink, outcome, files, told, make, where)
        else:
            outcome.others += 1
            sink.node(entry, told)
    except NotRestored as e:
        told(f"was not restored: {e}")
    except Refused as e:
        if e.code == 9:
            raise
        outcome.tell(f"{where}: is damaged and was not restored: {e}", 7)


def _link(entry, sink, outcome, files, told, make, where):
    if entry.inode not in files:
        outcome.tell(f"{where}: is a further name of a file that the manifest does not have", 7)
    elif files[entry.inode] is None:
        told("is a further name of a file that could not be backed up")
    elif sink.link(entry, told) is False:
        file = files[entry.inode]
        name, file.name = file.name, entry.name
        try:
            make(file)
        finally:
            file.name = name
