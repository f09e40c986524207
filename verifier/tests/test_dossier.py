"""Dossiers: what the key has signed is shown, and one byte changed anywhere is refused."""

import base64
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from restorer.__main__ import main
from restorer.dossier import check_dossier
from restorer.encoding import Refused, sha

NAME = "portal.example/api/public/log"
ENDS = ("en.pdf", "ja.pdf", "json")


class DossierTest(unittest.TestCase):
    def setUp(self):
        self.secret = ed25519.Ed25519PrivateKey.generate()
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.folder = pathlib.Path(self.place.name)
        self.write()

    def typed(self):
        return b"\1" + self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def key(self, name=NAME):
        number = sha(name.encode() + b"\n" + self.typed())[:4]
        return f"{name}+{number.hex()}+{base64.b64encode(self.typed()).decode()}"

    def write(self, result="HOLDS", first="hikae dossier\nversion 1\n", **more):
        claim = {"id": "vault.root", "result": result, "facts": [{"code": "CARD_SIGNED", "en": "signed", "ja": "署名"}]}
        report = {"form": "hikae-dossier/1", "madeAt": "2026-12-03T12:00:00Z", "challenge": "blue 7", "claims": [claim]}
        report.update(more)
        files = {"json": json.dumps(report).encode(), "en.pdf": b"%PDF en", "ja.pdf": b"%PDF ja"}
        text = f"{first}made 2026-12-03T12:00:00Z\n"
        text += "".join(f"{sha(files[end]).hex()}  dossier.{end}\n" for end in ENDS)
        number = bytes.fromhex(self.key().split("+")[1])
        mark = base64.b64encode(number + self.secret.sign(text.encode())).decode()
        files["note"] = f"{text}\n— {NAME} {mark}\n".encode()
        for end, data in files.items():
            (self.folder / f"dossier.{end}").write_bytes(data)

    def run_main(self, *more):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main(["dossier", str(self.folder), "--key", self.key(), *more])
        return code, out.getvalue()

    def test_what_is_signed_is_shown(self):
        code, said = self.run_main("--challenge", "blue 7")
        self.assertEqual((0, "HOLDS    vault.root: signed\n"), (code, said))
        self.write(result="FAILS")
        self.assertEqual(6, self.run_main()[0])

    def test_one_byte_changed_anywhere_is_refused(self):
        for end in ("note", *ENDS):
            path = self.folder / f"dossier.{end}"
            whole = path.read_bytes()
            for at in range(len(whole)):
                path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
                with self.assertRaises(Refused, msg=f"{end} {at}"):
                    check_dossier(self.folder, self.key())
                path.write_bytes(whole[:at] + whole[at + 1:])
                with self.assertRaises(Refused, msg=f"{end} {at} left out"):
                    check_dossier(self.folder, self.key())
            path.write_bytes(whole)
        self.assertEqual(0, self.run_main()[0])

    def test_another_key_or_name_is_refused(self):
        key = self.key()
        for other in (self.key("other"), key[:-2] + "A=", "", "a+b", key.replace("+", "-", 1)):
            with self.assertRaises(Refused, msg=other):
                check_dossier(self.folder, other)
        self.secret = ed25519.Ed25519PrivateKey.generate()
        with self.assertRaises(Refused):
            check_dossier(self.folder, self.key())

    def test_another_form_or_challenge_is_refused(self):
        self.assertEqual(7, self.run_main("--challenge", "red 8")[0])
        self.write(madeAt="2025-12-03T12:00:00Z")
        self.assertEqual(7, self.run_main()[0])
        self.write(first="hikae update\nversion 1\n")
        self.assertEqual(7, self.run_main()[0])

    def test_a_missing_file_is_told(self):
        (self.folder / "dossier.ja.pdf").unlink()
        self.assertEqual(9, self.run_main()[0])


if __name__ == "__main__":
    unittest.main()
