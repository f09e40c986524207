package org.hikae.device.manifest;

import static org.hikae.device.manifest.TreeWriter.DATA;
import static org.hikae.device.manifest.TreeWriter.END;
import static org.hikae.device.manifest.TreeWriter.ENTER;
import static org.hikae.device.manifest.TreeWriter.FIFO;
import static org.hikae.device.manifest.TreeWriter.FILE;
import static org.hikae.device.manifest.TreeWriter.FILE_END;
import static org.hikae.device.manifest.TreeWriter.HARD_LINK;
import static org.hikae.device.manifest.TreeWriter.HOLE;
import static org.hikae.device.manifest.TreeWriter.LEAVE;
import static org.hikae.device.manifest.TreeWriter.RESTART;
import static org.hikae.device.manifest.TreeWriter.SYMLINK;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.sealing.DamagedException;

/**
 * Reads a manifest record by record.
 *
 * <p>Guarantees for what it returns: names are possible names, ascending without repetition in each
 * directory; directories are balanced and the stream ends with {@link TreeRecord.End} and nothing
 * after it; contents stand only inside a file and add up to its length. Everything else is a {@link
 * DamagedException}.
 *
 * @param <E> what the input may fail with
 */
public final class TreeReader<E extends Exception> {

  private final Input<E> in;
  private final TreeRules rules = new TreeRules();
  private boolean started;

  /** Reads from the start of a stream. */
  public TreeReader(Input<E> in) {
    this.in = in;
  }

  /**
   * Gives the bytes.
   *
   * @param <E> what it may fail with
   */
  @FunctionalInterface
  public interface Input<E extends Exception> {
    /** Reads until {@code length} bytes are there or the stream ends; returns how many. */
    int read(byte[] into, int length) throws DamagedException, E;
  }

  /** The next record; after {@link TreeRecord.End} there is none to ask for. */
  public TreeRecord next() throws DamagedException, E {
    if (!started) {
      started = true;
      if (exactly(1)[0] != TreeWriter.VERSION) {
        throw new DamagedException("The manifest has an unknown version; a newer one may know it.");
      }
    }
    ByteBuffer head = ByteBuffer.wrap(exactly(5));
    byte type = head.get();
    int length = head.getInt();
    if (length < 0 || length > TreeWriter.MAX_RECORD_BYTES) {
      throw new DamagedException("A record of the manifest has an impossible length.");
    }
    ByteBuffer body = ByteBuffer.wrap(exactly(length));
    TreeRecord record = parse(type, body);
    if (body.hasRemaining()) {
      throw new DamagedException("A record of the manifest is too long.");
    }
    rules.accept(record);
    if (record instanceof TreeRecord.End && in.read(new byte[1], 1) != 0) {
      throw new DamagedException("The manifest goes on after its end.");
    }
    return record;
  }

  private byte[] exactly(int length) throws DamagedException, E {
    byte[] bytes = new byte[length];
    if (in.read(bytes, length) != length) {
      throw new DamagedException("The manifest is cut short.");
    }
    return bytes;
  }

  private static TreeRecord parse(byte type, ByteBuffer body) throws DamagedException {
    return switch (type) {
      case ENTER -> {
        byte[] name = topOrName(body);
        Metadata metadata = Metadata.read(body);
        yield new TreeRecord.Enter(name, metadata, flag(body));
      }
      case LEAVE -> new TreeRecord.Leave();
      case FILE -> {
        byte[] name = name(body);
        Metadata metadata = Metadata.read(body);
        long size = length(body);
        need(body, 12);
        long links = body.getInt() & 0xffff_ffffL;
        yield new TreeRecord.FileStart(name, metadata, size, links, body.getLong());
      }
      case RESTART -> new TreeRecord.Restart(Metadata.read(body), length(body));
      case DATA -> new TreeRecord.Data(refs(body));
      case HOLE -> new TreeRecord.Hole(length(body));
      case FILE_END -> {
        long length = length(body);
        need(body, 1);
        yield new TreeRecord.FileEnd(length, State.of(body.get()));
      }
      case HARD_LINK -> {
        byte[] name = name(body);
        need(body, 16);
        yield new TreeRecord.HardLink(name, body.getLong(), body.getLong());
      }
      case SYMLINK -> {
        byte[] name = name(body);
        Metadata metadata = Metadata.read(body);
        yield new TreeRecord.Symlink(name, metadata, target(body));
      }
      case FIFO -> new TreeRecord.Fifo(name(body), Metadata.read(body));
      case END -> new TreeRecord.End();
      default -> throw new DamagedException("A record of the manifest has an unknown type.");
    };
  }

  private static byte[] topOrName(ByteBuffer body) throws DamagedException {
    need(body, 2);
    if (body.getShort(body.position()) == 0) {
      body.getShort();
      return new byte[0];
    }
    return name(body);
  }

  private static byte[] name(ByteBuffer body) throws DamagedException {
    byte[] name = bytes(body);
    if (!RawPath.isName(name)) {
      throw new DamagedException("A name in the manifest cannot be one.");
    }
    return name;
  }

  private static byte[] target(ByteBuffer body) throws DamagedException {
    byte[] target = bytes(body);
    boolean possible = target.length > 0 && target.length < RawFiles.MAX_LINK_BYTES;
    for (byte b : target) {
      possible &= b != 0;
    }
    if (!possible) {
      throw new DamagedException("A link in the manifest has an impossible target.");
    }
    return target;
  }

  private static byte[] bytes(ByteBuffer body) throws DamagedException {
    need(body, 2);
    int length = body.getShort() & 0xffff;
    need(body, length);
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private static boolean flag(ByteBuffer body) throws DamagedException {
    need(body, 1);
    int flag = body.get();
    if (flag != 0 && flag != 1) {
      throw new DamagedException("A record of the manifest has an unknown flag.");
    }
    return flag == 1;
  }

  private static long length(ByteBuffer body) throws DamagedException {
    need(body, 8);
    long length = body.getLong();
    if (length < 0) {
      throw new DamagedException("A length in the manifest is impossible.");
    }
    return length;
  }

  private static List<ChunkRef> refs(ByteBuffer body) throws DamagedException {
    int count = body.remaining() / ChunkRef.BYTES;
    if (count == 0 || count > TreeWriter.MAX_REFS || body.remaining() != count * ChunkRef.BYTES) {
      throw new DamagedException("A list of chunks in the manifest has an impossible length.");
    }
    List<ChunkRef> refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add(ChunkRef.read(body));
    }
    return List.copyOf(refs);
  }

  private static void need(ByteBuffer body, int bytes) throws DamagedException {
    if (body.remaining() < bytes) {
      throw new DamagedException("A record of the manifest is cut short.");
    }
  }
}
