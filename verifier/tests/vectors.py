"""The vectors of docs/spec."""

import functools
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "spec" / "vectors"


@functools.lru_cache(None)
def vectors(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def raw(text):
    return bytes.fromhex(text)
