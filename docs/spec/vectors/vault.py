#!/usr/bin/env python3
"""Computes vectors/vault.json from the specification alone: enrolment, session, card, channel, login, receipts, Status.

Needs Python 3 and its package "cryptography", 44 or later. Run in this folder: python3 vault.py > vault.json
All byte strings are hexadecimal. Random values are given, so that both sides can be made again.
"""

import base64
import json
import struct

import hpke
import opaque
import p256
from device import DEVICE, K, SET, count, lp, sha, subkey, transcript, wrap

TENANT = b"acme"
ISSUER = "https://sso.example.com/realms/hikae".encode()
SUBJECT = b"0b6f2f3e-8a1d-4c63-9d0e-5a7c1e2f3a4b"
NAME = "花子の Laptop".encode()
TOKEN = b"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"
NOW = 1_800_000_000
ZERO = bytes(32)


def u8(n):
    return struct.pack(">B", n)


def u16(n):
    return struct.pack(">H", n)


def u32(n):
    return struct.pack(">I", n)


def u64(n):
    return struct.pack(">Q", n)


def fields(*parts):
    return b"".join(lp(part) for part in parts)


def secret(name):
    return int.from_bytes(sha(b"vector " + name.encode()), "big") % p256.N


class Key:
    def __init__(self, name=None, number=None):
        self.secret = secret(name) if number is None else number
        self.point = p256.public(self.secret)
        self.spki = p256.spki(self.point)

    def sign(self, data):
        return p256.sign(self.secret, data)

    def shown(self):
        return {"private": self.secret.to_bytes(32, "big").hex(), "public": self.spki.hex()}


DEVICE_KEY, ROOT, IDENTITY, FORMER = Key("device"), Key("root"), Key("identity"), Key("former identity")
CHANNEL, AKE = Key("channel"), Key("ake")
OWNER = Key(number=p256.derive_key_pair(subkey("owner"), b"HK1 owner"))
HEIR = Key("heir")
DEVICE_ID = sha(DEVICE_KEY.spki)[:16]
EMPLOYEE = sha(transcript(b"vault employee", TENANT, ISSUER, SUBJECT))


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def bad(*cases):
    return [{"why": why, "bytes": data.hex()} for why, data in cases]


def enrolment():
    signed = transcript(b"enrol device", ISSUER, SUBJECT, DEVICE_KEY.spki, NAME)
    return {
        "issuer": ISSUER.decode(), "subject": SUBJECT.decode(), "name": NAME.decode(), "key": DEVICE_KEY.shown(),
        "deviceId": DEVICE_ID.hex(), "signed": signed.hex(), "signature": DEVICE_KEY.sign(signed).hex(),
        "second": second_enrolment(signed),
        "bad": bad(("of another name", DEVICE_KEY.sign(transcript(b"enrol device", ISSUER, SUBJECT, DEVICE_KEY.spki, b"x"))),
                   ("of another employee",
                    DEVICE_KEY.sign(transcript(b"enrol device", ISSUER, b"x", DEVICE_KEY.spki, NAME))),
                   ("of another key", FORMER.sign(signed)),
                   ("of a session", DEVICE_KEY.sign(transcript(b"device session", ISSUER, DEVICE_ID, count(3, 32)))),
                   ("cut", DEVICE_KEY.sign(signed)[:63])),
    }


def second_enrolment(first):
    """Version 2: platform and version of the agent are signed, too."""
    def made(platform, version):
        return transcript(b"enrol device 2", ISSUER, SUBJECT, DEVICE_KEY.spki, NAME, platform, version)

    signed = made(b"Linux amd64", b"1.2.3")
    return {
        "platform": "Linux amd64", "agentVersion": "1.2.3", "signed": signed.hex(), "signature": DEVICE_KEY.sign(signed).hex(),
        "bad": bad(("of version 1", DEVICE_KEY.sign(first)), ("of another platform", DEVICE_KEY.sign(made(b"Linux", b"1.2.3"))),
                   ("of another version", DEVICE_KEY.sign(made(b"Linux amd64", b"1.2.4"))), ("of another key", FORMER.sign(signed))),
    }


