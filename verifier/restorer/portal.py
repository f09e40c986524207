"""The online part: fetching a set into a bundle, and the password through the vault. What comes is checked offline."""

import base64
import json
import os
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import (Encoding, NoEncryption, PrivateFormat, PublicFormat,
                                                          load_pem_private_key)

from . import evidence
from .encoding import (Reader, Refused, fields, from_base64, from_hex, mac, sha, shown, to_base64, transcript, u8, u32,
                       u64)
from .keys import PASSWORD, parse_wrap
from .opaque import Channel, Login, normalise, password_input

AGENT = "hikae-verifier 1"
STATUS, LOGIN_START, LOGIN_FINISH, FETCH, OPENED = 6, 4, 5, 1, 4
REFUSALS = {1: "MALFORMED", 2: "UNKNOWN_CARD", 3: "TOKEN_REFUSED", 4: "REAUTHENTICATE: sign in anew",
            5: "DEVICE_REFUSED: a clock is wrong, or the key", 6: "NO_RECORD", 7: "WRONG_STATE", 8: "LOCKED", 9: "WAIT",
            10: "LIMIT", 11: "LOGIN_FAILED", 12: "OWNER_REFUSED", 13: "UNAVAILABLE", 14: "FROZEN", 15: "RESERVED",
            16: "BRAKE", 17: "RENEW", 18: "SEALED"}
_CODES = {**dict.fromkeys((6, 7, 8, 11, 14, 17), 8), **dict.fromkeys((9, 10, 13, 15, 16, 18), 5)}


class NoAnswer(Refused):
    """Nothing that could be an answer came."""

    def __init__(self, text):
        super().__init__("HK1-R-11", text, 5)


