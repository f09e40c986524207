package org.hikae.device.sealing;

import java.util.List;

/**
 * Sealed bytes of a pack, all of them or a part, and what says of its chunks that they are those
 * which the snapshot refers to (spec HK1-C-08).
 *
 * <p>That an entry opens says that some holder of K has sealed it, and nothing against a holder of
 * K. A snapshot binds the names of its packs, which are hashes, and the identifiers of its chunks.
 * One of the two is looked at for each chunk: neither is never enough, and both are never needed.
 *
 * @param reader opens the entries
 * @param bytes not changed by anybody
 * @param from offset in the pack of the first of {@code bytes}
 * @param length how many of {@code bytes} are of the pack; what follows in the array is not
 * @param named whether they are the whole pack and have the hash by which root or pack table of the
 *     snapshot that is read call it; else the identifier of each chunk is computed
 */
public record PackBytes(PackReader reader, byte[] bytes, int from, int length, boolean named) {

  /** Of which the whole array is of the pack. */
  public PackBytes(PackReader reader, byte[] bytes, int from, boolean named) {
    this(reader, bytes, from, bytes.length, named);
  }

  /** Reads the directory of a whole pack and checks that it accounts for every byte. */
  public List<PackReader.Listed> directory() throws DamagedDataException {
    return reader.directory(bytes, length, length);
  }

  /** Whether both are the same array, not only equal. */
  @SuppressWarnings("ReferenceEquality")
  public boolean hasBytesOf(PackBytes other) {
    return bytes == other.bytes;
  }

  /** The same bytes when their name is not believed to decide: identifiers do. */
  public PackBytes doubted() {
    return new PackBytes(reader, bytes, from, length, false);
  }
}
