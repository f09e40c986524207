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
import java.util.List;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedDataException;

/**
 * Reads records one after the other from wherever one begins. It looks at each for itself; whether
 * they may follow each other {@link ManifestReader} has to have seen before.
 *
 * @param <E> what the input may fail with
 */
public final class ManifestRecordReader<E extends Exception> {

  private static final int HEAD_BYTES = 5;

  /** Nearly all records are shorter. */
  private static final int USUAL_BYTES = 1024;

  private final ManifestReader.ManifestInput<E> in;

  /** Of each record in turn; what a record holds is copied out of it. */
  private ByteBuffer buffer = ByteBuffer.allocate(USUAL_BYTES);

  private long read;

  /** Reads from the beginning of a record. */
  public ManifestRecordReader(ManifestReader.ManifestInput<E> in) {
    this.in = in;
  }

  /** How many bytes were read. */
  public long bytesRead() {
    return read;
  }

  /** The next record. */
  public ManifestRecord next() throws DamagedDataException, E {
    ByteBuffer head = exactly(HEAD_BYTES);
    byte type = head.get();
    int length = head.getInt();
    if (length < 0 || length > ManifestWriter.MAX_RECORD_BYTES) {
      throw new DamagedDataException("A record of the manifest has an impossible length.");
    }
    ByteBuffer body = exactly(length);
    ManifestRecord record = parse(type, body);
    if (body.hasRemaining()) {
      throw new DamagedDataException("A record of the manifest is too long.");
    }
    return record;
  }

  /** The byte with the version, with which a manifest begins. */
  byte version() throws DamagedDataException, E {
    return exactly(1).get();
  }

  /** Whether nothing follows. */
  boolean isAtEnd() throws DamagedDataException, E {
    return in.read(new byte[1], 1) == 0;
  }

  private ByteBuffer exactly(int length) throws DamagedDataException, E {
    if (buffer.capacity() < length) {
      buffer = ByteBuffer.allocate(length);
    }
    if (in.read(buffer.array(), length) != length) {
      throw new DamagedDataException("The manifest is cut short.");
    }
    read += length;
    return buffer.clear().limit(length);
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
    ChunkRef[] refs = new ChunkRef[count];
    for (int i = 0; i < count; i++) {
      refs[i] = ChunkRef.read(body);
    }
    return List.of(refs);
  }

  private static void need(ByteBuffer body, int bytes) throws DamagedDataException {
    if (body.remaining() < bytes) {
      throw new DamagedDataException("A record of the manifest is cut short.");
    }
  }
}
