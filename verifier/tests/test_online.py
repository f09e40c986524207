"""Fetching a set from a portal, and the password through the vault, against a portal on this computer."""

import contextlib
import io
import os
import unittest
import unittest.mock

from restorer import portal as online_portal
from restorer.__main__ import main
from restorer.encoding import Refused, fields, u8, u32
from restorer.online import parser
from tests.server import Server, token
from tests.test_restore import BundleTest


class OnlineTest(BundleTest):
    def setUp(self):
        super().setUp()
        self.server = Server(self.portal, self.vault, [(self.device.device, 3, self.stubs[2].hash())])
        self.addCleanup(self.server.close)
        (self.base / "token").write_text(token())
        (self.base / "password").write_text("ｃｏｒｒｅｃｔ horse battery\n")
        pauses = unittest.mock.patch("restorer.portal.time.sleep")
        pauses.start()
        self.addCleanup(pauses.stop)

    def online(self, *args, pin=True):
        given = [args[0], "--portal", self.server.address, "--token-file", str(self.base / "token"), "--device-key",
                 str(self.base / "key"), *map(str, args[1:]), *(["--vault-root", self.vault.pin] if pin else [])]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main(given, parser)
        self.said = out.getvalue()
        return code

    def fetch(self, **other):
        return self.online("fetch", self.base / "bundle", **other)

    def test_fetch_and_restore_offline(self):
        self.assertEqual(0, self.fetch(), self.said)
        self.assertEqual(0, self.call_again("verify"), self.said)
        self.assertIn("intact", self.said)
        self.assertEqual(0, self.call_again("restore", str(self.base / "t")), self.said)
        self.assertEqual(0o600, os.stat(self.base / "key").st_mode & 0o777)

    def test_password(self):
        self.assertEqual(0, self.fetch(), self.said)
        args = (self.base / "bundle", self.base / "t", "--password-file", self.base / "password")
        self.assertEqual(0, self.online("restore", *args), self.said)
        self.assertIn("restored 3 files", self.said)
        (self.base / "password").write_text("another horse")
        self.assertEqual(8, self.online("restore", self.base / "bundle", "--dry-run", *args[2:]), self.said)
        self.assertIn("password is wrong", self.said)

    def test_no_pin_no_message_to_the_vault(self):
        self.assertEqual(0, self.fetch(pin=False), self.said)
        self.assertNotIn("/v1/device/vault/messages", self.server.asked)
        self.assertEqual(6, self.call_again("verify"))

    def test_what_is_withheld_keeps_nothing_else_away(self):
        root = self.stubs[0].root.hex()
        self.server.lies = {root: lambda status, answer: (403, {"code": "forbidden"}),
                            self.stubs[1].hash()[:16].hex() + "/objects": lambda status, answer: (500, b"x"),
                            "/wraps": lambda status, answer: (403, b"")}
        self.assertEqual(7, self.fetch(), self.said)
        self.assertIn(root, self.said)
        self.assertEqual(0, self.call_again("restore", "--dry-run"), self.said)
        self.assertEqual(7, self.call_again("verify"))

    def test_busy_is_asked_again(self):
        answers = iter([(503, {"code": "busy"}), (429, {}), (404, b"<html>")])
        self.server.lies = {"/wraps": lambda status, answer: next(answers, (status, answer))}
        self.assertEqual(0, self.fetch(), self.said)

    def test_no_redirect_is_followed(self):
        self.server.lies = {"/v1/enrollment": lambda status, answer: (302, b"")}
        self.assertEqual(5, self.fetch(), self.said)

    def test_another_person(self):
        self.server.lies = {"/v1/enrollment": lambda status, answer: (200, {"issuer": "https://other.example.com", "subject": "x"})}
        self.assertEqual(6, self.fetch(), self.said)
        self.assertIn("HK1-E-20", self.said)

    def test_plain_http_is_refused(self):
        for address in ("http://portal.example.com", "ftp://portal.example.com", "https://me@portal.example.com",
                        "https://portal.example.com/?a"):
            with self.assertRaises(Refused):
                online_portal.Portal(address, "t", str(self.base / "k"))

    def test_vault_that_lies(self):
        self.assertEqual(0, self.fetch(), self.said)
        args = (self.base / "bundle", "--dry-run", "--password-file", self.base / "password")
        clear = fields(u8(0), fields(u8(8), u8(0), u32(0)))  # that the record is locked, in clear
        for lie in (clear, fields(u8(1), bytes(64)), fields(u8(0), fields(u8(0), b""))):
            self.server.lies = {"/vault/messages": lambda status, answer, lie=lie: (200, lie)}
            self.assertNotEqual(0, self.online("restore", *args), self.said)
            self.assertIn("must not come so" if lie is clear else "HK1-V-04", self.said)

    def login(self):
        """A login while each look at the clock takes ten seconds."""
        args = (self.base / "bundle", "--dry-run", "--password-file", self.base / "password")
        with unittest.mock.patch("restorer.portal.time.monotonic", side_effect=range(0, 10_000, 10)):
            return self.online("restore", *args)

    def test_receipt_of_another_login(self):
        self.assertEqual(0, self.fetch(), self.said)
        receipt = self.vault.receipt
        for other in ({"detail": bytes(32)}, {"event": 3}, {"device": bytes(16)}, {"cred_id": bytes(32)}, {"subject": "x"}):
            def lie(event, device, detail, cred_id, other=other):
                return receipt(**{"event": event, "device": device, "detail": detail, "cred_id": cred_id, **other})
            with unittest.mock.patch.object(self.vault, "receipt", lie):
                self.assertNotEqual(0, self.login(), self.said)
            self.assertIn("HK1-V-45", self.said)

    def test_what_comes_in_clear_says_nothing_of_a_try(self):
        self.assertEqual(0, self.fetch(), self.said)
        clear, sent = fields(u8(0), fields(u8(8), u8(0), u32(0))), []

        def lie(status, answer):
            sent.append(answer)
            return (200, clear) if len(sent) in (2, 3) else (status, answer)
        self.server.lies = {"/vault/messages": lie}
        self.assertEqual(0, self.login(), self.said)
        self.assertEqual(5, len(sent))  # Status, LOGIN_START three times, LOGIN_FINISH
        self.server.lies = {"/vault/messages": lambda status, answer: (200, clear) if sent.append(0) or len(sent) > 6 else
                            (status, answer)}
        self.assertEqual(5, self.login(), self.said)
        self.assertIn("probably gone", self.said)


if __name__ == "__main__":
    unittest.main()