def session():
    nonce = count(3, 32)
    signed = transcript(b"device session", ISSUER, DEVICE_ID, nonce)
    text = base64.urlsafe_b64encode(nonce).rstrip(b"=")
    return {
        "nonce": nonce.hex(), "nonceText": text.decode(), "signed": signed.hex(),
        "signature": DEVICE_KEY.sign(signed).hex(),
        "bad": bad(("over the nonce as text", DEVICE_KEY.sign(transcript(b"device session", ISSUER, DEVICE_ID, text))),
                   ("with the identifier as text",
                    DEVICE_KEY.sign(transcript(b"device session", ISSUER, DEVICE_ID.hex().encode(), nonce))),
                   ("of another nonce",
                    DEVICE_KEY.sign(transcript(b"device session", ISSUER, DEVICE_ID, count(4, 32))))),
    }


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def part(value):
    return text(json.dumps(value, separators=(",", ":")).encode())


def proof():
    endpoint, jti = ISSUER.decode() + "/token", count(5, 16)
    point = p256.uncompressed(DEVICE_KEY.point)
    x, y = text(point[1:33]), text(point[33:])
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}}
    signed = part(header) + "." + part({"jti": text(jti), "htm": "POST", "htu": endpoint, "iat": NOW})
    thumbprint = sha(json.dumps({"crv": "P-256", "kty": "EC", "x": x, "y": y}, separators=(",", ":")).encode())
    return {
        "endpoint": endpoint, "jti": jti.hex(), "iat": NOW, "signed": signed,
        "proof": signed + "." + text(DEVICE_KEY.sign(signed.encode())), "thumbprint": text(thumbprint),
    }


def card_bytes(suite=1, channel=None, ake=None, former=(FORMER.spki,), tenant=TENANT, number=2):
    return transcript(
        b"vault card", u16(suite), u32(7), tenant, IDENTITY.spki, channel or p256.uncompressed(CHANNEL.point),
        ake or p256.compressed(AKE.point), b"pkcs11", u16(number), u16(1), u8(len(former)), *former)


def signed_card(card, root=ROOT, signature=None):
    return fields(card, root.spki, signature or root.sign(card))


CARD = card_bytes()
CARD_HASH = sha(CARD)


def card():
    off_curve = flipped(p256.uncompressed(CHANNEL.point), 64)
    good = signed_card(CARD)
    return {
        "sequence": 7, "tenant": TENANT.decode(), "identityKey": IDENTITY.shown(),
        "channelKey": {"private": CHANNEL.secret.to_bytes(32, "big").hex(), "public": p256.uncompressed(CHANNEL.point).hex()},
        "akeKey": {"private": AKE.secret.to_bytes(32, "big").hex(), "public": p256.compressed(AKE.point).hex()},
        "rootName": "pkcs11", "identityNumber": 2, "channelNumber": 1, "formerIdentities": [FORMER.shown()],
        "card": CARD.hex(), "cardHash": CARD_HASH.hex(), "root": ROOT.shown(), "rootFingerprint": sha(ROOT.spki).hex(),
        "signedCard": good.hex(),
        "bad": bad(
            ("signed by nobody", signed_card(CARD, signature=flipped(ROOT.sign(CARD), 63))),
            ("signed by another root", signed_card(CARD, root=FORMER)),
            ("a root's key that did not sign", fields(CARD, ROOT.spki, FORMER.sign(CARD))),
            ("a suite that is unknown", signed_card(card_bytes(suite=2))),
            ("a channel key that is no point", signed_card(card_bytes(channel=off_curve))),
            ("an AKE key that is no point", signed_card(card_bytes(ake=b"\5" + p256.compressed(AKE.point)[1:]))),
            ("more former keys than eight", signed_card(card_bytes(former=[FORMER.spki] * 9))),
            ("a former key that is none", signed_card(card_bytes(former=[FORMER.spki[:-1]]))),
            ("a tenant of other characters", signed_card(card_bytes(tenant=b"Acme"))),
            ("an identity key without a number", signed_card(card_bytes(number=0))),
            ("a byte behind it", good + b"\0"),
            ("a byte behind the card, signed", signed_card(CARD + b"\0")),
            ("cut", good[:-1])),
    }


# What the vault's identity key signs.

