package org.hikae.transparency.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.MalformedException;

/**
 * Where a tile of a log lies below the log's address (C2SP tlog-tiles): {@code tile/0/x001/067} has
 * hashes, {@code tile/entries/x001/067} the entries of the same places, and {@code .p/5} behind it
 * means that only five are there.
 *
 * @param level how many tiles lie below it, 0 to {@link #MAX_LEVEL}; {@link #ENTRIES} for entries
 * @param index its number in the level, from 0 to {@link #MAX_INDEX}
 * @param width how many hashes or entries it has, 1 to {@link #FULL}
 */
public record TilePath(int level, long index, int width) {

  /** The level of entries. */
  public static final int ENTRIES = -1;

  /** The highest level that can be written. */
  public static final int MAX_LEVEL = 63;

  /** The highest number of a tile that is read: six parts of three digits. */
  public static final long MAX_INDEX = 999_999_999_999_999_999L;

  /** Width of a tile to which nothing will be added. */
  public static final int FULL = 256;

  /** How many levels of the tree a tile spans. */
  public static final int HEIGHT = 8;

  /** The longest path is shorter than this. */
  private static final int MAX_CHARACTERS = 64;

  private static final String ENTRIES_NAME = "entries";

  private static final Pattern FORM =
      Pattern.compile(
          "tile/([0-9]{1,2}|entries)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when one is overstepped
   */
  public TilePath {
    boolean right =
        level >= ENTRIES
            && level <= MAX_LEVEL
            && index >= 0
            && index <= MAX_INDEX
            && width >= 1
            && width <= FULL;
    if (!right) {
      throw new IllegalArgumentException("no such tile: " + level + ", " + index + ", " + width);
    }
  }

  /**
   * The tile with this number as it is when the log has {@code size} entries.
   *
   * @throws IllegalArgumentException when a log of this size has no such tile
   */
  public static TilePath of(int level, long index, long size) {
    int shift = Math.max(level, 0) * HEIGHT;
    long nodes = shift < Long.SIZE ? size >>> shift : 0;
    boolean begun = size > 0 && index >= 0 && index <= nodes >>> HEIGHT && index * FULL < nodes;
    if (!begun) {
      throw new IllegalArgumentException("a log of " + size + " entries has no such tile");
    }
    return new TilePath(level, index, (int) Math.min(nodes - index * FULL, FULL));
  }

  /**
   * Reads a path. Only the one form that {@link #path()} writes is one.
   *
   * @throws MalformedException when it has another
   */
  public static TilePath parse(String path) throws MalformedException {
    Matcher parts = path.length() > MAX_CHARACTERS ? null : FORM.matcher(path);
    if (parts == null || !parts.matches()) {
      throw malformed();
    }
    String level = parts.group(1);
    String width = parts.group(3);
    try {
      TilePath tile =
          new TilePath(
              level.equals(ENTRIES_NAME) ? ENTRIES : Integer.parseInt(level),
              Long.parseLong(parts.group(2).replaceAll("[x/]", "")),
              width == null ? FULL : Integer.parseInt(width));
      // Leading zeros, and a full tile that is called a part of one.
      if (!tile.path().equals(path)) {
        throw malformed();
      }
      return tile;
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static MalformedException malformed() {
    return new MalformedException("The path is none of a tile.");
  }

  /** Whether nothing will be added to it. */
  public boolean isFull() {
    return width == FULL;
  }

  /** The same tile once nothing will be added to it. */
  public TilePath full() {
    return new TilePath(level, index, FULL);
  }

  /** The path below the log's address, without a slash in front. */
  public String path() {
    StringBuilder path = new StringBuilder("tile/");
    path.append(level == ENTRIES ? ENTRIES_NAME : Integer.toString(level)).append('/');
    path.append(indexPath());
    if (!isFull()) {
      path.append(".p/").append(width);
    }
    return path.toString();
  }

  private String indexPath() {
    String digits = String.format(Locale.ROOT, "%03d", index % 1000);
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      digits = String.format(Locale.ROOT, "x%03d/", rest % 1000) + digits;
    }
    return digits;
  }
}