class Problem(Refused):
    """A refusal of the portal's."""

    def __init__(self, status, code):
        later = status == 429 or (status >= 500 and code != "quota-exceeded") or not code
        super().__init__("HK1-R-11", f"the portal refused: {status} {shown(code, name=True)}", 5 if later else 6)
        self.status, self.problem = status, code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class DeviceKey:
    """The key of this client as a device, kept in a file that only its user can read."""

    def __init__(self, path):
        try:
            with open(path, "rb") as file:
                self.private = load_pem_private_key(file.read(8192), None)
        except FileNotFoundError:
            self.private = ec.generate_private_key(ec.SECP256R1())
            pem = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(pem)
        self.spki = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.id = sha(self.spki)[:16]

    def sign(self, data):
        r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Portal:
    def __init__(self, address, token_file, device_key, say=print):
        parts = urllib.parse.urlsplit(address)
        here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not here:
            raise Refused("HK1-E-17", "the portal's address is not https", 6)
        if parts.username or parts.query or parts.fragment:
            raise Refused("HK1-E-17", "the portal's address has more than a place", 6)
        self.address, self.token_file, self.say = address.rstrip("/") + "/api", token_file, say
        self.device, self.session = DeviceKey(device_key), None
        self.opener = urllib.request.build_opener(_NoRedirect)

    def token(self):
        with open(self.token_file, encoding="ascii") as file:
            return file.read(8193).strip()

    def claims(self):
        try:
            body = self.token().split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
            return claims["iss"], claims["sub"]
        except (IndexError, ValueError, KeyError, TypeError):
            raise Refused("HK1-E-02", "the token names nobody", 6) from None

    def once(self, method, path, body=None, accept="application/json", limit=1 << 26, timeout=60, bearer=True):
        headers = {"Accept": f"{accept}, application/problem+json"}
        if bearer:
            headers["Authorization"] = f"Bearer {self.token()}"
        if self.session and path.startswith("/v1/device"):
            headers["Hikae-Device-Session"] = self.session
        if body is not None:
            headers["Content-Type"] = "application/octet-stream" if isinstance(body, bytes) else "application/json"
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, body, headers, method=method)
        try:
            with self.opener.open(request, timeout=timeout) as answer:
                data = answer.read(limit + 1)
                if len(data) > limit:
                    raise NoAnswer("an answer is too long")
                return data
        except urllib.error.HTTPError as e:
            raise _problem(e) from None
        except (OSError, ValueError) as e:
            raise NoAnswer(f"the portal could not be reached: {e}") from None

    def call(self, method, path, body=None, **other):
        """HK1-R-11: what is sent again, and how often."""
        renewed, wait = set(), 0.5
        for tries in range(7):
            try:
                return self.once(method, path, body, **other)
            except Problem as e:
                once = e.status == 401 and e.problem in ("device-session-required", "unauthenticated")
                if once and e.problem not in renewed:
                    renewed.add(e.problem)
                    if e.problem == "device-session-required":
                        self.open_session()
                    continue
                if e.status not in (429, 502, 503, 504) and not (e.status == 404 and not e.problem) or tries == 6:
                    raise
                wait = min(60, max(wait, e.retry_after))
            except NoAnswer:
                if tries == 6:
                    raise
            time.sleep(wait)
            wait = min(60, wait * 2)
        raise NoAnswer("the portal could not be reached")

    def json(self, method, path, body=None, kind=dict, **other):
        try:
            value = json.loads(self.call(method, path, body, **other))
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, kind):
            raise NoAnswer(f"{path}: what came is not the portal's")
        return value

    def enrol(self):
        """Becoming a device, and a session (HK1-E-01, HK1-E-03, HK1-E-04). Returns DeviceContext."""
        about = self.json("GET", "/public/about", bearer=False)
        if about.get("apiVersion") != 1:
            raise Refused("HK1-E-01", "the portal speaks another version", 6)
        self.issuer, self.subject = self.claims()
        mine = self.json("GET", "/v1/enrollment")
        person = (mine.get("issuer"), mine.get("subject"))
        if person != (self.issuer, self.subject) or about.get("issuer") != self.issuer:
            raise Refused("HK1-E-20", "the portal names another person or realm than the token", 6)
        name, platform = "hikae-verifier", "python"
        signed = transcript("enrol device 2", self.issuer.encode(), self.subject.encode(), self.device.spki,
                            name.encode(), platform.encode(), AGENT.encode())
        self.json("POST", "/v1/enrollment/devices", {
            "name": name, "platform": platform, "agentVersion": AGENT, "publicKey": to_base64(self.device.spki),
            "signature": to_base64(self.device.sign(signed))})
        self.open_session()
        return self.json("GET", "/v1/device")

    def open_session(self):
        self.session = None
        nonce = self.json("POST", "/v1/enrollment/nonces", {"deviceId": self.device.id.hex()}).get("nonce")
        signed = transcript("device session", self.issuer.encode(), self.device.id, from_base64(nonce))
        self.session = self.json("POST", "/v1/enrollment/sessions", {
            "deviceId": self.device.id.hex(), "nonce": nonce, "agentVersion": AGENT,
            "signature": to_base64(self.device.sign(signed))}).get("session")
        if not isinstance(self.session, str) or not self.session.isascii() or not self.session.isprintable():
            raise NoAnswer("the session is none")

    def bytes(self, path, limit):
        return self.call("GET", path, accept="application/octet-stream", limit=limit)


def _problem(e):
    retry = e.headers.get("Retry-After", "")
    try:
        code = json.loads(e.read(65536)).get("code")
    except (ValueError, AttributeError, OSError):
        code = ""
    problem = Problem(e.code, code if isinstance(code, str) else "")
    problem.retry_after = int(retry) if retry.isdecimal() and len(retry) < 6 else 0
    return problem