def row(seq, event, set_id, cred_id, device_id, employee_previous, left, due, detail, at=NOW * 1000 + 123):
    return transcript(b"vault ledger row", u64(seq), sha(b"row before"), u64(at), u8(event), EMPLOYEE, set_id, cred_id,
                      device_id, u64(employee_previous), u8(left), u64(due), detail, sha(b"state %d" % seq))


def receipt(entry, key=IDENTITY, tenant=TENANT):
    mac = sha(b"mac" + entry)
    signed = transcript(b"vault receipt", tenant, entry, mac)
    return signed, fields(tenant, entry, mac, key.sign(signed))


def head(seq, key=IDENTITY):
    mac = sha(b"head %d" % seq)
    signed = transcript(b"vault head", TENANT, u64(seq), mac)
    return signed, fields(u64(seq), mac, key.sign(signed))


def login_detail(login_id):
    return sha(transcript(b"vault login detail", login_id))


def heads():
    signed, encoded = head(41)
    return {
        "seq": 41, "mac": sha(b"head 41").hex(), "signed": signed.hex(), "head": encoded.hex(),
        "byFormerKey": head(40, FORMER)[1].hex(),
        "bad": bad(("of another key", head(41, ROOT)[1]), ("cut", encoded[:-1]), ("a byte behind it", encoded + b"\0"),
                   ("another number under the same signature", flipped(encoded, 11))),
    }


# OPAQUE.

PASSWORD = "ｐａｓｓ　ﾜｰﾄﾞ 12345"
NORMAL = "pass ワード 12345".encode()
CRED_ID = count(200, 32)
SERVER_ID = b"HK1|1|" + TENANT + b"|vault"
OPRF_KEY = secret("oprf")
REG_BLIND, LOGIN_BLIND = secret("registration blind"), secret("login blind")
LOGIN_ID = count(9, 16)


def password_input(password, set_id=SET):
    return struct.pack(">H", len(password)) + password + set_id


class Registered:
    def __init__(self):
        self.input = password_input(NORMAL)
        self.request = opaque.blind(self.input, REG_BLIND)
        self.evaluated = p256.multiply(self.request, OPRF_KEY)
        self.randomized = opaque.randomized_password(self.input, REG_BLIND, self.evaluated)
        self.nonce = count(50, 32)
        self.client_key, self.export_key, self.tag = opaque.envelope(
            self.randomized, self.nonce, p256.compressed(AKE.point), SERVER_ID, SET)
        self.masking_key = opaque.masking_key(self.randomized)
        self.upload = p256.compressed(p256.public(self.client_key)) + self.masking_key + self.nonce + self.tag
        self.wrap = wrap(1, CRED_ID, self.export_key)


class LoggedIn:
    """A login with the right password, unless another AKE key or record answers."""

    def __init__(self, registered, password=NORMAL):
        self.input = password_input(password)
        self.client_nonce, self.client_seed = count(80, 32), count(112, 32)
        share = p256.derive_key_pair(self.client_seed, opaque.AKE_KEY)
        self.ke1 = (p256.compressed(opaque.blind(self.input, LOGIN_BLIND)) + self.client_nonce
                    + p256.compressed(p256.public(share)))
        evaluated = p256.multiply(p256.decompress(self.ke1[:33]), OPRF_KEY)
        self.masking_nonce, self.server_nonce, self.server_seed = count(144, 32), count(176, 32), count(208, 32)
        server_share = p256.derive_key_pair(self.server_seed, opaque.AKE_KEY)
        public_share = p256.public(server_share)
        plain = p256.compressed(AKE.point) + registered.nonce + registered.tag
        response = (p256.compressed(evaluated) + self.masking_nonce
                    + opaque.masked(registered.masking_key, self.masking_nonce, plain))
        products = (p256.multiply(public_share, share), p256.multiply(AKE.point, share),
                    p256.multiply(public_share, registered.client_key))
        self.session_key, server_mac, self.ke3 = opaque.handshake(
            SERVER_ID, SET, self.ke1, response, self.server_nonce, p256.compressed(public_share), products)
        self.ke2 = response + self.server_nonce + p256.compressed(public_share) + server_mac


