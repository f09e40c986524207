"""The password, OPAQUE and the channel against the vectors."""

import unittest

from restorer import opaque
from restorer.encoding import Reader, Refused, mac, transcript, u8
from restorer.keys import parse_wrap
from tests.maker import KEY
from tests.vectors import raw, vectors

V, SNAPSHOT, DEVICE = vectors("vault"), vectors("snapshot"), vectors("device")


class OpaqueTest(unittest.TestCase):
    def login(self, password=None):
        v = V["login"]
        data = raw(V["registration"]["input"]) if password is None else opaque.password_input(password, KEY.set_id)
        return opaque.Login(data, int(v["blind"], 16), raw(v["clientNonce"]), raw(v["clientShareSeed"]))

    def finish(self, login, ke2):
        return login.finish(ke2, V["login"]["server"].encode(), KEY.set_id)

    def test_owner_key(self):
        secret = opaque.owner_key(KEY)
        self.assertEqual(SNAPSHOT["owner"]["private"], f"{secret:064x}")
        self.assertTrue(SNAPSHOT["owner"]["public"].endswith(opaque.uncompressed(opaque.multiply(opaque.G, secret)).hex()))

    def test_passwords(self):
        for each in DEVICE["passwords"]:
            self.assertEqual(each["utf8"], opaque.normalise(each["typed"]).hex())
        v = V["registration"]
        self.assertEqual(raw(v["password"]), opaque.normalise(v["typed"]))
        self.assertEqual(raw(v["input"]), opaque.password_input(raw(v["password"]), KEY.set_id))
        for bad in ("a\tb", "\x7f", "", "a" * 257, "\ud800"):
            with self.assertRaises(Refused):
                opaque.normalise(bad)

    def test_login(self):
        v = V["login"]
        login = self.login()
        self.assertEqual(v["ke1"], login.ke1.hex())
        ke3, session, export = self.finish(login, raw(v["ke2"]))
        self.assertEqual((v["ke3"], v["sessionKey"], v["exportKey"]), (ke3.hex(), session.hex(), export.hex()))
        self.assertEqual(v["mac"], mac(session, transcript("op", raw(v["loginId"]), u8(1), b"")).hex())
        self.assertEqual(KEY.k, parse_wrap(raw(V["registration"]["wrap"])).open(export).k)

    def test_wrong_password(self):
        v = V["login"]["wrongPassword"]
        with self.assertRaises(Refused):
            self.finish(self.login(opaque.normalise(v["typed"])), raw(v["ke2"]))

    def test_bad(self):
        for bad in V["login"]["bad"]:
            with self.subTest(bad["why"]), self.assertRaises(Refused):
                self.finish(self.login(), raw(bad["bytes"]))

    def test_channel(self):
        v = V["channel"]
        channel = opaque.Channel(raw(V["card"]["channelKey"]["public"]), raw(v["info"]), int(v["ephemeral"], 16))
        self.assertEqual(v["sealed"], channel.seal(raw(v["plain"])).hex())
        r = Reader(raw(v["reply"]), "test")
        self.assertEqual(1, r.field_number(1))
        self.assertEqual(v["answer"], channel.open(r.field()).hex())


if __name__ == "__main__":
    unittest.main()
