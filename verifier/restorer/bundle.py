"""A bundle: a folder with everything that belongs to a set (docs/verifier.md). Nothing in it is believed."""

import json
import os
import stat

from . import keys
from .encoding import Refused, from_base64, from_hex
from .objects import OBJECT_LIMIT, Stub

_JSON_LIMIT = 512 << 20


class Bundle:
    def __init__(self, folder):
        self.folder = folder
        self.passed_over = []
        about = self._json("bundle.json", dict)
        if about.get("hikaeBundle") != 1:
            raise Refused("bundle", "no bundle of version 1")
        self.about = about
        self.set_id = from_hex(about.get("setId"), 16)
        self.generation = about.get("generation")
        if self.generation is not None and type(self.generation) is not int:
            raise Refused("bundle", "the generation is no number")

    def read(self, name, limit=OBJECT_LIMIT):
        """The bytes of a plain file, or None when there is none."""
        try:
            fd = os.open(os.path.join(self.folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        with os.fdopen(fd, "rb") as file:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                return None
            try:
                data = file.read(limit + 1)
            except OSError:
                return None
        if len(data) > limit:
            raise Refused("bundle", f"{name} is too long")
        return data

    def _json(self, name, kind):
        data = self.read(name, _JSON_LIMIT)
        try:
            value = json.loads(data) if data is not None else None
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, kind):
            raise Refused("bundle", f"{name} is missing or no JSON of its type")
        return value

    def files(self, folder, most=100_000):
        """Names of the files of a folder, sorted."""
        try:
            return [f"{folder}/{name}" for name in sorted(os.listdir(os.path.join(self.folder, folder)))[:most]]
        except OSError:
            return []

    def object(self, name):
        text = name.hex()
        try:
            return self.read(f"objects/{text[:2]}/{text}")
        except Refused:
            return None

    def object_list(self, snapshot_id):
        return self.read(f"lists/{snapshot_id.hex()}")

    def wraps(self):
        """Every wrap that has the form of one; what has not is passed over (HK1-K-22)."""
        out = []
        for view in self._json("wraps.json", list):
            blob = view.get("blob") if isinstance(view, dict) else None
            if blob is None:
                continue
            try:
                out.append(keys.parse_wrap(from_base64(blob)))
            except Refused as e:
                self.passed_over.append(f"a wrap: {e}")
        return out

    def snapshots(self):
        """Entries of the list as they are: (view, stub or None when it does not compute)."""
        out = []
        for view in self._json("snapshots.json", list):
            if not isinstance(view, dict):
                raise Refused("bundle", "an entry of the list is no object")
            out.append((view, stub_of(view)))
        return out


def stub_of(view):
    """The stub, when it and its identifiers compute (HK1-S-04, HK1-D-05)."""
    try:
        generation, sequence = view["generation"], view["sequence"]
        if type(generation) is not int or type(sequence) is not int:
            return None
        if not 1 <= generation < 1 << 32 or not 1 <= sequence < 1 << 53:
            return None
        stub = Stub(from_hex(view["setId"], 16), from_hex(view["deviceId"], 16), generation, sequence,
                    from_hex(view["previous"], 32), from_hex(view["root"], 32), from_hex(view["listHash"], 32))
        computed = stub.hash()
        if (sequence == 1) != (stub.previous == bytes(32)):
            return None
        if from_hex(view["stubHash"], 32) != computed or from_hex(view["snapshotId"], 16) != computed[:16]:
            return None
        return stub
    except (KeyError, Refused):
        return None


def removed(view):
    fate = view.get("fate")
    return isinstance(fate, dict) and fate.get("state") == "REMOVED"