def registration(made):
    detail = sha(transcript(b"vault registration detail", sha(made.upload), sha(made.wrap), OWNER.spki))
    pending_signed, pending = receipt(row(12, 1, SET, CRED_ID, DEVICE_ID, 11, 10, 0, detail))
    expose = transcript(b"expose", CRED_ID, sha(pending_signed))
    init = fields(count(70, 16), p256.compressed(made.request), OWNER.spki)
    return {
        "typed": PASSWORD, "password": NORMAL.hex(), "input": made.input.hex(), "blind": REG_BLIND.to_bytes(32, "big").hex(),
        "request": p256.compressed(made.request).hex(), "oprfKey": OPRF_KEY.to_bytes(32, "big").hex(),
        "response": (p256.compressed(made.evaluated) + p256.compressed(AKE.point)).hex(),
        "randomizedPassword": made.randomized.hex(), "envelopeNonce": made.nonce.hex(), "upload": made.upload.hex(),
        "exportKey": made.export_key.hex(), "credId": CRED_ID.hex(), "wrap": made.wrap.hex(),
        "idempotencyKey": count(70, 16).hex(), "owner": OWNER.shown(), "detail": detail.hex(), "pendingReceipt": pending.hex(),
        "exposeSigned": expose.hex(),
        "payloads": {
            "regInit": init.hex(),
            "regInitDone": fields(CRED_ID, p256.compressed(made.evaluated) + p256.compressed(AKE.point)).hex(),
            "regFinish": fields(CRED_ID, made.upload, made.wrap).hex(),
            "expose": fields(CRED_ID, OWNER.sign(expose)).hex(),
        },
    }


def login(made):
    run = LoggedIn(made)
    operation = transcript(b"op", LOGIN_ID, u8(1), b"")
    mac = opaque.mac(run.session_key, operation)
    opened = receipt(row(42, 4, SET, CRED_ID, DEVICE_ID, 41, 10, 0, login_detail(LOGIN_ID)))[1]
    series = (DEVICE_ID, u64(5), sha(b"stub 5"), u64(NOW - 60))
    done = fields(made.wrap, opened, u8(1), *series)
    wrong = LoggedIn(made, b"wrong password 1")
    zero = b"\0" + run.ke2[1:]
    return {
        "server": SERVER_ID.decode(), "blind": LOGIN_BLIND.to_bytes(32, "big").hex(), "clientNonce": run.client_nonce.hex(),
        "clientShareSeed": run.client_seed.hex(), "ke1": run.ke1.hex(), "maskingNonce": run.masking_nonce.hex(),
        "serverNonce": run.server_nonce.hex(), "serverShareSeed": run.server_seed.hex(), "ke2": run.ke2.hex(),
        "ke3": run.ke3.hex(), "sessionKey": run.session_key.hex(), "exportKey": made.export_key.hex(),
        "loginId": LOGIN_ID.hex(), "operationSigned": operation.hex(), "mac": mac.hex(), "detail": login_detail(LOGIN_ID).hex(),
        "payloads": {
            "loginStart": fields(LOGIN_ID, CRED_ID, run.ke1).hex(),
            "loginStartDone": fields(run.ke2, u8(9)).hex(),
            "loginFinish": fields(LOGIN_ID, run.ke3, u8(1), b"", mac).hex(),
            "loginFinishDone": done.hex(),
        },
        "wrongPassword": {"typed": "wrong password 1", "ke2": wrong.ke2.hex()},
        "bad": bad(("another evaluated element", run.ke2[:33].replace(run.ke2[:33], p256.compressed(p256.G)) + run.ke2[33:]),
                   ("an element that is none", zero), ("another mask", flipped(run.ke2, 40)),
                   ("another envelope", flipped(run.ke2, 161)), ("another nonce of the server", flipped(run.ke2, 170)),
                   ("another code of the server", flipped(run.ke2, 258)), ("cut", run.ke2[:258]),
                   ("a byte behind it", run.ke2 + b"\0")),
        "badFinish": bad(("FETCH with an argument", fields(LOGIN_ID, run.ke3, u8(1), bytes(32), mac)),
                         ("REPLACE without one", fields(LOGIN_ID, run.ke3, u8(3), b"", mac)),
                         ("an operation that is unknown", fields(LOGIN_ID, run.ke3, u8(5), b"", mac))),
    }


