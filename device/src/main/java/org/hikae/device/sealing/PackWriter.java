package org.hikae.device.sealing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntFunction;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * Collects chunks into one pack (spec HK1-C-03). Each pack has a key of its own, which depends on
 * set, generation and device, so a pack opens in its own series only.
 */
public final class PackWriter {

  /** A pack is closed once it has this many bytes. */
  public static final int TARGET_BYTES = 8 * 1024 * 1024;

  /** And in any case before it has more entries than this. */
  private static final int TARGET_ENTRIES = 16_384;

  static final String MAGIC = "HK1p";
  static final String PURPOSE = "HK1 pack";
  static final long DIRECTORY_NUMBER = (1L << 32) - 2;
  static final long TRAILER_NUMBER = (1L << 32) - 1;
  static final int TRAILER_BYTES = 4 + AesGcm.TAG_BYTES;
  static final int DIRECTORY_ENTRY_BYTES = 8 + Hk1Constants.HASH_BYTES;

  private final SecretBytes packKey;
  private final SealContext context;
  private final SecureRandom random;
  private final PackBuffer frames;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream(4096);
  private int entries;
  private int size = SealHeader.BYTES;

  /**
   * Starts a pack.
   *
   * @param packKey not closed here; used until the pack is finished
   */
  public PackWriter(SecretBytes packKey, SealContext context, SecureRandom random) {
    this(packKey, context, random, new PackBuffer());
  }

  /** The same in a buffer that no other pack needs any more. */
  public PackWriter(
      SecretBytes packKey, SealContext context, SecureRandom random, PackBuffer buffer) {
    this.packKey = packKey;
    this.context = context;
    this.random = random;
    this.frames = buffer;
    frames.clear();
  }

  /**
   * A finished pack.
   *
   * @param object begins with its bytes
   * @param length how many of {@code object} are the pack; what follows in the array is not
   * @param directoryAt where its entries end and the sealed directory begins
   */
  public record SealedPack(byte[] object, int length, int directoryAt) {
    /** Its SHA-256, computed at each call. */
    public Hash256 name() {
      return Hash256.sha256(object, 0, length);
    }
  }

  /** Makes the frame of a chunk and puts it into the pack. */
  public PackEntry add(Hash256 chunkId, byte[] data, int offset, int length) {
    byte[] frame = ChunkFrame.encode(data, offset, length);
    return add(chunkId, new ChunkFrameBytes(frame, 0, frame.length));
  }

  /** Puts the frame of a chunk into the pack; it is copied. */
  public PackEntry add(Hash256 chunkId, ChunkFrameBytes frame) {
    PackEntry entry = new PackEntry(entries, size, frame.length() + AesGcm.TAG_BYTES);
    frames.add(frame);
    directory.writeBytes(
        ByteBuffer.allocate(DIRECTORY_ENTRY_BYTES)
            .putInt(entry.offset())
            .putInt(entry.sealedLength())
            .put(chunkId.toBytes())
            .array());
    entries++;
    size = Math.addExact(size, entry.sealedLength());
    return entry;
  }

  /** Whether it has the size that packs should have. */
  public boolean isFull() {
    return size >= TARGET_BYTES || entries >= TARGET_ENTRIES;
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return entries == 0;
  }

  /** The same in an array of the pack's length. */
  public SealedPack finish() {
    return finish(byte[]::new);
  }

  /**
   * Seals frames and directory and closes the pack; nothing can be added afterwards. Nothing is
   * sealed before, because the salt has to follow from all that the pack will have (spec HK1-C-06).
   *
   * @param buffers gives an array of at least so many bytes, of which each that the pack has is
   *     written
   */
  public SealedPack finish(IntFunction<byte[]> buffers) {
    byte[] lines = directory.toByteArray();
    int fixed = size + AesGcm.TAG_BYTES + TRAILER_BYTES;
    int whole = PadmePadding.size(fixed + 4 + lines.length);
    if (whole > Hk1Constants.MAX_OBJECT_BYTES) {
      throw new IllegalStateException("a pack of " + whole + " bytes is too large");
    }
    SealHeader header = SealHeader.create(MAGIC, PURPOSE, packKey, context.encode(), lines, random);
    byte[] object = buffers.apply(whole);
    System.arraycopy(header.bytes(), 0, object, 0, SealHeader.BYTES);
    sealFrames(header, lines, object);
    byte[] list = ByteBuffer.allocate(whole - fixed).putInt(entries).put(lines).array();
    int length =
        header.seal(DIRECTORY_NUMBER, new ChunkFrameBytes(list, 0, list.length), object, size);
    byte[] trailer = ByteBuffer.allocate(4).putInt(length).array();
    int end =
        header.seal(
            TRAILER_NUMBER, new ChunkFrameBytes(trailer, 0, trailer.length), object, size + length);
    if (size + length + end != whole) {
      throw new IllegalStateException("a pack of another length than its parts");
    }
    return new SealedPack(object, whole, size);
  }

  private void sealFrames(SealHeader header, byte[] lines, byte[] object) {
    ByteBuffer in = ByteBuffer.wrap(lines);
    int from = 0;
    for (int number = 0; number < entries; number++) {
      int line = number * DIRECTORY_ENTRY_BYTES;
      int length = in.getInt(line + Integer.BYTES) - AesGcm.TAG_BYTES;
      int _ = header.seal(number, frames.part(from, length), object, in.getInt(line));
      from += length;
    }
  }
}
