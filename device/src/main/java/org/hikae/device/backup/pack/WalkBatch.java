package org.hikae.device.backup.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.ChunkFrameBytes;
import org.hikae.device.sealing.ChunkFrameEncoder;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Some steps of a walk, in order, with the bytes of the chunks among them. One at a time has it:
 * the walk fills it, a worker encodes its chunks, the last stage goes through its steps, and then
 * it is filled again. Its arrays are made with the first chunk, which a run that reads no file does
 * not have, and stay: at most 4 MiB of chunks and as much of frames.
 */
public final class WalkBatch {

  /** So many bytes of chunks make a batch worth handing over. */
  static final int TARGET_BYTES = 1024 * 1024;

  /** So many steps do, too. */
  private static final int MAX_STEPS = 1024;

  private static final int USUAL_BYTES = TARGET_BYTES + TARGET_BYTES / 4;

  private static final int MAX_BYTES = ChunkFrameEncoder.HEADER_BYTES + Chunker.MAX_BYTES;

  private final List<Step> steps = new ArrayList<>(MAX_STEPS);
  private byte[] data = {};
  private byte[] frames = {};
  private int used;
  private int chunks;
  private CompletableFuture<Void> encoded = new CompletableFuture<>();

  /** What the walk wants done. */
  public sealed interface Step {}

  /** A record of the manifest. */
  public record RecordStep(ManifestRecord record) implements Step {}

  /** The next chunk of the file is one that is stored. */
  public record StoredChunkStep(ChunkRef ref) implements Step {}

  /** The next chunk of the file, as it was read. */
  static final class NewChunkStep implements Step {
    private final int offset;
    private final int length;
    private @Nullable Hash256 id;
    private @Nullable ChunkFrameBytes frame;

    private NewChunkStep(int offset, int length) {
      this.offset = offset;
      this.length = length;
    }

    int length() {
      return length;
    }

    /** Its identifier, once the batch is encoded. */
    Hash256 id() {
      if (id == null) {
        throw new IllegalStateException("the chunk is not encoded yet");
      }
      return id;
    }

    /** Its frame, once the batch is encoded; null when it was found stored before. */
    @Nullable ChunkFrameBytes frame() {
      return frame;
    }
  }

  /** Whether a chunk of this length fits. */
  public boolean hasRoom(int length) {
    return used == 0 || used + ChunkFrameEncoder.HEADER_BYTES + length <= data.length;
  }

  /** Whether it is time to hand it over. */
  public boolean isFull() {
    return used >= TARGET_BYTES || steps.size() >= MAX_STEPS;
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  public void add(Step step) {
    steps.add(step);
  }

  /** Adds a chunk, which is copied. */
  public void add(byte[] bytes, int offset, int length) {
    int at = used + ChunkFrameEncoder.HEADER_BYTES;
    if (at + length > data.length) {
      if (used > 0 || at + length > MAX_BYTES) {
        throw new IllegalArgumentException("a chunk of " + length + " bytes does not fit");
      }
      data = new byte[at + length > USUAL_BYTES ? MAX_BYTES : USUAL_BYTES];
    }
    System.arraycopy(bytes, offset, data, at, length);
    used = at + length;
    chunks++;
    steps.add(new NewChunkStep(at, length));
  }

  /** Whether there is anything to encode. */
  boolean hasChunks() {
    return chunks > 0;
  }

  /** Encodes all chunks; whoever waits in {@link #awaitEncoded} goes on, or gets the failure. */
  void encode(ChunkEncoder encoder) {
    try {
      int needed = ChunkFrameEncoder.outputBytes(used, chunks);
      if (frames.length < needed) {
        frames = new byte[roundedUp(needed)];
      }
      int at = 0;
      for (Step step : steps) {
        if (step instanceof NewChunkStep chunk) {
          chunk.id = encoder.id(data, chunk.offset, chunk.length);
          chunk.frame = encoder.frame(chunk.id, data, chunk.offset, chunk.length, frames, at);
          at += chunk.frame == null ? 0 : chunk.frame.length();
        }
      }
      encoded.complete(null);
    } catch (IOException | BackupStoreException | RuntimeException | Error e) {
      encoded.completeExceptionally(e);
    }
  }

  /** Chunks that are a little longer shall not need another array each time. */
  private static int roundedUp(int length) {
    return (length + TARGET_BYTES / 2 - 1) / (TARGET_BYTES / 2) * (TARGET_BYTES / 2);
  }

  /** Says that there is nothing to encode. */
  void needsNoEncoding() {
    encoded.complete(null);
  }

  /** Waits until it is encoded; throws what encoding failed with. */
  void awaitEncoded() throws InterruptedException, IOException, BackupStoreException {
    try {
      encoded.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case BackupStoreException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException("encoding failed", e);
      }
    }
  }

  List<Step> steps() {
    return steps;
  }

  /** Forgets everything, so that it can be filled again. */
  void clear() {
    steps.clear();
    used = 0;
    chunks = 0;
    encoded = new CompletableFuture<>();
  }
}