def receipts():
    detail = sha(transcript(b"vault witness detail", DEVICE_ID, u64(5), sha(b"stub 5")))
    entry = row(39, 11, SET, ZERO, DEVICE_ID, 38, 10, 0, detail)
    signed, encoded = receipt(entry)
    locked = row(43, 5, SET, CRED_ID, DEVICE_ID, 42, 0, NOW + 5_000_000, ZERO)
    witness = transcript(b"witness", TENANT, EMPLOYEE, SET, DEVICE_ID, u64(5), sha(b"stub 5"))
    order_nonce = sha(b"state 43")
    order = transcript(b"owner order", u8(1), TENANT, EMPLOYEE, SET, b"", order_nonce)
    hand_over = transcript(b"owner order", u8(5), TENANT, EMPLOYEE, SET, HEIR.spki, order_nonce)
    return {
        "employee": EMPLOYEE.hex(), "setId": SET.hex(), "deviceId": DEVICE_ID.hex(), "snapshotHash": sha(b"stub 5").hex(),
        "details": {
            "witness": detail.hex(), "login": login_detail(LOGIN_ID).hex(),
            "owner": sha(transcript(b"vault owner detail", HEIR.spki)).hex(),
        },
        "row": entry.hex(), "mac": sha(b"mac" + entry).hex(), "signed": signed.hex(), "receipt": encoded.hex(),
        "locked": {"receipt": receipt(locked)[1].hex(), "due": NOW + 5_000_000},
        "byFormerKey": receipt(entry, FORMER)[1].hex(),
        "witness": {"signed": witness.hex(), "payload": fields(OWNER.spki, u64(5), sha(b"stub 5"), OWNER.sign(witness)).hex()},
        "freeze": {"nonce": order_nonce.hex(), "signed": order.hex(),
                   "payload": fields(u8(1), b"", order_nonce, OWNER.sign(order)).hex()},
        "handOver": {"heir": HEIR.spki.hex(), "signed": hand_over.hex(),
                     "payload": fields(u8(5), HEIR.spki, order_nonce, OWNER.sign(hand_over)).hex()},
        "bad": bad(("of another key", receipt(entry, ROOT)[1]), ("of another company", receipt(entry, tenant=b"other")[1]),
                   ("a row that was changed", encoded.replace(u64(NOW * 1000 + 123), u64(NOW * 1000 + 124))),
                   ("an event that is unknown", receipt(row(39, 23, SET, ZERO, DEVICE_ID, 38, 10, 0, detail))[1]),
                   ("cut", encoded[:-1]), ("a byte behind it", encoded + b"\0")),
        "badOrder": bad(("FREEZE with an argument", fields(u8(1), b"\0", order_nonce, OWNER.sign(order))),
                        ("an order that is unknown", fields(u8(6), b"", order_nonce, OWNER.sign(order)))),
    }


STATUS_NONCE = count(17, 16)


def status_signed(nonce=STATUS_NONCE, state=2, frozen=0, announced=0, series=1, receipts_of=1, purpose=b"vault status"):
    one = (DEVICE_ID, u64(5), sha(b"stub 5"), u64(NOW - 60))
    detail = sha(transcript(b"vault witness detail", DEVICE_ID, u64(5), sha(b"stub 5")))
    kept = receipt(row(39, 11, SET, ZERO, DEVICE_ID, 38, 10, 0, detail))[1]
    return transcript(purpose, nonce, u8(state), CRED_ID, SET, u8(frozen), u8(10), u32(0), u8(50), u16(197), u8(announced),
                      u64(0), sha(b"state 43"), u8(series), *(one * series), u8(receipts_of), *([kept] * receipts_of))


