package org.hikae.transparency.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.MalformedException;

/**
 * The entries of a tile of level 0 (C2SP tlog-tiles): each behind its length in two bytes, the
 * larger one first.
 *
 * @param entries 1 to {@link TilePath#FULL}, of at most {@link #MAX_ENTRY_BYTES} each
 */
public record EntryBundle(List<byte[]> entries) {

  /** The longest entry, in bytes. */
  public static final int MAX_ENTRY_BYTES = 0xffff;

  /** The longest bundle, in bytes. */
  public static final int MAX_BYTES = TilePath.FULL * (2 + MAX_ENTRY_BYTES);

  /**
   * Copies the entries.
   *
   * @throws IllegalArgumentException when there is none, or more or longer ones than a bundle holds
   */
  public EntryBundle {
    boolean right = !entries.isEmpty() && entries.size() <= TilePath.FULL;
    if (!right || entries.stream().anyMatch(entry -> entry.length > MAX_ENTRY_BYTES)) {
      throw new IllegalArgumentException("a bundle has 1 to " + TilePath.FULL + " short entries");
    }
    entries = entries.stream().map(byte[]::clone).toList();
  }

  @Override
  public List<byte[]> entries() {
    return entries.stream().map(byte[]::clone).toList();
  }

  /**
   * Reads a bundle. It says nothing about whether these are the log's entries: their hashes do.
   *
   * @param width how many entries its path promises
   * @throws MalformedException when it has fewer or more, or ends within one
   */
  public static EntryBundle parse(byte[] bytes, int width) throws MalformedException {
    if (width < 1 || width > TilePath.FULL) {
      throw new MalformedException("A bundle has 1 to " + TilePath.FULL + " entries.");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<byte[]> entries = new ArrayList<>(width);
    while (in.hasRemaining()) {
      if (entries.size() == width) {
        throw new MalformedException("The bundle has more than " + width + " entries.");
      }
      entries.add(entry(in));
    }
    if (entries.size() < width) {
      throw new MalformedException("The bundle has fewer than " + width + " entries.");
    }
    return new EntryBundle(entries);
  }

  private static byte[] entry(ByteBuffer in) throws MalformedException {
    int length = in.remaining() < 2 ? Integer.MAX_VALUE : in.getShort() & 0xffff;
    if (length > in.remaining()) {
      throw new MalformedException("The bundle ends within an entry.");
    }
    byte[] entry = new byte[length];
    in.get(entry);
    return entry;
  }

  /** The bytes of the bundle. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      out.write(entry.length >>> 8);
      out.write(entry.length);
      out.writeBytes(entry);
    }
    return out.toByteArray();
  }

  /** The tile of level 0 that belongs to these entries. */
  public HashTile tile() {
    return new HashTile(entries.stream().map(MerkleHasher::leaf).toList());
  }
}
