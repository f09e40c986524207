package org.hikae.backup.wire;

/**
 * What a run's new and changed files look like from their beginnings, in three kinds (spec
 * HK1-R-20). Encrypted files begin like random bytes; pictures, documents and archives do not.
 */
public enum EntropyKind {
  /** Fewer than a fifth look random, or there are too few to say so. */
  PLAIN,
  /** In between. */
  MIXED,
  /** Four fifths or more look random. */
  RANDOM;

  /** With fewer files than this the kind would tell of single ones. */
  public static final long LEAST_FILES = 8;

  private static final long FIFTHS = 5;

  /** The kind of files of which so many look random. */
  public static EntropyKind of(long random, long files) {
    if (files < LEAST_FILES || random * FIFTHS < files) {
      return PLAIN;
    }
    return random * FIFTHS < files * (FIFTHS - 1) ? MIXED : RANDOM;
  }
}