def fetch(portal, folder, pin=None):
    """Everything of the employee's active set, as files of a bundle. Returns an exit code."""
    context = portal.enrol()
    view, code = context.get("set"), 0
    if not isinstance(view, dict) or view.get("state") != "ACTIVE":
        raise Refused("HK1-D-03", "there is no active set", 6)
    set_id, generation = from_hex(view.get("setId"), 16), view.get("generation")
    os.mkdir(folder, 0o700)

    def write(name, data):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "xb") as file:
            file.write(data if isinstance(data, bytes) else json.dumps(data, indent=1).encode())

    # The vault first, so that what is committed meanwhile is shown and not missed (HK1-D-04).
    try:
        write("vault/card", portal.bytes("/v1/device/vault/card", 2048))
        if pin:
            vault = Vault(portal, set_id, pin)
            for number, (data, head) in enumerate(vault.statuses()):
                write(f"vault/statuses/{number:04}", data)
                write(f"vault/heads/{number:04}", head)
    except Refused as e:
        portal.say(f"the vault was not asked: {e}")
    write("bundle.json", {"hikaeBundle": 1, "setId": set_id.hex(), "generation": generation, "issuer": portal.issuer,
                          "subject": portal.subject})
    try:
        wraps = portal.json("GET", "/v1/device/wraps", kind=list)
    except Refused as e:
        portal.say(f"the list of wraps is withheld: {e}")
        wraps = view.get("wraps") if isinstance(view.get("wraps"), list) else []
    write("wraps.json", wraps)
    snapshots = _snapshots(portal)
    write("snapshots.json", snapshots)
    names = set()
    for each in snapshots:
        try:
            if (each.get("fate") or {}).get("state") != "REMOVED":
                identifier = from_hex(each.get("snapshotId"), 16).hex()
                names.add(from_hex(each.get("root"), 32))
                data = portal.bytes(f"/v1/device/snapshots/{identifier}/objects", 32 * 500_000)
                write(f"lists/{identifier}", data)
                names.update(data[i:i + 32] for i in range(0, len(data) - 31, 32))
        except Refused as e:
            portal.say(f"an object list is withheld: {e}")
            code = 7
    for name in sorted(names):
        text = name.hex()
        try:
            data = portal.bytes(f"/v1/device/objects/{text}", 24 << 20)
            if sha(data) != name:
                portal.say(f"object {text} is not its name")
                code = 7
            write(f"objects/{text[:2]}/{text}", data)
        except Refused as e:
            portal.say(f"object {text} is missing or withheld: {e}")
            code = 7
    return code


def _snapshots(portal):
    out, seen, path = [], set(), "/v1/device/snapshots?limit=1000"
    while len(seen) < 1000:
        page = portal.json("GET", path)
        each = page.get("snapshots")
        if not isinstance(each, list) or not all(isinstance(x, dict) for x in each):
            raise NoAnswer("a page of snapshots is none")
        out += each
        after = page.get("next")
        if after is None or after in seen or not each:
            break
        seen.add(after)
        path = f"/v1/device/snapshots?limit=1000&after={from_hex(after, 16).hex()}"
    return out


