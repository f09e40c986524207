package org.hikae.device.search;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;

/**
 * Some names of an index, in the order of the manifest, in two parts: folded names, which are
 * looked through, and all else, which is opened where a name was found.
 */
final class NameBatch {

  /** Most names of a batch. */
  static final int MAX_NAMES = 4096;

  /** No part of a batch is larger; names of 255 bytes with a version for each snapshot are less. */
  private static final int MAX_PART_BYTES = 64 * 1024 * 1024;

  /** By their numbers in a batch. */
  private static final List<ListedEntry.Type> TYPES =
      List.of(
          ListedEntry.Type.DIRECTORY,
          ListedEntry.Type.FILE,
          ListedEntry.Type.HARD_LINK,
          ListedEntry.Type.SYMLINK,
          ListedEntry.Type.FIFO);

  private static final int HEAD_BYTES = 5;
  private static final int LEVEL = 3;

  private final int count;
  private final boolean last;
  private final byte[] folded;

  private NameBatch(int count, boolean last, byte[] folded) {
    this.count = count;
    this.last = last;
    this.folded = folded;
  }

  /**
   * A batch as bytes.
   *
   * @param folded what is looked through
   * @param rest what is opened where something was found
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record EncodedBatch(byte[] folded, byte[] rest) {}

  /** A batch as bytes. */
  static EncodedBatch encode(List<IndexedName> names, boolean last) {
    ByteArrayOutputStream folded = new ByteArrayOutputStream();
    VarintWriter rest = new VarintWriter();
    if (!names.isEmpty()) {
      rest.bytes(names.getFirst().path().parent().toBytes());
    }
    for (IndexedName each : names) {
      RawPath path = each.path();
      byte[] name = path.depth() == 0 ? new byte[0] : path.name(path.depth() - 1);
      byte[] compared = FoldedName.of(name);
      folded.writeBytes(compared);
      folded.write(0);
      rest.number(path.depth());
      rest.bytes(Arrays.compare(name, compared) == 0 ? new byte[0] : name);
      versions(rest, each.versions());
    }
    byte[] packed = pack(folded.toByteArray());
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES).put((byte) (last ? 1 : 0)).putInt(names.size()).array();
    byte[] first = Arrays.copyOf(head, HEAD_BYTES + packed.length);
    System.arraycopy(packed, 0, first, HEAD_BYTES, packed.length);
    return new EncodedBatch(first, pack(rest.toBytes()));
  }

  private static void versions(VarintWriter out, List<IndexedVersion> versions) {
    out.number(versions.size());
    int before = 0;
    for (IndexedVersion version : versions) {
      out.number(version.first() - before);
      out.number(version.last() - version.first());
      out.number(TYPES.indexOf(version.type()));
      out.number(version.size());
      out.signed(version.modifiedSeconds());
      before = version.last();
    }
  }

  private static byte[] pack(byte[] plain) {
    byte[] packed = Zstd.compress(plain, LEVEL);
    return ByteBuffer.allocate(Integer.BYTES + packed.length)
        .putInt(plain.length)
        .put(packed)
        .array();
  }

  /** Opens the folded names of a batch. */
  static NameBatch decode(byte[] folded) throws DamagedDataException {
    require(folded.length >= HEAD_BYTES);
    ByteBuffer head = ByteBuffer.wrap(folded);
    boolean last = head.get() == 1;
    int count = head.getInt();
    require(count >= 0 && count <= MAX_NAMES);
    return new NameBatch(count, last, unpack(folded, HEAD_BYTES));
  }

  private static byte[] unpack(byte[] part, int from) throws DamagedDataException {
    int at = from + Integer.BYTES;
    require(part.length >= at);
    int length = ByteBuffer.wrap(part, from, Integer.BYTES).getInt();
    require(length >= 0 && length <= MAX_PART_BYTES);
    byte[] out = new byte[length];
    try {
      long got = Zstd.decompressByteArray(out, 0, length, part, at, part.length - at);
      require(got == length);
    } catch (ZstdException e) {
      throw damaged();
    }
    return out;
  }

  boolean isLast() {
    return last;
  }

  /** All names, of which this is the rest. */
  List<IndexedName> names(byte[] rest) throws DamagedDataException {
    BitSet all = new BitSet();
    all.set(0, count);
    return names(all, rest);
  }

  /** Which names contain this; most batches have none, and are not opened further. */
  BitSet find(NameQuery query) throws DamagedDataException {
    BitSet found = new BitSet();
    int number = 0;
    int counted = 0;
    int at = query.indexIn(folded, 0);
    while (at >= 0) {
      while (counted < at) {
        number += folded[counted++] == 0 ? 1 : 0;
      }
      require(number < count);
      found.set(number);
      int end = at;
      while (end < folded.length && folded[end] != 0) {
        end++;
      }
      at = query.indexIn(folded, end);
    }
    return found;
  }

  /** Some names, by their numbers. */
  List<IndexedName> names(BitSet wanted, byte[] rest) throws DamagedDataException {
    List<IndexedName> names = new ArrayList<>();
    if (count == 0) {
      return names;
    }
    VarintReader in = new VarintReader(unpack(rest, 0));
    try {
      List<RawPath> parents = parents(RawPath.of(in.bytes()));
      int start = 0;
      for (int i = 0; i < count; i++) {
        int end = start;
        while (end < folded.length && folded[end] != 0) {
          end++;
        }
        int depth = in.count(parents.size());
        byte[] written = in.bytes();
        byte[] name = written.length == 0 ? Arrays.copyOfRange(folded, start, end) : written;
        start = end + 1;
        RawPath path = depth == 0 ? RawPath.ROOT : parents.get(depth - 1).child(name);
        parents.subList(depth, parents.size()).clear();
        parents.add(path);
        List<IndexedVersion> versions = versions(in);
        if (wanted.get(i)) {
          names.add(new IndexedName(path, versions));
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged();
    }
    return names;
  }

  /** A directory and all above it, by depth. */
  private static List<RawPath> parents(RawPath directory) {
    List<RawPath> parents = new ArrayList<>();
    RawPath path = RawPath.ROOT;
    parents.add(path);
    for (int i = 0; i < directory.depth(); i++) {
      path = path.child(directory.name(i));
      parents.add(path);
    }
    return parents;
  }

  private static List<IndexedVersion> versions(VarintReader in) {
    int count = in.count(Integer.MAX_VALUE);
    List<IndexedVersion> versions = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < count; i++) {
      int first = before + in.count(Integer.MAX_VALUE);
      before = first + in.count(Integer.MAX_VALUE);
      ListedEntry.Type type = TYPES.get(in.count(TYPES.size() - 1));
      versions.add(new IndexedVersion(first, before, type, in.number(), in.signed()));
    }
    return versions;
  }

  private static void require(boolean holds) throws DamagedDataException {
    if (!holds) {
      throw damaged();
    }
  }

  private static DamagedDataException damaged() {
    return new DamagedDataException("The index of names is damaged.");
  }
}
