"""K, its subkeys, wraps, the chain and the 64 digits (docs/spec/keys.md)."""

import unicodedata
from dataclasses import dataclass

from .encoding import Refused, Reader, hkdf, opened, same, sha, u16

PASSWORD, DIGITS, CHAIN = 1, 2, 5
_PARAMETERS = {PASSWORD: 32, DIGITS: 0, CHAIN: 4}

_DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
         "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")


def subkey(k, set_id, label):
    """HK1-K-02."""
    return hkdf(set_id, k, b"HK1/" + label.encode(), 32)


@dataclass
class Key:
    """K of one generation of a set."""

    k: bytes
    set_id: bytes
    generation: int

    def __post_init__(self):
        self._subkeys = {}

    def subkey(self, label):
        if label not in self._subkeys:
            self._subkeys[label] = subkey(self.k, self.set_id, label)
        return self._subkeys[label]


@dataclass
class Wrap:
    method: int
    set_id: bytes
    generation: int
    wrap_id: bytes
    salt: bytes
    parameters: bytes
    header: bytes
    commitment: bytes
    sealed: bytes

    def open(self, secret):
        """K, or a refusal when the secret is another one (HK1-K-04)."""
        okm = hkdf(self.salt, secret, b"HK1 wrap" + sha(self.header), 64)
        if not same(okm[32:], self.commitment):
            raise Refused("HK1-K-04", "the commitment of a wrap differs", 8)
        k = opened(okm[:32], bytes(12), self.sealed, self.header + self.commitment, "HK1-K-04")
        return Key(k, self.set_id, self.generation)


def parse_wrap(data):
    """HK1-K-03; refuses every other form (HK1-K-04)."""
    if len(data) > 4096:
        raise Refused("HK1-K-03", "a wrap is too long")
    r = Reader(data, "HK1-K-03")
    if r.take(4) != b"HK1w" or r.number(2) != 1:
        raise Refused("HK1-K-03", "no wrap of suite 1")
    method = r.number(1)
    if r.number(1) != 0 or method not in _PARAMETERS:
        raise Refused("HK1-K-03", "a wrap of unknown method or flags")
    set_id, generation, wrap_id, salt = r.take(16), r.number(4), r.take(16), r.take(32)
    parameters = r.take(r.number(2))
    if len(parameters) != _PARAMETERS[method] or generation < 1:
        raise Refused("HK1-K-03", "a wrap of another form")
    header = data[:r.at]
    wrap = Wrap(method, set_id, generation, wrap_id, salt, parameters, header, r.take(32), r.take(48))
    r.end()
    return wrap


def read_digits(text):
    """The 64 digits out of what a person typed (HK1-K-06, HK1-K-07)."""
    if len(text) > 1024:
        raise Refused("HK1-K-07", "this is too long for the 64 digits", 8)
    digits = ""
    for c in text:
        category, code = unicodedata.category(c), ord(c)
        if category == "Nd":
            digits += str(unicodedata.decimal(c))
        elif not (category[0] == "Z" or category == "Pd" or 9 <= code <= 13 or 0x1C <= code <= 0x1F
                  or code in (0x85, 0x2212, 0x30FC, 0xFF70)):
            raise Refused("HK1-K-07", f"row {min(4, len(digits) // 16 + 1)} has something that is no digit", 8)
    if len(digits) != 64:
        raise Refused("HK1-K-07", f"there are {len(digits)} digits and not 64", 8)
    for row in range(1, 5):
        interim = row
        for c in digits[16 * row - 16:16 * row]:
            interim = int(_DAMM[interim][int(c)])
        if interim:
            raise Refused("HK1-K-06", f"the check digit of row {row} is wrong", 8)
    return digits.encode()


def open_with_digits(wraps, digits, set_id, generation):
    """K by the digits, and whether some wrap was passed over (HK1-K-20, HK1-K-22).

    Of several that open those count first that fit the set's generation, then those of the set, then the highest."""
    found, other_set = [], False
    for wrap in wraps:
        if wrap.method == DIGITS:
            try:
                key = wrap.open(digits)
            except Refused:
                continue
            if wrap.set_id != set_id:
                other_set = True
                continue
            fits = generation is None or wrap.generation in (generation, generation + 1)
            found.append((fits, wrap.generation, key))
    if found:
        return max(found, key=lambda f: f[:2])[2]
    if other_set:
        raise Refused("HK1-K-20", "the digits open K of another set")
    raise Refused("HK1-K-22", "the digits open nothing that is here; keep them all the same", 8)


def chain_down(wraps, key):
    """K of each generation from `key` down, as far as links lead (HK1-K-13)."""
    keys = {key.generation: key}
    while key.generation > 1:
        below = None
        for wrap in wraps:
            if wrap.method == CHAIN and wrap.generation == key.generation - 1:
                try:
                    below = open_chain(wrap, key)
                    break
                except Refused:
                    continue
        if below is None:
            break
        key = keys[below.generation] = below
    return keys


def open_chain(wrap, above):
    """K of the generation below `above`."""
    if (wrap.method != CHAIN or wrap.set_id != above.set_id or wrap.generation + 1 != above.generation
            or int.from_bytes(wrap.parameters, "big") != above.generation):
        raise Refused("HK1-K-13", "a link of the chain is another one")
    return wrap.open(above.subkey("chain"))
