package org.hikae.device.manifest;

import java.nio.ByteBuffer;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * Where the bytes of a part of a file are.
 *
 * @param pack number of the pack in the snapshot's pack table
 * @param entry place in that pack
 * @param length plain bytes
 * @param chunkId keyed identifier of the bytes, checked after opening
 */
public record ChunkRef(int pack, PackEntry entry, int length, Hash256 chunkId) {

  /** Length of the encoding. */
  public static final int BYTES = 20 + Hk1Constants.HASH_BYTES;

  /** Largest chunk, in plain bytes. */
  public static final int MAX_LENGTH = 4 * 1024 * 1024;

  /** Appends the encoding. */
  void write(ByteBuffer out) {
    out.putInt(pack)
        .putInt(entry.number())
        .putInt(entry.offset())
        .putInt(entry.sealedLength())
        .putInt(length);
    chunkId.write(out);
  }

  /** Reads what {@link #write} wrote; the caller has checked that there is enough. */
  static ChunkRef read(ByteBuffer in) throws DamagedDataException {
    int pack = in.getInt();
    int number = in.getInt();
    int offset = in.getInt();
    int sealed = in.getInt();
    int length = in.getInt();
    Hash256 id = Hash256.read(in);
    boolean possible =
        pack >= 0
            && number >= 0
            && number < PackEntry.MAX_ENTRIES
            && offset >= 0
            && offset <= Hk1Constants.MAX_OBJECT_BYTES
            && sealed >= 0
            && sealed <= Hk1Constants.MAX_OBJECT_BYTES
            && length > 0
            && length <= MAX_LENGTH;
    if (!possible) {
      throw new DamagedDataException("A reference to a chunk is impossible.");
    }
    return new ChunkRef(pack, new PackEntry(number, offset, sealed), length, id);
  }
}
