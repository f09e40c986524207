"""How much has to be read by who trusts it."""

import pathlib
import unittest

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "restorer"
RESTORING = {"encoding", "keys", "objects", "manifest", "bundle", "reading", "restoring", "target"}
ONLINE = {"opaque", "portal", "online"}


class SizeTest(unittest.TestCase):
    def lines(self, takes):
        files = [path for path in FOLDER.glob("*.py") if takes(path.stem)]
        return sum(len(path.read_text().splitlines()) for path in files)

    def test_lines(self):
        self.assertLessEqual(self.lines(lambda name: name in RESTORING), 1300)
        self.assertLessEqual(self.lines(lambda name: name not in ONLINE), 2450)

    def test_width(self):
        for path in FOLDER.glob("*.py"):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                self.assertLessEqual(len(line), 120, f"{path.name}:{number}")

    def test_the_offline_part_does_not_import_the_other(self):
        for path in FOLDER.glob("*.py"):
            if path.stem not in ONLINE:
                for name in ONLINE | {"argon2", "urllib", "socket"}:
                    self.assertNotRegex(path.read_text(), rf"(from|import) [.]?{name}\b", path.name)


if __name__ == "__main__":
    unittest.main()
