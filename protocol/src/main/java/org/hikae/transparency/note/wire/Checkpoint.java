package org.hikae.transparency.note.wire;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.wire.MerkleHasher;

/**
 * What a log says of itself (C2SP tlog-checkpoint): how many entries it has and the root of their
 * tree. Believed only when it was signed ({@link SignedCheckpoint}).
 *
 * @param origin names the log; one line that is not empty
 * @param size how many entries
 * @param root of the tree of these entries
 * @param extensions lines that the log added; none of a log of this product
 */
public record Checkpoint(String origin, long size, Hash256 root, List<String> extensions) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final int LINES = 3;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when it could not be written and read back
   */
  public Checkpoint {
    if (size < 0 || (size == 0 && !root.equals(MerkleHasher.EMPTY_ROOT))) {
      throw new IllegalArgumentException("no log has such a size and root");
    }
    if (!isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
      throw new IllegalArgumentException("a line is empty or has a control character");
    }
    extensions = List.copyOf(extensions);
  }

  private static boolean isLine(String line) {
    return !line.isEmpty() && line.chars().allMatch(c -> c >= ' ');
  }

  /** A checkpoint without extensions. */
  public Checkpoint(String origin, long size, Hash256 root) {
    this(origin, size, root, List.of());
  }

  /**
   * Reads the text of a note.
   *
   * @throws MalformedException when it has another form
   */
  public static Checkpoint parse(String text) throws MalformedException {
    String[] lines = text.split("\n", -1);
    // What follows the last end of a line is empty, and no line.
    boolean right = lines.length > LINES && lines[lines.length - 1].isEmpty();
    if (!right || !SIZE.matcher(lines[1]).matches()) {
      throw new MalformedException("A checkpoint is an origin, a size and a root, line by line.");
    }
    byte[] root = Base64Codec.decode("root", lines[2]);
    if (root.length != Hk1Constants.HASH_BYTES) {
      throw new MalformedException("The root must have " + Hk1Constants.HASH_BYTES + " bytes.");
    }
    try {
      return new Checkpoint(
          lines[0],
          Long.parseLong(lines[1]),
          Hash256.of(root),
          Arrays.asList(lines).subList(LINES, lines.length - 1));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("The checkpoint has a line that cannot be right.");
    }
  }

  /** The text of the note. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n');
    text.append(Base64Codec.encode(root.toBytes())).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
