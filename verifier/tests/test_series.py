"""Decisions about series against every case of series.json."""

import unittest

from restorer import objects
from restorer.bundle import stub_of
from restorer.encoding import Refused, sha
from restorer.series import Place, Reader, group
from tests.test_objects import KEY
from tests.vectors import raw, vectors

V = vectors("series")
DEVICES = {name: raw(d["deviceId"]) for name, d in V["devices"].items()}
NAMES = {v: k for k, v in DEVICES.items()}
STUBS = {raw(s["stubHash"]): name for name, s in V["snapshots"].items()}


def place(given):
    s = V["snapshots"][given["snapshot"]]
    return Place(s["sequence"], raw(s["stubHash"]), given.get("at", 0), bool(given.get("gone")), bool(given.get("accepted")))


def decide(case):
    def opens(stub):
        name = STUBS[stub.hash()]
        if name in case.get("withheld", []):
            raise Refused("HK1-R-15", "withheld")
        data = raw(case.get("instead", {}).get(name, V["snapshots"][name]["rootObject"]))
        if stub.generation != KEY.generation:
            raise Refused("HK1-K-13", "no K")
        return objects.open_root(data, KEY, stub)

    entries = []
    for name in case["shown"]:
        view = {**V["snapshots"][name], "fate": {"state": "REMOVED" if name in case.get("removed", []) else "KEPT"}}
        entries.append((view, stub_of(view)))
    memory = {DEVICES[d]: place(m) for d, m in case["memory"].items() if "snapshot" in m}
    signs = [DEVICES[d] for d, m in case["memory"].items() if m.get("signs")] + [DEVICES[d] for d in case.get("signs", [])]
    witness = None if case["vault"] is None else {DEVICES[d]: place(w) for d, w in case["vault"].items()}
    reader = Reader(group(entries, raw(V["setId"]))[0], opens, witness, memory, signs, DEVICES[case["reader"]], case["now"],
                    bool(case.get("lacks")))
    kind, _, what = case["request"].partition(" ")
    if kind == "named":
        what = V["snapshots"][what]["snapshotId"]
    else:
        what = DEVICES.get(what)
    return reader.decide(kind, what)


class SeriesTest(unittest.TestCase):
    def test_roots(self):
        for name, s in V["snapshots"].items():
            with self.subTest(name):
                stub = objects.Stub(raw(s["setId"]), raw(s["deviceId"]), s["generation"], s["sequence"], raw(s["previous"]),
                                    raw(s["root"]), raw(s["listHash"]))
                self.assertEqual(s["stubHash"], stub.hash().hex())
                self.assertEqual(s["root"], sha(raw(s["rootObject"])).hex())
                if s["opens"] is None:
                    if name not in ("o1", "b4-no-key", "a-above-all"):
                        with self.assertRaises(Refused):
                            objects.open_root(raw(s["rootObject"]), KEY, stub)
                    continue
                root = objects.open_root(raw(s["rootObject"]), KEY, stub)
                self.assertEqual((s["opens"]["started"], s["opens"]["signed"]), (root.started, root.version == 2))

    def test_decisions(self):
        for i, case in enumerate(V["cases"]):
            with self.subTest(i, why=case["why"]):
                d = decide(case)
                wanted = case["decision"]
                alarms = sorted([k, NAMES[device], n] for k, device, n in d.alarms)
                self.assertEqual(sorted(wanted["alarms"]), alarms)
                self.assertEqual(wanted["then"], d.then, d.refused)
                self.assertEqual(wanted["words"], d.words)
                self.assertEqual(wanted["snapshot"], d.snapshot and STUBS[d.snapshot.hash()])


if __name__ == "__main__":
    unittest.main()
