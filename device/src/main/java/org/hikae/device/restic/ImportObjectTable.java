package org.hikae.device.restic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hash256;

/**
 * What an import knows of each object of one type: whether the portal had it, whether it is in the
 * directory, and whether the portal lists it at the end. An object is known by its name and length
 * together, of which 102 bits are kept: among {@link #MAX_OBJECTS} two are taken for one by chance
 * once in 10<sup>17</sup> imports. Who makes a file's name agree with a listed object's in these
 * bits has it taken for there without being read; it cannot have that name's hash. An object costs
 * 15 to 23 bytes, so that the largest table fits the agent's heap.
 */
final class ImportObjectTable {

  /** Most objects, of both sides together. */
  static final int MAX_OBJECTS = 5_000_000;

  private static final int PARTS = 256;
  private static final int FIRST_CAPACITY = 16;
  private static final int STATE_BITS = 2;
  private static final int STATE_MASK = 3;

  private final long[][] keys = new long[PARTS][FIRST_CAPACITY];
  private final int[][] tags = new int[PARTS][FIRST_CAPACITY];
  private final int[] counts = new int[PARTS];
  private final int most;
  private int count;

  ImportObjectTable() {
    this(MAX_OBJECTS);
  }

  /** One with another limit. */
  ImportObjectTable(int most) {
    this.most = most;
  }

  /** Where an object was found; an entry only moves down this list. */
  enum State {
    /** Nowhere; its bits also mark a free place. */
    UNKNOWN(0),
    /** At the portal, at the beginning. */
    LISTED(1),
    /** In the directory, and sent or found to be at the portal. */
    SEEN(2),
    /** And the portal lists it afterwards. */
    CONFIRMED(3);

    private final int bits;

    State(int bits) {
      this.bits = bits;
    }

    private static State of(int bits) {
      return switch (bits) {
        case 1 -> LISTED;
        case 2 -> SEEN;
        case 3 -> CONFIRMED;
        default -> UNKNOWN;
      };
    }
  }

  /** Refuses what would not fit, beside what is there, if it were all new. */
  void requireRoom(int objects) throws AgentException {
    if (objects > most - count) {
      throw new AgentException(RunResult.REFUSED, "restic.import.too-many", most);
    }
  }

  /** The portal has it at the beginning. */
  void listed(Hash256 name, long size) throws AgentException {
    advance(name, size, State.LISTED);
  }

  /** It is in the directory and at the portal, as far as is known. */
  void seen(Hash256 name, long size) throws AgentException {
    advance(name, size, State.SEEN);
  }

  /** The portal has it afterwards; what was not {@link #seen} is left as it is. */
  void confirmed(Hash256 name, long size) throws AgentException {
    if (of(name, size) == State.SEEN) {
      advance(name, size, State.CONFIRMED);
    }
  }

  /** What is known of an object. */
  State of(Hash256 name, long size) {
    ObjectFingerprint objectFingerprint = new ObjectFingerprint(name, size);
    return State.of(tags[objectFingerprint.part][place(objectFingerprint)] & STATE_MASK);
  }

  /** How many bytes the table takes. */
  long bytes() {
    return Arrays.stream(keys).mapToLong(part -> part.length * 12L).sum();
  }

  private void advance(Hash256 name, long size, State state) throws AgentException {
    if (size > ResticType.MAX_OBJECT_BYTES) {
      // The portal has none, and none is sent; such a length would not fit the tag.
      return;
    }
    ObjectFingerprint objectFingerprint = new ObjectFingerprint(name, size);
    int at = place(objectFingerprint);
    int known = tags[objectFingerprint.part][at] & STATE_MASK;
    if (known == 0) {
      requireRoom(1);
      count++;
      counts[objectFingerprint.part]++;
    }
    keys[objectFingerprint.part][at] = objectFingerprint.key;
    tags[objectFingerprint.part][at] = objectFingerprint.tag | Math.max(known, state.bits);
    // A fifth of the places stays free, so that a search ends soon.
    if (counts[objectFingerprint.part] * 5L > keys[objectFingerprint.part].length * 4L) {
      grow(objectFingerprint.part);
    }
  }

  /** Where an object stands, or the free place where it belongs. */
  private int place(ObjectFingerprint objectFingerprint) {
    long[] partKeys = keys[objectFingerprint.part];
    int[] partTags = tags[objectFingerprint.part];
    int at = first(objectFingerprint.key, partKeys.length);
    while ((partTags[at] & STATE_MASK) != 0
        && (partKeys[at] != objectFingerprint.key
            || (partTags[at] & ~STATE_MASK) != objectFingerprint.tag)) {
      at = at + 1 == partKeys.length ? 0 : at + 1;
    }
    return at;
  }

  /** Names are hashes: their bits are as good as a hash of them. */
  private static int first(long key, int capacity) {
    return (int) (((key >>> 32) * capacity) >>> 32);
  }

  private void grow(int part) {
    long[] oldKeys = keys[part];
    int[] oldTags = tags[part];
    int capacity = oldKeys.length + oldKeys.length / 2;
    keys[part] = new long[capacity];
    tags[part] = new int[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if ((oldTags[i] & STATE_MASK) != 0) {
        int at = first(oldKeys[i], capacity);
        while ((tags[part][at] & STATE_MASK) != 0) {
          at = at + 1 == capacity ? 0 : at + 1;
        }
        keys[part][at] = oldKeys[i];
        tags[part][at] = oldTags[i];
      }
    }
  }

  /** The bits of a name and a length that are kept: 8 choose the part, 64 and 30 lie in it. */
  private static final class ObjectFingerprint {

    private final int part;
    private final long key;
    private final int tag;

    ObjectFingerprint(Hash256 name, long size) {
      ByteBuffer bytes = ByteBuffer.wrap(name.toBytes());
      part = bytes.get(0) & 0xff;
      key = bytes.getLong(8);
      // Lengths differ within 30 bits, so one name with two lengths makes two tags.
      tag = (bytes.getInt(16) ^ (int) size) << STATE_BITS;
    }
  }
}