class Vault:
    """Messages to the vault of a pinned root (HK1-V-27). No refusal of HTTP says anything about a try (HK1-V-45)."""

    def __init__(self, portal, set_id, pin):
        self.portal, self.set_id, self.head = portal, set_id, b""
        self.card = evidence.read_card(portal.bytes("/v1/device/vault/card", 2048), pin)
        self.employee = evidence.employee_hash(self.card, portal.issuer, portal.subject)

    def message(self, kind, payload, patient=True):
        token, device = self.portal.token().encode(), self.portal.device
        issued = u64(int(time.time()))
        signed = transcript("vault request", u8(kind), self.card.hash, issued, sha(token), self.set_id, self.head,
                            payload)
        plain = fields(issued, token, self.set_id, device.spki, self.head, payload, device.sign(signed))
        channel = Channel(self.card.channel, transcript("req", u8(kind), self.card.tenant.encode(), self.card.hash))
        outer = fields(u8(kind), u32(self.card.sequence), channel.seal(plain))
        send = self.portal.call if patient else self.portal.once
        answer = send("POST", "/v1/device/vault/messages", outer, accept="application/octet-stream", limit=32 << 10,
                      timeout=60 if patient else 15)
        return self._reply(answer, channel)

    def _reply(self, answer, channel):
        r = Reader(answer, "HK1-V-04")
        kind, body = r.field_number(1), r.field(most=32768)
        r.end()
        head = b""
        if kind == 1:
            r = Reader(channel.open(body), "HK1-V-04")
            head, reply = r.field(), r.field(most=32768)
            r.end()
            self._keep(head)
        elif kind == 0:
            reply = body
        else:
            raise Refused("HK1-V-04", "a reply of an unknown kind", 6)
        r = Reader(reply, "HK1-V-04")
        refusal = r.field_number(1)
        if refusal == 0 and kind == 1 and head:
            payload = r.field(most=32768)
            r.end()
            return payload
        left, after = r.field_number(1), r.field_number(4)
        r.end()
        if refusal not in REFUSALS or (kind == 0 and refusal not in (1, 2, 13)):
            raise Refused("HK1-V-04", "a reply that must not come so", 6)
        again = f", again in {after} seconds" if after else ""
        attempts = f", {left} attempts are left" if left != 255 else ""
        e = Refused("HK1-V-27", f"the vault refuses: {REFUSALS[refusal]}{again}{attempts}", _CODES.get(refusal, 6))
        e.refusal, e.sealed = refusal, kind == 1
        raise e

    def _keep(self, head):
        if head:
            number, code = evidence.read_head(head, self.card, [self.card.identity])
            if self.head:
                before = evidence.read_head(self.head, self.card)
                if number < before[0] or (number == before[0] and code != before[1]):
                    raise Refused("HK1-V-46", "VAULT_SET_BACK: the vault's ledger went back", 6)
            self.head = head

    def statuses(self):
        """Each Status as it came and the head of its reply, to the last page."""
        after = 0
        for _ in range(1000):
            nonce = secrets.token_bytes(16)
            data = self.message(STATUS, fields(nonce, u64(after)))
            self.last = evidence.read_status(data, self.card, nonce, after)
            if any(row.employee != self.employee for row in self.last.receipts):
                raise Refused("HK1-V-31", "a receipt of another person")
            yield data, self.head
            if len(self.last.receipts) < 32:
                return
            after = self.last.receipts[-1].number

    def login(self, password):
        """K by the password. A wrong one costs an attempt."""
        for _ in self.statuses():
            pass
        status = self.last
        if status.state != 2 or status.set_id != self.set_id or status.frozen or status.wait_seconds:
            raise Refused("HK1-V-48", f"the record is {evidence.STATES[status.state]}, of "
                          f"{'this' if status.set_id == self.set_id else 'another'} set, "
                          f"{'frozen' if status.frozen else f'to be tried in {status.wait_seconds} seconds'}", 8)
        self.portal.say(f"{status.attempts_left} attempts are left; a wrong password costs one")
        secret, login_id = password_input(normalise(password), self.set_id), secrets.token_bytes(16)
        login = Login(secret)
        answer = self._send(LOGIN_START, fields(login_id, status.cred_id, login.ke1))
        r = Reader(answer, "HK1-V-29")
        ke2, _ = r.field(259), r.field_number(1)
        r.end()
        ke3, session, export = login.finish(ke2, b"HK1|1|" + self.card.tenant.encode() + b"|vault", self.set_id)
        code = mac(session, transcript("op", login_id, u8(FETCH), b""))
        r = Reader(self._send(LOGIN_FINISH, fields(login_id, ke3, u8(FETCH), b"", code)), "HK1-V-29")
        blob, receipt = r.field(190), r.field(most=768)
        evidence.read_series_heads(r)
        r.end()
        row = evidence.read_receipt(receipt, self.card, [self.card.identity])
        wanted = (OPENED, self.employee, self.set_id, status.cred_id, self.portal.device.id,
                  sha(transcript("vault login detail", login_id)))
        if (row.event, row.employee, row.set_id, row.cred_id, row.device, row.detail) != wanted:
            raise Refused("HK1-V-45", "the receipt is not of this login: the attempt is taken for spent", 6)
        wrap = parse_wrap(blob)
        if wrap.method != PASSWORD or wrap.set_id != self.set_id or wrap.parameters != status.cred_id:
            raise Refused("HK1-K-03", "what the vault keeps is damaged; the digits are left")
        return wrap.open(export)

    def _send(self, kind, payload):
        """The very same again, when no sealed reply came, for 50 seconds (HK1-V-45)."""
        begun = time.monotonic()
        while True:
            try:
                return self.message(kind, payload, patient=False)
            except Refused as e:
                if getattr(e, "sealed", False) and getattr(e, "refusal", None) != 13:
                    raise
                if isinstance(e, Problem) and e.problem == "device-session-required":
                    self.portal.open_session()
                if time.monotonic() - begun > 45:
                    raise Refused("HK1-V-45", f"no answer: one attempt is probably gone ({e})", 5) from None
                time.sleep(2)
