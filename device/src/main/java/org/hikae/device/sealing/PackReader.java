package org.hikae.device.sealing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.aead.AesGcmOpener;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * What opens one pack: a {@link ChunkOpener} its chunks, itself its directory. Whoever has only a
 * part of the pack needs its first {@link #HEADER_BYTES} and the sealed bytes of the entry; whoever
 * has it whole can also read its directory. Safe for several threads.
 */
public final class PackReader {

  /** How much of the start of a pack is needed to open any of its entries. */
  public static final int HEADER_BYTES = SealHeader.BYTES;

  private final SealHeader header;

  private PackReader(SealHeader header) {
    this.header = header;
  }

  /**
   * Reads the start of a pack and checks that it belongs here.
   *
   * @param start at least {@link #HEADER_BYTES} bytes
   */
  public static PackReader open(SecretBytes packKey, SealContext context, byte[] start)
      throws DamagedDataException {
    return new PackReader(
        SealHeader.read(PackWriter.MAGIC, PackWriter.PURPOSE, packKey, context.encode(), start));
  }

  /**
   * Opens the frame of an entry.
   *
   * @param opener the caller's own
   * @param bytes have the sealed bytes of the entry from {@code at} on
   * @param end where what is of the pack ends in {@code bytes}
   * @param into at least as long as the sealed bytes without their tag, filled from its start
   * @return how many bytes were filled
   */
  int frame(AesGcmOpener opener, PackEntry entry, byte[] bytes, int end, int at, byte[] into)
      throws DamagedDataException {
    int length = entry.sealedLength();
    if (at < 0 || length < AesGcm.TAG_BYTES || at > end - length) {
      throw new DamagedDataException("A chunk is said to lie outside its pack.");
    }
    return header.open(opener, entry.number(), bytes, at, length, into);
  }

  /**
   * One line of a pack's directory.
   *
   * @param chunkId the chunk
   * @param entry where it lies
   */
  public record Listed(Hash256 chunkId, PackEntry entry) {}

  /** Reads the directory of a whole pack and checks that it accounts for every byte. */
  public List<Listed> directory(byte[] pack) throws DamagedDataException {
    return directory(pack, pack.length);
  }

  /**
   * The same when only the end of the pack is at hand.
   *
   * @param tail at least the sealed directory and all that follows it
   * @param packLength of the whole pack
   */
  public List<Listed> directory(byte[] tail, int packLength) throws DamagedDataException {
    return directory(tail, tail.length, packLength);
  }

  /** The same of the first {@code end} bytes of an array. */
  List<Listed> directory(byte[] tail, int end, int packLength) throws DamagedDataException {
    int shortest = HEADER_BYTES + AesGcm.TAG_BYTES + 4 + PackWriter.TRAILER_BYTES;
    if (packLength < shortest
        || packLength > Hk1Constants.MAX_OBJECT_BYTES
        || end > packLength
        || end < PackWriter.TRAILER_BYTES) {
      throw new DamagedDataException("A pack has an impossible size.");
    }
    int trailerAt = end - PackWriter.TRAILER_BYTES;
    byte[] trailer = Arrays.copyOfRange(tail, trailerAt, end);
    int length = ByteBuffer.wrap(header.open(PackWriter.TRAILER_NUMBER, trailer)).getInt();
    if (length < 0 || length > trailerAt || packLength - length < HEADER_BYTES) {
      throw new DamagedDataException("The directory of a pack has an impossible length.");
    }
    byte[] sealed = Arrays.copyOfRange(tail, trailerAt - length, trailerAt);
    byte[] list = header.open(PackWriter.DIRECTORY_NUMBER, sealed);
    int listAt = packLength - PackWriter.TRAILER_BYTES - length;
    return parse(list, listAt, packLength);
  }

  private static List<Listed> parse(byte[] list, int listAt, int packLength)
      throws DamagedDataException {
    if (list.length < 4) {
      throw new DamagedDataException("The directory of a pack is cut short.");
    }
    ByteBuffer in = ByteBuffer.wrap(list);
    int count = in.getInt();
    if (count < 0
        || count > PackEntry.MAX_ENTRIES
        || (long) count * PackWriter.DIRECTORY_ENTRY_BYTES > in.remaining()) {
      throw new DamagedDataException("The directory of a pack has an impossible count.");
    }
    List<Listed> entries = new ArrayList<>(count);
    int at = HEADER_BYTES;
    for (int number = 0; number < count; number++) {
      int offset = in.getInt();
      int sealed = in.getInt();
      byte[] id = new byte[Hk1Constants.HASH_BYTES];
      in.get(id);
      if (offset != at || sealed < AesGcm.TAG_BYTES || sealed > listAt - offset) {
        throw new DamagedDataException("The entries of a pack do not follow each other.");
      }
      at += sealed;
      entries.add(new Listed(Hash256.of(id), new PackEntry(number, offset, sealed)));
    }
    boolean exact = at == listAt && packLength == PadmePadding.size(packLength);
    while (in.hasRemaining()) {
      exact &= in.get() == 0;
    }
    if (!exact) {
      throw new DamagedDataException("A pack has bytes that belong to nothing.");
    }
    return entries;
  }
}
