package org.hikae.backup.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What restic calls the kinds of its objects; {@code config} is a single file. */
public enum ResticType {
  /** The one file that describes the repository. */
  CONFIG,
  /** Packs of blobs. */
  DATA,
  /** Which blob lies in which pack. */
  INDEX,
  /** Passwords' wraps of the repository's key. */
  KEYS,
  /** Who is at work; the only type that is really deleted. */
  LOCKS,
  /** One for each backup that was completed. */
  SNAPSHOTS;

  /**
   * The largest object of restic's, in bytes: the largest pack size that it can be told, 128 MiB,
   * and what a pack may have beyond it. Objects of HK1 have a limit of their own.
   */
  public static final int MAX_OBJECT_BYTES = 160 * 1024 * 1024;

  /** The longest page of a list that is asked for page by page, in objects. */
  public static final int LIST_PAGE = 20_000;

  /** The type with this folder; {@code config} is none. */
  public static Optional<ResticType> ofFolder(String folder) {
    return Arrays.stream(values())
        .filter(type -> type != CONFIG && type.name().toLowerCase(Locale.ROOT).equals(folder))
        .findFirst();
  }
}