def status():
    def answer(signed, key=IDENTITY):
        return fields(signed, key.sign(signed))

    signed = status_signed()
    good = answer(signed)
    return {
        "nonce": STATUS_NONCE.hex(), "after": 38, "payload": fields(STATUS_NONCE, u64(38)).hex(),
        "state": 2, "credId": CRED_ID.hex(), "setId": SET.hex(), "frozen": False, "attemptsLeft": 10, "waitSeconds": 0,
        "lifetimeLeft": 50, "evaluationsLeft": 197, "announced": 0, "due": 0, "orderNonce": sha(b"state 43").hex(),
        "series": [{"deviceId": DEVICE_ID.hex(), "seq": 5, "snapshotHash": sha(b"stub 5").hex(), "at": NOW - 60}],
        "signed": signed.hex(), "done": good.hex(),
        "bad": bad(("of another key", answer(signed, FORMER)), ("over another nonce", answer(status_signed(nonce=bytes(16)))),
                   ("made for another purpose", answer(status_signed(purpose=b"vault receipt"))),
                   ("a state that is unknown", answer(status_signed(state=5))),
                   ("a flag that is neither 0 nor 1", answer(status_signed(frozen=2))),
                   ("an announcement that is unknown", answer(status_signed(announced=4))),
                   ("more series than 64", answer(status_signed(series=65))),
                   ("more receipts than 32", answer(status_signed(receipts_of=33))),
                   ("changed", flipped(good, len(good) - 80)), ("cut", good[:-1]), ("a byte behind it", good + b"\0")),
    }


def channel():
    ephemeral = secret("ephemeral")
    payload = fields(STATUS_NONCE, u64(38))
    last = head(41)[1]
    signed = transcript(b"vault request", u8(6), CARD_HASH, u64(NOW), sha(TOKEN), SET, last, payload)
    plain = fields(u64(NOW), TOKEN, SET, DEVICE_KEY.spki, last, payload, DEVICE_KEY.sign(signed))
    info = transcript(b"req", u8(6), TENANT, CARD_HASH)
    made = hpke.context(ephemeral, CHANNEL.point, info)
    sealed = hpke.seal_request(made, plain)
    done = fields(status_signed(), IDENTITY.sign(status_signed()))
    answer = fields(head(43)[1], fields(u8(0), done))
    body = hpke.seal_reply(made, sealed, count(90, 32), answer)
    refused = fields(head(43)[1], fields(u8(9), u8(6), u32(600)))
    other = hpke.seal_reply(made, sealed + b"\0", count(90, 32), answer)
    return {
        "type": 6, "issuedAt": NOW, "token": TOKEN.decode(), "lastHead": last.hex(), "payload": payload.hex(),
        "signed": signed.hex(), "plain": plain.hex(), "info": info.hex(), "ephemeral": ephemeral.to_bytes(32, "big").hex(),
        "sealed": sealed.hex(), "outer": fields(u8(6), u32(7), sealed).hex(),
        "replyNonce": count(90, 32).hex(), "head": head(43)[1].hex(), "answer": answer.hex(),
        "reply": fields(u8(1), body).hex(),
        "refusal": {"reply": fields(u8(1), hpke.seal_reply(made, sealed, count(91, 32), refused)).hex(), "refusal": 9,
                    "attemptsLeft": 6, "retryAfterSeconds": 600},
        "inClear": {"reply": fields(u8(0), fields(u8(2), u8(255), u32(0))).hex(), "refusal": 2},
        "bad": bad(("to another request", fields(u8(1), other)), ("changed", fields(u8(1), flipped(body, len(body) - 1))),
                   ("of another nonce", fields(u8(1), flipped(body, 0))), ("cut", fields(u8(1), body[:-1])),
                   ("too short", fields(u8(1), body[:79])), ("of an unknown kind", fields(u8(2), body)),
                   ("a byte behind it", fields(u8(1), body) + b"\0"),
                   ("success in the clear", fields(u8(0), fields(u8(0), done))),
                   ("in the clear that the record is locked", fields(u8(0), fields(u8(8), u8(0), u32(0)))),
                   ("a refusal that is unknown", fields(u8(0), fields(u8(19), u8(255), u32(0))))),
    }


def main():
    made = Registered()
    assert DEVICE != DEVICE_ID and len(K) == 32
    print(json.dumps({
        "enrolment": enrolment(), "session": session(), "proof": proof(), "card": card(), "head": heads(), "channel": channel(),
        "status": status(), "registration": registration(made), "login": login(made), "receipts": receipts(),
    }, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
