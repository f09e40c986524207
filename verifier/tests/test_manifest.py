"""Manifests against the vectors, good and bad."""

import unittest

from restorer.encoding import Refused
from restorer.manifest import Stream, entries
from tests.vectors import raw, vectors

SNAPSHOT, FORMATS = vectors("snapshot"), vectors("formats")
KINDS = {"directory": "enter", "file that does not count": "file"}


def read(data):
    return list(entries(Stream(raw(data)[i:i + 7] for i in range(0, len(raw(data)), 7))))


class ManifestTest(unittest.TestCase):
    def test_tree(self):
        path, found = [], []
        for e in read(SNAPSHOT["snapshot"]["manifest"]):
            if e.kind == "leave":
                path.pop()
                continue
            found.append((b"/".join([*path, e.name]) or b"/", e))
            if e.kind == "enter":
                path.append(e.name)
        for wanted, (where, e) in zip(SNAPSHOT["snapshot"]["tree"], found, strict=True):
            self.assertEqual((wanted["path"], KINDS.get(wanted["kind"], wanted["kind"])), (where.hex(), e.kind))
            if "mode" in wanted:
                self.assertEqual(wanted["mode"], e.meta.mode)
            if "length" in wanted:
                self.assertEqual((wanted["length"], wanted["state"]), (e.length, e.state))
            if "target" in wanted:
                self.assertEqual(wanted["target"], e.target.hex())

    def test_good(self):
        for good in FORMATS["goodManifests"]:
            with self.subTest(good["what"]):
                self.assertTrue(read(good["bytes"]))

    def test_bad(self):
        for bad in SNAPSHOT["badManifests"] + FORMATS["badManifests"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                read(bad["bytes"])


if __name__ == "__main__":
    unittest.main()
