"""A portal and a vault on this computer, for tests: they answer as the specification says, and can be told to lie."""

import base64
import http.server
import json
import threading

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from restorer import evidence, opaque
from restorer.encoding import (Reader, check_signature, fields, from_base64, hkdf, hkdf_expand, hkdf_extract, mac, sha, to_base64,
                               transcript, u8, u16, u32)
from tests.maker import ISSUER, KEY, SET, SUBJECT, TENANT

CRED = bytes([5]) * 32
SERVER = b"HK1|1|" + TENANT + b"|vault"


def token():
    claims = base64.urlsafe_b64encode(json.dumps({"iss": ISSUER, "sub": SUBJECT}).encode()).rstrip(b"=").decode()
    return f"e30.{claims}.c2ln"


def password_wrap(export, key=KEY):
    header = b"HK1w" + u16(1) + u8(1) + u8(0) + SET + u32(key.generation) + bytes(16) + bytes(32) + u16(32) + CRED
    okm = hkdf(bytes(32), export, b"HK1 wrap" + sha(header), 64)
    return header + okm[32:] + AESGCM(okm[:32]).encrypt(bytes(12), key.k, header + okm[32:])


class Record:
    """What a vault keeps of a password, registered with any client of RFC 9807."""

    def __init__(self, password, ake):
        self.ake, self.oprf = ake, 12345
        data = opaque.password_input(password, SET)
        element = opaque.multiply(opaque.hash_to_curve(data, b"HashToGroup-" + opaque.OPRF), self.oprf)
        two = lambda d: u16(len(d)) + d
        output = sha(two(data) + two(opaque.compressed(element)) + b"Finalize")
        stretched = opaque.hash_secret_raw(output, bytes(16), 3, 65536, 4, 32, opaque.Type.ID)
        randomized = hkdf_extract(b"", output + stretched)
        self.nonce = bytes([6]) * 32
        private = opaque.derive_key_pair(hkdf_expand(randomized, self.nonce + b"PrivateKey", 32), opaque.AKE)
        self.client = opaque.multiply(opaque.G, private)
        self.server_key = opaque.compressed(opaque.multiply(opaque.G, ake))
        auth = hkdf_expand(randomized, self.nonce + b"AuthKey", 32)
        self.tag = mac(auth, self.nonce + self.server_key + two(SERVER) + two(SET))
        self.masking = hkdf_expand(randomized, b"MaskingKey", 32)
        self.wrap = password_wrap(hkdf_expand(randomized, self.nonce + b"ExportKey", 32))

    def start(self, ke1):
        evaluated = opaque.compressed(opaque.multiply(opaque.decode(ke1[:33]), self.oprf))
        nonce, secret = bytes([7]) * 32, 777
        pad = hkdf_expand(self.masking, nonce + b"CredentialResponsePad", 97)
        masked = bytes(a ^ b for a, b in zip(self.server_key + self.nonce + self.tag, pad))
        response, share = evaluated + nonce + masked, opaque.compressed(opaque.multiply(opaque.G, secret))
        two = lambda d: u16(len(d)) + d
        server_nonce = bytes([8]) * 32
        preamble = b"OPAQUEv1-" + two(b"") + two(SET) + ke1 + two(SERVER) + response + server_nonce + share
        client_share = opaque.decode(ke1[65:])
        products = (opaque.multiply(client_share, secret), opaque.multiply(client_share, self.ake),
                    opaque.multiply(self.client, secret))
        prk = hkdf_extract(b"", b"".join(opaque.compressed(p) for p in products))
        handshake = opaque._label(prk, b"HandshakeSecret", sha(preamble))
        code = mac(opaque._label(handshake, b"ServerMAC", b""), sha(preamble))
        self.ke3 = mac(opaque._label(handshake, b"ClientMAC", b""), sha(preamble + code))
        self.session = opaque._label(prk, b"SessionKey", sha(preamble))
        return response + server_nonce + share + code


