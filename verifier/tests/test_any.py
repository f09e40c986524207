"""Anything at all in a bundle's JSON and in what the vault has signed ends with a code, never with a defect."""

import json
import random
import unittest

from tests.test_restore import BundleTest

ODD = [None, True, -1, 0, 1 << 70, 1.5, "", "x", [], {}, "\ud800", "ÿ", [[]], {"a": 1}, "00" * 16, "00" * 32, float("inf"), 1 << 62]


class AnyTest(BundleTest):
    def alter(self, rnd):
        p, odd = self.portal, rnd.choice(ODD)
        what = rnd.choice(("about", "wrap", "snapshot", "fate", "entry", "vault"))
        if what == "about":
            p.about[rnd.choice(list(p.about))] = odd
        elif what == "entry":
            rnd.choice((p.snapshots, p.wraps)).append(odd)
        elif what == "vault":
            name = rnd.choice(list(p.vault))
            data = bytearray(p.vault[name])
            data[rnd.randrange(len(data))] ^= 1 << rnd.randrange(8)
            p.vault[name] = bytes(data[:rnd.choice((len(data), rnd.randrange(len(data))))])
        else:
            where = rnd.choice(p.wraps if what == "wrap" else p.snapshots)
            where = where["fate"] if what == "fate" else where
            where[rnd.choice(list(where))] = odd

    def test_anything(self):
        self.portal.vault |= {"receipts/1": self.vault.receipt(3), "heads/1": self.vault.head()}
        p = self.portal
        good, vault, rnd = json.dumps((p.about, p.wraps, p.snapshots)), dict(p.vault), random.Random(30)
        for i in range(150):
            p.about, p.wraps, p.snapshots = json.loads(good)
            p.vault = dict(vault)
            self.alter(rnd)
            with self.subTest(i):
                self.assertIn(self.call(rnd.choice(("verify", "list"))), (0, 6, 7, 8), self.said)


if __name__ == "__main__":
    unittest.main()
