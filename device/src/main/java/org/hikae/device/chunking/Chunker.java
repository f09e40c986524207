package org.hikae.device.chunking;

import java.io.IOException;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * Cuts a stream of known length into chunks (spec HK1-M-06): up to 512 KiB stay whole, longer ones
 * are cut into pieces of 256 KiB to 4 MiB, 1 MiB on average; only the last may be shorter. Memory
 * is one buffer of 4 MiB whatever the length, made with the first bytes. One instance serves one
 * thread.
 */
public final class Chunker {

  /** Smallest chunk, but for the last. */
  public static final int MIN_BYTES = 256 * 1024;

  /** Largest chunk. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Up to this length nothing is cut. */
  public static final int WHOLE_BYTES = 512 * 1024;

  /** How much is read before the next look for a cut: what is behind the cut has to be moved. */
  private static final int STEP_BYTES = 256 * 1024;

  private final CutRule cuts;
  private final int wholeBytes;
  private byte[] buffer = {};
  private int filled;

  /** Up to here there is no cut. */
  private int searched = MIN_BYTES;

  private boolean first = true;

  Chunker(CutRule cuts, int wholeBytes) {
    this.cuts = cuts;
    this.wholeBytes = wholeBytes;
  }

  /**
   * The chunker of a number.
   *
   * @param number as roots have it (spec HK1-M-08)
   * @param cdcKey the {@code cdc} subkey
   */
  public static Chunker of(int number, SecretBytes cdcKey) {
    return switch (number) {
      case 1 -> new Chunker(new PolynomialCutRule(cdcKey), WHOLE_BYTES);
      case 2 -> new Chunker(new MacCutRule(cdcKey), WHOLE_BYTES);
      default -> throw new IllegalArgumentException("there is no chunker " + number);
    };
  }

  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads until {@code length} bytes are there or the source ends; returns how many were read.
     */
    int read(byte[] into, int offset, int length) throws IOException;
  }

  /**
   * Where the chunks go.
   *
   * @param <E> what it may fail with
   */
  @FunctionalInterface
  public interface Sink<E extends Exception> {
    /** Takes a chunk of at least one byte; the array is reused afterwards. */
    void take(byte[] data, int offset, int length) throws IOException, E;
  }

  /**
   * Cuts everything the source gives, from the start of a new stream to its end.
   *
   * @return how many bytes that was
   */
  public <E extends Exception> long cut(Source source, Sink<E> sink) throws IOException, E {
    restart();
    makeBuffer();
    long total = 0;
    int got;
    int wanted;
    do {
      wanted = Math.min(STEP_BYTES, buffer.length - filled);
      got = source.read(buffer, filled, wanted);
      total += got;
      filled += got;
      emitCertain(sink);
    } while (got == wanted);
    finish(sink);
    return total;
  }

  /** Adds to the stream; chunks go to the sink as soon as they are certain. */
  public <E extends Exception> void write(byte[] data, int offset, int length, Sink<E> sink)
      throws IOException, E {
    makeBuffer();
    int at = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, buffer.length - filled);
      System.arraycopy(data, at, buffer, filled, part);
      filled += part;
      at += part;
      left -= part;
      // Short writes gather: each look costs some.
      if (filled - searched >= STEP_BYTES || filled == buffer.length) {
        emitCertain(sink);
      }
    }
  }

  /** Ends the stream; what is written next begins a new one. */
  public <E extends Exception> void finish(Sink<E> sink) throws IOException, E {
    while (filled > 0) {
      int cut = first && filled <= wholeBytes ? 0 : cut();
      emit(cut == 0 ? filled : cut, sink);
    }
    restart();
  }

  private void makeBuffer() {
    if (buffer.length == 0) {
      buffer = new byte[MAX_BYTES];
    }
  }

  private void restart() {
    filled = 0;
    searched = MIN_BYTES;
    first = true;
  }

  /** Emits what ends at a cut, whatever follows. */
  private <E extends Exception> void emitCertain(Sink<E> sink) throws IOException, E {
    int cut = first && filled <= wholeBytes ? 0 : cut();
    while (cut > 0) {
      emit(cut, sink);
      cut = cut();
    }
  }

  private <E extends Exception> void emit(int length, Sink<E> sink) throws IOException, E {
    sink.take(buffer, 0, length);
    first = false;
    searched = MIN_BYTES;
    filled -= length;
    System.arraycopy(buffer, length, buffer, 0, filled);
  }

  /** Length of the chunk at the start of the buffer, or 0 when no cut is there yet. */
  private int cut() {
    if (searched < filled) {
      int found = cuts.find(buffer, searched, filled);
      if (found >= 0) {
        return found;
      }
      searched = filled;
    }
    return filled == MAX_BYTES ? MAX_BYTES : 0;
  }
}
