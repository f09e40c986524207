#!/usr/bin/env bash
# restic to its REST server over TLS, as the portal is reached.
SCHEME=https exec bash "${0%-tls.sh}.sh" "$@"
