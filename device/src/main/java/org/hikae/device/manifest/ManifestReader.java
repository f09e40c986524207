package org.hikae.device.manifest;

import static org.hikae.device.manifest.ManifestWriter.DATA;
import static org.hikae.device.manifest.ManifestWriter.END;
import static org.hikae.device.manifest.ManifestWriter.ENTER;
import static org.hikae.device.manifest.ManifestWriter.FIFO;
import static org.hikae.device.manifest.ManifestWriter.FILE;
import static org.hikae.device.manifest.ManifestWriter.FILE_END;
import static org.hikae.device.manifest.ManifestWriter.HARD_LINK;
import static org.hikae.device.manifest.ManifestWriter.HOLE;
import static org.hikae.device.manifest.ManifestWriter.LEAVE;
import static org.hikae.device.manifest.ManifestWriter.RESTART;
import static org.hikae.device.manifest.ManifestWriter.SYMLINK;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
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

  private final ManifestInput<E> in;
  private final ManifestGrammar rules = new ManifestGrammar();
  private boolean started;

  /** Reads from the start of a stream. */
  public ManifestReader(ManifestInput<E> in) {
    this.in = in;
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

  /** The next record; after {@link ManifestRecord.End} there is none to ask for. */
  public ManifestRecord next() throws DamagedDataException, E {
    if (!started) {
      started = true;
      if (exactly(1)[0] != ManifestWriter.VERSION) {
        throw new DamagedDataException(
            "The manifest has an unknown version; a newer one may know it.");
      }
    }
    ByteBuffer head = ByteBuffer.wrap(exactly(5));
    byte type = head.get();
    int length = head.getInt();
    if (length < 0 || length > ManifestWriter.MAX_RECORD_BYTES) {
      throw new DamagedDataException("A record of the manifest has an impossible length.");
    }
    ByteBuffer body = ByteBuffer.wrap(exactly(length));
    ManifestRecord record = parse(type, body);
    if (body.hasRemaining()) {
      throw new DamagedDataException("A record of the manifest is too long.");
    }
    rules.accept(record);
    if (record instanceof ManifestRecord.End && in.read(new byte[1], 1) != 0) {
      throw new DamagedDataException("The manifest goes on after its end.");
    }
    return record;
  }

  private byte[] exactly(int length) throws DamagedDataException, E {
    byte[] bytes = new byte[length];
    if (in.read(bytes, length) != length) {
      throw new DamagedDataException("The manifest is cut short.");
    }
    return bytes;
  }

  private static ManifestRecord parse(byte type, ByteBuffer body) throws DamagedDataException {
    return switch (type) {
      case ENTER -> {
        byte[] name = topOrName(body);
        EntryMetadata metadata = EntryMetadata.read(body);
        yield new ManifestRecord.Enter(name, metadata, flag(body));
      }
      case LEAVE -> new ManifestRecord.Leave();
      case FILE -> {
        byte[] name = name(body);
        EntryMetadata metadata = EntryMetadata.read(body);
        long size = length(body);
        need(body, 12);
        long links = body.getInt() & 0xffff_ffffL;
        yield new ManifestRecord.FileStart(name, metadata, size, links, body.getLong());
      }
      case RESTART -> new ManifestRecord.Restart(EntryMetadata.read(body), length(body));
      case DATA -> new ManifestRecord.Data(refs(body));
      case HOLE -> new ManifestRecord.Hole(length(body));
      case FILE_END -> {
        long length = length(body);
        need(body, 1);
        yield new ManifestRecord.FileEnd(length, State.of(body.get()));
      }
      case HARD_LINK -> {
        byte[] name = name(body);
        need(body, 16);
        yield new ManifestRecord.HardLink(name, body.getLong(), body.getLong());
      }
      case SYMLINK -> {
        byte[] name = name(body);
        EntryMetadata metadata = EntryMetadata.read(body);
        yield new ManifestRecord.Symlink(name, metadata, target(body));
      }
      case FIFO -> new ManifestRecord.Fifo(name(body), EntryMetadata.read(body));
      case END -> new ManifestRecord.End();
      default -> throw new DamagedDataException("A record of the manifest has an unknown type.");
    };
  }

  private static byte[] topOrName(ByteBuffer body) throws DamagedDataException {
    need(body, 2);
    if (body.getShort(body.position()) == 0) {
      body.getShort();
      return new byte[0];
    }
    return name(body);
  }

  private static byte[] name(ByteBuffer body) throws DamagedDataException {
    byte[] name = bytes(body);
    if (!RawPath.isName(name)) {
      throw new DamagedDataException("A name in the manifest cannot be one.");
    }
    return name;
  }

  private static byte[] target(ByteBuffer body) throws DamagedDataException {
    byte[] target = bytes(body);
    boolean possible = target.length > 0 && target.length < RawFiles.MAX_LINK_BYTES;
    for (byte b : target) {
      possible &= b != 0;
    }
    if (!possible) {
      throw new DamagedDataException("A link in the manifest has an impossible target.");
    }
    return target;
  }

  private static byte[] bytes(ByteBuffer body) throws DamagedDataException {
    need(body, 2);
    int length = body.getShort() & 0xffff;
    need(body, length);
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private static boolean flag(ByteBuffer body) throws DamagedDataException {
    need(body, 1);
    int flag = body.get();
    if (flag != 0 && flag != 1) {
      throw new DamagedDataException("A record of the manifest has an unknown flag.");
    }
    return flag == 1;
  }

  private static long length(ByteBuffer body) throws DamagedDataException {
    need(body, 8);
    long length = body.getLong();
    if (length < 0) {
      throw new DamagedDataException("A length in the manifest is impossible.");
    }
    return length;
  }

  private static List<ChunkRef> refs(ByteBuffer body) throws DamagedDataException {
    int count = body.remaining() / ChunkRef.BYTES;
    if (count == 0
        || count > ManifestWriter.MAX_REFS
        || body.remaining() != count * ChunkRef.BYTES) {
      throw new DamagedDataException("A list of chunks in the manifest has an impossible length.");
    }
    List<ChunkRef> refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add(ChunkRef.read(body));
    }
    return List.copyOf(refs);
  }

  private static void need(ByteBuffer body, int bytes) throws DamagedDataException {
    if (body.remaining() < bytes) {
      throw new DamagedDataException("A record of the manifest is cut short.");
    }
  }
}