class Server:
    """`lies` changes an answer: path -> function of (status, body)."""

    def __init__(self, portal, vault, places, password="correct horse battery"):
        self.portal, self.vault, self.places, self.lies, self.asked = portal, vault, places, {}, []
        self.record = Record(opaque.normalise(password), vault.ake.private.private_numbers().private_value)
        self.card = evidence.read_card(vault.card(), bytes.fromhex(vault.pin))
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def _do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, answer = outer.answer(self.command, self.path.removeprefix("/api"), body, self.headers)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                if status in (301, 302):
                    self.send_header("Location", "http://localhost:1/")
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = _do

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def answer(self, method, path, body, headers):
        self.asked.append(path)
        status, answer = self._answer(method, path, body, headers)
        for part, lie in self.lies.items():
            if part in path:
                status, answer = lie(status, answer)
        return status, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def _answer(self, method, path, body, headers):
        path, _, query = path.partition("?")
        p = self.portal
        if path == "/public/about":
            return 200, {"apiVersion": 1, "issuer": ISSUER, "agentClientId": "hikae-agent"}
        if headers["Authorization"] != f"Bearer {token()}":
            return 401, {"code": "unauthenticated"}
        if path == "/v1/enrollment":
            return 200, {"issuer": ISSUER, "subject": SUBJECT}
        if path == "/v1/enrollment/devices":
            d = json.loads(body)
            self.key = from_base64(d["publicKey"])
            check_signature(self.key, from_base64(d["signature"]), transcript(
                "enrol device 2", ISSUER.encode(), SUBJECT.encode(), self.key, d["name"].encode(), d["platform"].encode(),
                d["agentVersion"].encode()), "HK1-E-03", "enrolment")
            return 201, {}
        if path == "/v1/enrollment/nonces":
            return 200, {"nonce": to_base64(bytes(32))}
        if path == "/v1/enrollment/sessions":
            d = json.loads(body)
            signed = transcript("device session", ISSUER.encode(), sha(self.key)[:16], from_base64(d["nonce"]))
            check_signature(self.key, from_base64(d["signature"]), signed, "HK1-E-04", "session")
            return 200, {"session": "s1"}
        if headers["Hikae-Device-Session"] != "s1":
            return 401, {"code": "device-session-required"}
        if path == "/v1/device":
            return 200, {"state": "ACTIVE", "set": {"setId": SET.hex(), "generation": 3, "state": "ACTIVE", "wraps": p.wraps}}
        if path == "/v1/device/wraps":
            return 200, p.wraps
        if path == "/v1/device/snapshots":
            begin = 0 if "after=" not in query else 1 + [s["snapshotId"] for s in p.snapshots].index(query.partition("after=")[2])
            page = p.snapshots[begin:begin + 2]
            more = begin + 2 < len(p.snapshots)
            return 200, {"snapshots": page, **({"next": page[-1]["snapshotId"]} if more else {})}
        if path.endswith("/objects"):
            return 200, p.lists[bytes.fromhex(path.split("/")[-2])]
        if path == "/v1/device/vault/card":
            return 200, self.vault.card()
        if path == "/v1/device/vault/messages":
            return 200, self._vault(body)
        if path.startswith("/v1/device/objects/") and bytes.fromhex(path.split("/")[-1]) in p.objects:
            return 200, p.objects[bytes.fromhex(path.split("/")[-1])]
        return 404, {"code": "not-found"}

    def _vault(self, body):
        r = Reader(body, "test")
        kind, _, sealed = r.field_number(1), r.field_number(4), r.field(most=32768)
        private = self.vault.channel.private.private_numbers().private_value
        channel = object.__new__(opaque.Channel)
        enc, info = sealed[:65], transcript("req", u8(kind), TENANT, self.card.hash)
        shared = opaque.multiply(opaque.decode(enc), private)[0].to_bytes(32, "big")
        prk = channel._extract(opaque._KEM, b"", b"eae_prk", shared)
        shared = channel._expand(opaque._KEM, prk, b"shared_secret", enc + self.card.channel, 32)
        context = b"\0" + channel._extract(opaque._HPKE, b"", b"psk_id_hash", b"")
        context += channel._extract(opaque._HPKE, b"", b"info_hash", info)
        secret = channel._extract(opaque._HPKE, shared, b"secret", b"")
        key, nonce, exporter = (channel._expand(opaque._HPKE, secret, label, context, n)
                                for label, n in ((b"key", 32), (b"base_nonce", 12), (b"exp", 32)))
        r = Reader(AESGCM(key).decrypt(nonce, sealed[65:], b""), "test")
        issued, access, set_id, device, last, payload, signature = r.field(8), r.field(), r.field(), r.field(), r.field(), \
            r.field(), r.field()
        check_signature(device, signature, transcript("vault request", u8(kind), self.card.hash, issued, sha(access), set_id, last,
                                                      payload), "HK1-V-03", "the request")
        reply = self._message(kind, payload, sha(device)[:16])
        plain = sha(sealed) + fields(self.vault.head(), reply)
        out = bytes([9]) * 32
        prk = hkdf_extract(enc + out, channel._expand(opaque._HPKE, exporter, b"sec", b"HK1 reply", 32))
        sealed = AESGCM(hkdf_expand(prk, b"key", 32)).encrypt(hkdf_expand(prk, b"nonce", 12), plain, b"")
        return fields(u8(1), out + sealed)

    def _message(self, kind, payload, device):
        r = Reader(payload, "test")
        if kind == 6:
            return fields(u8(0), self.vault.status(self.places, nonce=r.field(16), cred_id=CRED))
        login_id = r.field(16)
        if kind == 4:
            assert r.field() == CRED
            return fields(u8(0), fields(self.record.start(r.field(98)), u8(9)))
        ke3, _, argument, code = r.field(32), r.field(1), r.field(), r.field(32)
        if ke3 != self.record.ke3 or code != mac(self.record.session, transcript("op", login_id, u8(1), argument)):
            return fields(u8(11), u8(8), u32(0))
        detail = sha(transcript("vault login detail", login_id))
        return fields(u8(0), fields(self.record.wrap, self.vault.receipt(4, device, detail, cred_id=CRED), u8(0)))


