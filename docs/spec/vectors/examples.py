#!/usr/bin/env python3
"""Writes the examples of enrolment of ../../openapi.yaml anew, so that they verify (HK1-E-03, HK1-E-04).

What a portal really answered has another issuer than what is shown, since addresses are replaced in it, and no signature survives that. So
these three are of the device of vault.json, for the issuer and subject that the example of EnrollmentView shows. Run in this folder after
examples were made anew: python3 examples.py; then take openapi.yaml from a portal again (../../testing.md).
"""

import base64
import json
import os

from vault import DEVICE_ID, DEVICE_KEY, transcript

FOLDER = "../../../web/api/src/main/resources/META-INF/openapi-examples/"


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(name):
    with open(os.path.join(FOLDER, name + ".json")) as file:
        return json.load(file)


def write(name, example):
    with open(os.path.join(FOLDER, name + ".json"), "w") as file:
        file.write(json.dumps(example, indent=2, sort_keys=True, ensure_ascii=False, separators=(",", " : ")) + "\n")


def main():
    view = read("getEnrollment")["answer"]
    issuer, subject = view["issuer"].encode(), view["subject"].encode()
    enrol, nonce, session = read("enrolDevice"), read("createNonce"), read("openDeviceSession")
    asked = enrol["request"]
    asked["publicKey"] = text(DEVICE_KEY.spki)
    asked["signature"] = text(DEVICE_KEY.sign(transcript(
        b"enrol device 2", issuer, subject, DEVICE_KEY.spki, *(asked[name].encode() for name in ("name", "platform", "agentVersion")))))
    enrol["answer"]["deviceId"] = nonce["request"]["deviceId"] = session["request"]["deviceId"] = DEVICE_ID.hex()
    drawn = nonce["answer"]["nonce"]
    session["request"]["nonce"] = drawn
    session["request"]["signature"] = text(DEVICE_KEY.sign(transcript(
        b"device session", issuer, DEVICE_ID, base64.urlsafe_b64decode(drawn + "="))))
    write("enrolDevice", enrol)
    write("createNonce", nonce)
    write("openDeviceSession", session)


if __name__ == "__main__":
    main()
