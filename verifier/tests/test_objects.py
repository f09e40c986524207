"""Keys, packs, roots and lists against the vectors."""

import unittest

from restorer import keys, objects
from restorer.encoding import Refused, padme, sha, transcript, u32
from tests.vectors import raw, vectors

DEVICE, SNAPSHOT, FORMATS = vectors("device"), vectors("snapshot"), vectors("formats")
KEY = keys.Key(raw(DEVICE["K"]), raw(DEVICE["setId"]), DEVICE["generation"])
ID = raw(DEVICE["deviceId"])


def stub_of(v, **other):
    v = {**v, **other}
    return objects.Stub(raw(v["setId"]), raw(v["deviceId"]), v["generation"], v["sequence"], raw(v["previous"]),
                        raw(v.get("root", "00" * 32)), raw(v.get("listHash", "00" * 32)))


class KeysTest(unittest.TestCase):
    def test_subkeys(self):
        for label, wanted in DEVICE["subkeys"].items():
            self.assertEqual(wanted, KEY.subkey(label).hex(), label)

    def test_digits(self):
        digits = keys.read_digits(" ".join(DEVICE["digitRows"]))
        self.assertEqual(KEY.k, keys.parse_wrap(raw(DEVICE["digitWrap"])).open(digits).k)
        self.assertEqual(digits, keys.read_digits("-\u3000".join(DEVICE["digitRows"]).replace("1", "\uff11")))
        for rows in SNAPSHOT["wraps"]["badRows"]:
            with self.assertRaises(Refused):
                keys.read_digits(" ".join(rows))
        with self.assertRaisesRegex(Refused, "row 2"):
            keys.read_digits(DEVICE["digitRows"][0] + "x" + "".join(DEVICE["digitRows"][1:]))
        for bad in SNAPSHOT["wraps"]["badDigits"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                keys.parse_wrap(raw(bad["bytes"])).open(digits)

    def test_password_wrap(self):
        wrap = keys.parse_wrap(raw(DEVICE["passwordWrap"]))
        self.assertEqual(raw(DEVICE["credId"]), wrap.parameters)
        self.assertEqual(KEY.k, wrap.open(raw(DEVICE["exportKey"])).k)

    def test_chain(self):
        wraps = SNAPSHOT["wraps"]
        below = keys.open_chain(keys.parse_wrap(raw(wraps["chain"])), KEY)
        self.assertEqual((raw(wraps["older"]["K"]), 2), (below.k, below.generation))
        self.assertEqual({2, 3}, set(keys.chain_down([keys.parse_wrap(raw(wraps["chain"]))], KEY)))
        for bad in wraps["badChain"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                keys.open_chain(keys.parse_wrap(raw(bad["bytes"])), KEY)


class PacksTest(unittest.TestCase):
    def test_chunk_ids(self):
        for each in DEVICE["chunks"]:
            self.assertEqual(each["chunkId"], objects.chunk_id(KEY, raw(each["plain"])).hex())

    def test_packs(self):
        for data, device in ((DEVICE["pack"], ID), (SNAPSHOT["packs"]["pack"], ID),
                             (FORMATS["pack"]["pack"], raw(FORMATS["pack"]["deviceId"]))):
            pack = objects.Pack(raw(data), KEY, device)
            for number, (offset, length, chunk) in enumerate(pack.directory()):
                pack.chunk(number, offset, length, None, chunk)
        pack = objects.Pack(raw(SNAPSHOT["packs"]["pack"]), KEY, ID)
        for number, (wanted, line) in enumerate(zip(SNAPSHOT["packs"]["chunks"], pack.directory(), strict=True)):
            plain = pack.chunk(number, line[0], line[1], wanted["length"], raw(wanted["chunkId"]))
            self.assertEqual(wanted["sha256"], sha(plain).hex())

    def test_bad_packs(self):
        for bad in SNAPSHOT["packs"]["bad"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                pack = objects.Pack(raw(bad["bytes"]), KEY, ID)
                for number, (offset, length, chunk) in enumerate(pack.directory()):
                    pack.chunk(number, offset, length, None, chunk)

    def test_frames(self):
        for good in FORMATS["frames"]["good"]:
            with self.subTest(good):
                plain = objects.decode_frame(raw(good["frame"]))
                self.assertEqual((good["length"], good["chunkId"]), (len(plain), objects.chunk_id(KEY, plain).hex()))
        for bad in FORMATS["frames"]["bad"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                objects.decode_frame(raw(bad["bytes"]))

    def test_salts(self):
        for each in FORMATS["salts"]:
            salt = objects.mac(KEY.subkey(each["subkey"]), transcript(
                "salt", each["magic"].encode(), raw(each["context"]), raw(each["random"]), raw(each["content"])))
            self.assertEqual(each["salt"], salt.hex(), each["what"])

    def test_padme(self):
        for length, wanted in SNAPSHOT["padme"]:
            self.assertEqual(wanted, padme(length))


class RootsTest(unittest.TestCase):
    def test_stub_and_list(self):
        names = sorted(raw(n) for n in DEVICE["objectNames"])
        self.assertEqual(DEVICE["listHash"], objects.list_hash(b"".join(names)).hex())
        v = SNAPSHOT["snapshot"]
        stub = stub_of(v)
        self.assertEqual((v["stubHash"], v["snapshotId"]), (stub.hash().hex(), stub.hash()[:16].hex()))
        names = b"".join(sorted(raw(n) for n in v["objectNames"]))
        self.assertEqual(3, len(objects.check_list(names, stub.list_hash)))
        for bad in (names[32:] + names[:32], names + names[-32:], names[:-1], names[:-32]):
            with self.assertRaises(Refused):
                objects.check_list(bad, stub.list_hash)

    def test_device_root(self):
        v = {**DEVICE, "sequence": 1, "previous": "00" * 32}
        v.pop("root")
        self.assertEqual(raw(DEVICE["rootContent"]), objects.unseal_root(raw(DEVICE["root"]), KEY, stub_of(v)))

    def test_version_1(self):
        v = SNAPSHOT["snapshot"]
        root = objects.open_root(raw(v["rootObject"]), KEY, stub_of(v))
        self.assertEqual((v["started"], v["files"], v["bytes"], 1),
                         (root.started, root.files, root.bytes, root.version))
        for other in v["elsewhere"]:
            with self.subTest(other["why"]), self.assertRaises(Refused):
                key = keys.Key(KEY.k, raw(other["setId"]), other["generation"])
                objects.unseal_root(raw(v["rootObject"]), key, stub_of(v, **other))
        for bad in v["badRoots"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                stub = stub_of(v, root=sha(raw(bad["bytes"])).hex())
                objects.open_root(raw(bad["bytes"]), KEY, stub)

    def test_version_2(self):
        v = FORMATS["root"]
        for data in [v["root"], v["anotherChunker"]["root"]] + [p["bytes"] for p in FORMATS["paddedRoots"]]:
            root = objects.open_root(raw(data), KEY, stub_of(v, root=sha(raw(data)).hex()))
            self.assertEqual((2, raw(v["publicKey"])), (root.version, root.public_key))
        for bad in v["bad"]:
            stub = stub_of(v, root=sha(raw(bad["bytes"])).hex())
            if bad["why"] == "not signed":
                continue  # a root of version 1 that opens; whether it counts is a matter of the series
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                objects.open_root(raw(bad["bytes"]), KEY, stub)


if __name__ == "__main__":
    unittest.main()
