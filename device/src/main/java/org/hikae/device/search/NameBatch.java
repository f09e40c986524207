package org.hikae.device.search;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  /** What the first byte says: no batch follows. */
  private static final int LAST = 1;

  /** And: the folded names are as they are. */
  private static final int UNPACKED = 2;

  /** Numbers of which a version is made. */
  private static final int VERSION_NUMBERS = 5;

  private final int count;
  private final boolean last;

  /** A character for each byte: Java searches texts by vectors of the processor. */
  private final String folded;

  private NameBatch(int count, boolean last, String folded) {
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

  /**
   * A batch as bytes.
   *
   * @param packed whether the folded names take less of the disk; to look through them takes three
   *     times as long then
   */
  static EncodedBatch encode(List<IndexedName> names, boolean last, boolean packed) {
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
    byte[] searched = packed ? pack(folded.toByteArray()) : folded.toByteArray();
    byte[] first =
        ByteBuffer.allocate(HEAD_BYTES + searched.length)
            .put((byte) ((last ? LAST : 0) | (packed ? 0 : UNPACKED)))
            .putInt(names.size())
            .put(searched)
            .array();
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
    int flags = head.get();
    int count = head.getInt();
    require(flags >= 0 && flags <= (LAST | UNPACKED) && count >= 0 && count <= MAX_NAMES);
    boolean last = (flags & LAST) != 0;
    if ((flags & UNPACKED) != 0) {
      return new NameBatch(
          count,
          last,
          new String(folded, HEAD_BYTES, folded.length - HEAD_BYTES, StandardCharsets.ISO_8859_1));
    }
    byte[] unpacked = unpack(folded, HEAD_BYTES);
    return new NameBatch(count, last, new String(unpacked, StandardCharsets.ISO_8859_1));
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

  /** How many names contain this; most batches have none, and are not opened further. */
  int count(NameQuery query) {
    int found = 0;
    int at = query.indexIn(folded, 0);
    while (at >= 0) {
      found++;
      at = query.indexIn(folded, end(at));
    }
    return found;
  }

  /** Which names contain this. */
  BitSet find(NameQuery query) throws DamagedDataException {
    BitSet found = new BitSet();
    int number = 0;
    int start = 0;
    int at = query.indexIn(folded, 0);
    while (at >= 0) {
      for (int end = end(start); end < at; end = end(start)) {
        number++;
        start = end + 1;
      }
      require(number < count);
      found.set(number);
      at = query.indexIn(folded, end(at));
    }
    return found;
  }

  /** Where the name ends that a place lies in. */
  private int end(int at) {
    int end = folded.indexOf('\0', at);
    return end < 0 ? folded.length() : end;
  }

  /** Some names, by their numbers. The others are passed over. */
  List<IndexedName> names(BitSet wanted, byte[] rest) throws DamagedDataException {
    List<IndexedName> names = new ArrayList<>();
    if (count == 0) {
      return names;
    }
    VarintReader in = new VarintReader(unpack(rest, 0));
    try {
      List<byte[]> above = names(RawPath.of(in.bytes()));
      int start = 0;
      for (int i = 0; i < count; i++) {
        int end = end(start);
        int depth = in.count(above.size() + 1);
        byte[] written = in.bytes();
        byte[] name =
            written.length == 0
                ? folded.substring(start, end).getBytes(StandardCharsets.ISO_8859_1)
                : written;
        start = end + 1;
        above.subList(Math.max(0, depth - 1), above.size()).clear();
        if (depth > 0) {
          above.add(name);
        }
        if (wanted.get(i)) {
          names.add(new IndexedName(path(above), versions(in)));
        } else {
          skipVersions(in);
        }
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged();
    }
    return names;
  }

  private static List<byte[]> names(RawPath directory) {
    List<byte[]> names = new ArrayList<>();
    for (int i = 0; i < directory.depth(); i++) {
      names.add(directory.name(i));
    }
    return names;
  }

  private static RawPath path(List<byte[]> names) {
    RawPath path = RawPath.ROOT;
    for (byte[] name : names) {
      path = path.child(name);
    }
    return path;
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

  private static void skipVersions(VarintReader in) {
    for (int left = in.count(Integer.MAX_VALUE); left > 0; left--) {
      in.skip(VERSION_NUMBERS);
    }
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
