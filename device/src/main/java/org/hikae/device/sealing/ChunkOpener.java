package org.hikae.device.sealing;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.function.IntFunction;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.aead.AesGcmOpener;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.hk1.Hash256;

/**
 * Opens chunks: decrypts, decompresses, and compares the identifier where nothing else says that
 * the chunk is the right one. Buffers and the decompression context are used again from chunk to
 * chunk, at most 8 MiB. One instance serves one thread.
 */
public final class ChunkOpener implements AutoCloseable {

  private static final int FIRST_BYTES = 64 * 1024;

  private final ChunkIdHasher ids;
  private final AesGcmOpener aes = new AesGcmOpener();
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] frame = new byte[FIRST_BYTES];
  private byte[] plain = {};

  /** Opens chunks of the set of {@code key}, which is not closed here. */
  public ChunkOpener(BackupKey key) {
    try (SecretBytes chunkId = key.subkey(Subkey.CHUNK_ID)) {
      this.ids = new ChunkIdHasher(chunkId);
    }
  }

  /**
   * The plain bytes of a chunk.
   *
   * @param pack has the sealed bytes of the entry
   * @throws DamagedDataException when they do not open, or have another length; or when they are
   *     not the chunk of this identifier, which is looked at unless the pack has its name
   */
  public byte[] open(PackBytes pack, PackEntry entry, Hash256 chunkId, int length)
      throws DamagedDataException {
    return compressed(pack, entry, chunkId, length, byte[]::new).bytes();
  }

  /**
   * The same in an array from {@code buffers}, which gives one of at least the length that it is
   * asked for. What is not compressed is decrypted to where it stays.
   *
   * @throws DamagedDataException as above; an array that was asked for is the caller's still
   */
  public ChunkContent open(
      PackBytes pack, PackEntry entry, Hash256 chunkId, int length, IntFunction<byte[]> buffers)
      throws DamagedDataException {
    if (entry.sealedLength() != ChunkFrame.HEADER_BYTES + (long) length + AesGcm.TAG_BYTES) {
      return compressed(pack, entry, chunkId, length, buffers);
    }
    byte[] framed = buffers.apply(ChunkFrame.HEADER_BYTES + length);
    int bytes = frame(pack, entry, framed);
    // That it has this length, too, its size says when it is raw, and else what comes then.
    if (!ChunkFrame.isRaw(framed, bytes)) {
      return compressed(pack, entry, chunkId, length, buffers);
    }
    return required(pack, chunkId, new ChunkContent(framed, ChunkFrame.HEADER_BYTES, length));
  }

  private ChunkContent compressed(
      PackBytes pack, PackEntry entry, Hash256 chunkId, int length, IntFunction<byte[]> buffers)
      throws DamagedDataException {
    int framed = frame(pack, entry);
    if (ChunkFrame.rawLength(frame, framed) != length) {
      throw new DamagedDataException("A chunk has another length than the snapshot says.");
    }
    byte[] chunk = buffers.apply(length);
    ChunkFrame.decode(frame, framed, chunk, zstd);
    return required(pack, chunkId, new ChunkContent(chunk, 0, length));
  }

  private ChunkContent required(PackBytes pack, Hash256 chunkId, ChunkContent chunk)
      throws DamagedDataException {
    if (!pack.named()) {
      ids.require(chunkId, chunk);
    }
    return chunk;
  }

  /**
   * Opens an entry of a whole pack and looks at the head of its frame: its contents are neither
   * decompressed nor compared with the identifier.
   *
   * @return how many plain bytes it says that it has
   * @throws DamagedDataException when it does not open, or is no frame
   */
  public int checkHead(PackBytes pack, PackEntry entry) throws DamagedDataException {
    int framed = frame(pack, entry);
    return ChunkFrame.headLength(frame, framed);
  }

  /**
   * Opens an entry of a whole pack, decompresses it and lets go of it.
   *
   * @return how many plain bytes it has
   * @throws DamagedDataException when it does not open, or is not the chunk that the directory says
   */
  public int check(PackBytes pack, PackReader.Listed listed) throws DamagedDataException {
    int framed = frame(pack, listed.entry());
    int length = ChunkFrame.rawLength(frame, framed);
    if (plain.length < length) {
      plain = new byte[length];
    }
    ChunkFrame.decode(frame, framed, plain, zstd);
    ids.require(listed.chunkId(), new ChunkContent(plain, 0, length));
    return length;
  }

  private int frame(PackBytes pack, PackEntry entry) throws DamagedDataException {
    int sealed = entry.sealedLength();
    if (sealed > ChunkFrame.MAX_BYTES + AesGcm.TAG_BYTES) {
      throw new DamagedDataException("A chunk says it has an impossible length.");
    }
    if (frame.length < sealed) {
      frame = new byte[sealed];
    }
    return frame(pack, entry, frame);
  }

  private int frame(PackBytes pack, PackEntry entry, byte[] into) throws DamagedDataException {
    int at = entry.offset() - pack.from();
    return pack.reader().frame(aes, entry, pack.bytes(), pack.length(), at, into);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
