"""An independent restorer and verifier of HK1 backups, written from docs/spec alone."""
