package org.hikae.device.keys;

/** What a subkey of K is for (spec HK1-K-02). */
public enum Subkey {
  /** Seals packs. */
  PACK("pack"),
  /** Names chunks by their content. */
  CHUNK_ID("chunk-id"),
  /** Decides where large files are cut. */
  CDC("cdc"),
  /** Seals snapshot roots. */
  MANIFEST("manifest"),
  /** Wraps the K of the generation before. */
  CHAIN("chain"),
  /** Seed of the owner's signature key. */
  OWNER("owner"),
  /** Seals passwords of restic. */
  RESTIC("restic"),
  /** Keys what a device keeps to remind of the password; of no use elsewhere. */
  REMINDER("reminder"),
  /** Seals the index of names that a device keeps; of no use elsewhere. */
  NAMES("names");

  private final String label;

  Subkey(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
