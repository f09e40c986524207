"""With a portal that can be reached: fetches a set into a bundle, and restores a bundle with the password."""

import argparse
import sys

from .__main__ import bundle_options, main, restore_options, restore_snapshot, say
from .bundle import Bundle
from .evidence import read_pin
from .portal import Portal, Vault, fetch


def _portal(args):
    return Portal(args.portal, args.token_file, args.device_key, say)


def fetch_set(args):
    return fetch(_portal(args), args.bundle, read_pin(args.vault_root) if args.vault_root else None)


def restore_with_password(args):
    with open(args.password_file, encoding="utf-8") as file:
        password = file.read(4096).removesuffix("\n")
    portal = _portal(args)
    portal.enrol()
    vault = Vault(portal, Bundle(args.bundle).set_id, read_pin(args.vault_root))
    key = vault.login(password)
    return restore_snapshot(args, key, [vault.last])


def parser():
    top = argparse.ArgumentParser(prog="restorer.online", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    online = argparse.ArgumentParser(add_help=False)
    online.add_argument("--portal", required=True, help="address of the portal, https")
    online.add_argument("--token-file", required=True, help="file with an access token; read anew for each call")
    online.add_argument("--device-key", required=True, 
                        help="file with this client's key as a device; made when it is missing")
    one = commands.add_parser("fetch", parents=[online], help="everything of the active set into a new folder")
    one.add_argument("bundle")
    one.add_argument("--vault-root", help="fingerprint of the vault root; without it the vault is not asked")
    one.set_defaults(run=fetch_set)
    one = commands.add_parser("restore", parents=[online, bundle_options(needs_digits=False)],
                              help="restore a bundle with the password, through the vault")
    one.add_argument("--password-file", required=True)
    restore_options(one)
    one.set_defaults(run=restore_with_password)
    return top


if __name__ == "__main__":
    sys.exit(main(options=parser))
