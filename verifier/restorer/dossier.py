"""A dossier of an installation (HK1-J-01 to HK1-J-04): three files in a folder, and one signature of them all."""

import base64
import json
import pathlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from .encoding import Refused, sha


def check_dossier(folder, key, challenge=None):
    """What the report says; refuses what the key has not signed, or what was changed since."""
    ends = ("en.pdf", "ja.pdf", "json")
    note, *files = ((pathlib.Path(folder) / f"dossier.{end}").read_bytes() for end in ("note", *ends))
    text, _, lines = note.decode("utf-8", "replace").rpartition("\n\n")
    try:
        name, number, typed = key.split("+", 2)
        mark, = (one.removeprefix(f"— {name} ") for one in lines.split("\n")[:-1] if one.startswith(f"— {name} "))
        typed, signature = base64.b64decode(typed), base64.b64decode(mark)
        if base64.b64encode(signature).decode() != mark or typed[:1] != b"\1" or signature[:4].hex() != number:
            raise ValueError
        ed25519.Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signature[4:], f"{text}\n".encode())
    except (InvalidSignature, ValueError):
        raise Refused("HK1-J-03", "the key that was given has not signed this") from None
    sums = "\n".join(f"{sha(data).hex()}  dossier.{end}" for data, end in zip(files, ends))
    if not text.endswith(sums):
        raise Refused("HK1-J-02", "a file is not the one that was signed")
    says = json.loads(files[2])
    if challenge not in (None, says["challenge"]) or text != f"hikae dossier\nversion 1\nmade {says['madeAt']}\n{sums}":
        raise Refused("HK1-J-04", "the report has another form, or another challenge: it may be older than you think")
    return says
