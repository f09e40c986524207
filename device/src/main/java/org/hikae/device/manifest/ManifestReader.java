package org.hikae.device.manifest;

import org.hikae.device.sealing.DamagedDataException;

/**
 * Reads a manifest record by record.
 *
 * <p>Guarantees for what it returns: names are possible names, ascending without repetition in each
 * directory; directories are balanced and the stream ends with {@link ManifestRecord.End} and
 * nothing after it; contents stand only inside a file and add up to its length. Everything else is
 * a {@link DamagedDataException}.
 *
 * @param <E> what the input may fail with
 */
public final class ManifestReader<E extends Exception> {

  private final ManifestRecordReader<E> in;
  private final ManifestGrammar grammar = new ManifestGrammar();
  private boolean started;

  /** Reads from the start of a stream. */
  public ManifestReader(ManifestInput<E> in) {
    this.in = new ManifestRecordReader<>(in);
  }

  /**
   * Gives the bytes.
   *
   * @param <E> what it may fail with
   */
  @FunctionalInterface
  public interface ManifestInput<E extends Exception> {
    /** Reads until {@code length} bytes are there or the stream ends; returns how many. */
    int read(byte[] into, int length) throws DamagedDataException, E;
  }

  /** How many bytes were read: where the next record begins. */
  public long position() {
    return in.bytesRead();
  }

  /** The next record; after {@link ManifestRecord.End} there is none to ask for. */
  public ManifestRecord next() throws DamagedDataException, E {
    if (!started) {
      started = true;
      if (in.version() != ManifestWriter.VERSION) {
        throw new DamagedDataException(
            "The manifest has an unknown version; a newer one may know it.");
      }
    }
    ManifestRecord record = in.next();
    grammar.accept(record);
    if (record instanceof ManifestRecord.End && !in.isAtEnd()) {
      throw new DamagedDataException("The manifest goes on after its end.");
    }
    return record;
  }
}
