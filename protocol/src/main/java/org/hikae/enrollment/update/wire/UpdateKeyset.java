package org.hikae.enrollment.update.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteKeyType;
import org.hikae.transparency.note.wire.NoteSignatureException;
import org.hikae.transparency.note.wire.SignedNote;

/**
 * Keys that sign one kind of text, and how many of them have to.
 *
 * @param threshold at least one, at most as many as there are keys
 * @param keys each once, whatever its name; at most {@link #MAX_KEYS}
 */
public record UpdateKeyset(int threshold, List<NoteKey> keys) {

  /** The most keys of a kind. */
  public static final int MAX_KEYS = 8;

  private static final int KEY_PARTS = 3;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when the threshold cannot be reached or is none, when there
   *     are too many keys, or one key stands there twice
   */
  public UpdateKeyset {
    keys = List.copyOf(keys);
    if (threshold < 1 || threshold > keys.size() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("the threshold cannot be reached, or there are many keys");
    }
    long different = keys.stream().map(UpdateKeyset::bytes).distinct().count();
    boolean signing = keys.stream().allMatch(key -> key.type() == NoteKeyType.ED25519);
    if (different != keys.size() || !signing) {
      throw new IllegalArgumentException("one key stands there twice, or signs something else");
    }
  }

  /** The public key without its name: under two names it would count as two people. */
  private static String bytes(NoteKey key) {
    return key.text().split("\\+", KEY_PARTS)[KEY_PARTS - 1];
  }

  /** Whether the other has the same keys and threshold, in whatever order. */
  public boolean isSameAs(UpdateKeyset other) {
    return threshold == other.threshold
        && keys.size() == other.keys.size()
        && keys.containsAll(other.keys);
  }

  /**
   * Whether enough of these keys have signed. Signatures of other keys are passed over.
   *
   * @throws NoteSignatureException when a signature of one of these is wrong, or none has signed
   */
  public boolean hasSigned(SignedNote note) throws NoteSignatureException {
    return note.verify(keys).size() >= threshold;
  }

  /** The values of a line of a root. */
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(threshold));
    keys.forEach(key -> parts.add(key.text()));
    return String.join(" ", parts);
  }

  /** Reads what {@link #text()} writes. */
  static UpdateKeyset parse(String text) throws MalformedException {
    String[] parts = text.split(" ", MAX_KEYS + 2);
    List<NoteKey> keys = new ArrayList<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      keys.add(NoteKey.parse(part));
    }
    try {
      return new UpdateKeyset(UpdateHead.number(parts[0]), keys);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("The keys are too many or too few, or one is there twice.");
    }
  }
}
