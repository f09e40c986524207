package org.hikae.backup.wire;

import java.util.List;

/**
 * Which of these objects are not stored ({@code POST /api/v1/device/objects/missing}).
 *
 * @param names at most {@link #MAX_NAMES} names, hexadecimal
 */
public record MissingQuery(List<String> names) {

  /** Most names in one question. */
  public static final int MAX_NAMES = 10_000;
}
