package org.hikae.device.sealing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;

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
  static final int DIRECTORY_ENTRY_BYTES = 8 + Hk1.HASH_BYTES;

  private final SealHeader header;
  private final PackBuffer body;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream(4096);
  private int entries;

  /** Starts a pack with a fresh salt. */
  public PackWriter(SecretBytes packKey, SealContext context, SecureRandom random) {
    this(packKey, context, random, new PackBuffer());
  }

  /** The same in a buffer that no other pack needs any more. */
  public PackWriter(
      SecretBytes packKey, SealContext context, SecureRandom random, PackBuffer buffer) {
    this.header = SealHeader.create(MAGIC, PURPOSE, packKey, context.encode(), random);
    this.body = buffer;
    body.clear();
    body.add(header.bytes());
  }

  /**
   * A finished pack.
   *
   * @param object its bytes
   * @param directoryAt where its entries end and the sealed directory begins
   */
  public record SealedPack(byte[] object, int directoryAt) {
    /** Its SHA-256, computed at each call. */
    public Hash256 name() {
      return Hash256.sha256(object);
    }
  }

  /** Makes the frame of a chunk and seals it into the pack. */
  public PackEntry add(Hash256 chunkId, byte[] data, int offset, int length) {
    byte[] frame = Frame.encode(data, offset, length);
    return add(chunkId, new FrameBytes(frame, 0, frame.length));
  }

  /** Seals the frame of a chunk into the pack. */
  public PackEntry add(Hash256 chunkId, FrameBytes frame) {
    PackEntry entry = new PackEntry(entries, body.size(), frame.length() + AesGcm.TAG_BYTES);
    seal(entries, frame);
    directory.writeBytes(
        ByteBuffer.allocate(DIRECTORY_ENTRY_BYTES)
            .putInt(entry.offset())
            .putInt(entry.sealedLength())
            .put(chunkId.toBytes())
            .array());
    entries++;
    return entry;
  }

  private void seal(long number, FrameBytes part) {
    byte[] room = body.withRoom(part.length() + AesGcm.TAG_BYTES);
    body.added(header.seal(number, part, room, body.size()));
  }

  /** Whether it has the size that packs should have. */
  public boolean isFull() {
    return body.size() >= TARGET_BYTES || entries >= TARGET_ENTRIES;
  }

  /** Whether nothing was added. */
  public boolean isEmpty() {
    return entries == 0;
  }

  /** Seals the directory and closes the pack; nothing can be added afterwards. */
  public SealedPack finish() {
    int plain = 4 + directory.size();
    int fixed = body.size() + AesGcm.TAG_BYTES + TRAILER_BYTES;
    int padded = Padme.size(fixed + plain) - fixed;
    byte[] list = ByteBuffer.allocate(padded).putInt(entries).put(directory.toByteArray()).array();
    int directoryAt = body.size();
    seal(DIRECTORY_NUMBER, new FrameBytes(list, 0, list.length));
    byte[] length = ByteBuffer.allocate(4).putInt(body.size() - directoryAt).array();
    seal(TRAILER_NUMBER, new FrameBytes(length, 0, length.length));
    if (body.size() > Hk1.MAX_OBJECT_BYTES) {
      throw new IllegalStateException("a pack of " + body.size() + " bytes is too large");
    }
    return new SealedPack(body.copy(), directoryAt);
  }
}
