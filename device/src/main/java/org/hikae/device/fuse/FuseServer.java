package org.hikae.device.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;

/**
 * Answers the kernel's requests about a {@link ReadOnlyTree}. Several threads wait for requests, so
 * that what takes long keeps nothing else waiting before all of them are busy.
 *
 * <p>It keeps no account of anything: files and directories are opened without being noted, and
 * what the kernel forgets was never remembered.
 */
public final class FuseServer {

  /** How many requests are worked on at a time. */
  public static final int THREADS = 4;

  /** The kernel wants room for 8 KiB at least; no request that is answered is longer. */
  private static final int REQUEST_BYTES = 64 * 1024;

  private static final int MAJOR = 7;
  private static final int MINOR = 31;

  /** Since Linux 4.2; earlier answers to the first request are shorter. */
  private static final int OLDEST_MINOR = 23;

  private static final int ASYNC_READ = 1;
  private static final int DO_READDIRPLUS = 1 << 13;
  private static final int READDIRPLUS_AUTO = 1 << 14;
  private static final int NO_OPEN_SUPPORT = 1 << 17;
  private static final int PARALLEL_DIROPS = 1 << 18;
  private static final int CACHE_SYMLINKS = 1 << 23;
  private static final int WANTED =
      ASYNC_READ
          | DO_READDIRPLUS
          | READDIRPLUS_AUTO
          | NO_OPEN_SUPPORT
          | PARALLEL_DIROPS
          | CACHE_SYMLINKS;

  private static final int KEEP_CACHE = 1 << 1;
  private static final int CACHE_DIR = 1 << 3;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final byte[] DOT = {'.'};
  private static final byte[] DOTS = {'.', '.'};

  private final FuseChannel channel;
  private final ReadOnlyTree tree;
  private final FailureListener failures;

  /** Hears of defects; what a program gets is an input/output error. */
  @FunctionalInterface
  public interface FailureListener {
    /** A request could not be answered. */
    void failed(RuntimeException defect);
  }

  public FuseServer(FuseChannel channel, ReadOnlyTree tree, FailureListener failures) {
    this.channel = channel;
    this.tree = tree;
    this.failures = failures;
  }

  /** Serves until the file system is mounted nowhere any more, or the waiting is interrupted. */
  public void serve() throws IOException, InterruptedException {
    AtomicReference<IOException> broken = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofPlatform().daemon().name("hikae-fuse-" + i).start(() -> loop(broken)));
    }
    for (Thread each : threads) {
      each.join();
    }
    IOException why = broken.get();
    if (why != null) {
      throw why;
    }
  }

  private void loop(AtomicReference<IOException> broken) {
    ByteBuffer in = ByteBuffer.allocateDirect(REQUEST_BYTES).order(ByteOrder.nativeOrder());
    FuseReplyWriter out = new FuseReplyWriter();
    try {
      while (channel.receive(in.clear())) {
        in.flip();
        if (in.remaining() >= FuseRequest.HEADER_BYTES) {
          Optional<ByteBuffer> answer = answer(FuseRequest.read(in), out);
          if (answer.isPresent()) {
            channel.send(answer.get());
          }
        }
      }
    } catch (IOException e) {
      broken.compareAndSet(null, e);
    }
  }

  private Optional<ByteBuffer> answer(FuseRequest request, FuseReplyWriter out) {
    try {
      return switch (request.opcode()) {
        // These want no answer. What was interrupted is answered like anything else.
        case FuseRequest.FORGET, FuseRequest.BATCH_FORGET, FuseRequest.INTERRUPT ->
            Optional.empty();
        default -> Optional.of(reply(request, out));
      };
    } catch (FuseErrorException e) {
      return Optional.of(out.failure(request.unique(), e.errno()));
    } catch (RuntimeException e) {
      failures.failed(e);
      return Optional.of(out.failure(request.unique(), FuseErrorException.EIO));
    } catch (OutOfMemoryError e) {
      // Whoever asked must not wait for ever, and others may ask for less.
      return Optional.of(out.failure(request.unique(), FuseErrorException.EIO));
    }
  }

  private ByteBuffer reply(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    long unique = request.unique();
    switch (request.opcode()) {
      case FuseRequest.INIT -> init(request, out);
      case FuseRequest.LOOKUP -> {
        TreeEntry found =
            tree.find(request.node(), request.name())
                .orElseThrow(() -> new FuseErrorException(FuseErrorException.ENOENT));
        var _ = out.begin(unique, FuseReplyWriter.MAX_ENTRY_BYTES);
        out.entry(found);
      }
      case FuseRequest.GETATTR -> {
        TreeEntry entry = tree.entry(request.node());
        var _ = out.begin(unique, FuseReplyWriter.MAX_ENTRY_BYTES);
        out.status(entry);
      }
      case FuseRequest.READLINK -> {
        byte[] target = tree.linkTarget(request.node());
        out.begin(unique, target.length).put(target);
      }
      case FuseRequest.READ -> read(request, out);
      case FuseRequest.LSEEK -> seek(request, out);
      case FuseRequest.STATFS -> {
        var _ = out.begin(unique, FuseReplyWriter.MAX_ENTRY_BYTES);
        out.emptyStatistics();
      }
      case FuseRequest.GETXATTR -> attribute(request, out);
      case FuseRequest.LISTXATTR -> attributes(request, out);
      // Answered, unlike OPEN, so that opening shows whether anybody is behind a mount.
      case FuseRequest.OPENDIR ->
          out.begin(unique, 16).putLong(0).putInt(KEEP_CACHE | CACHE_DIR).putInt(0);
      case FuseRequest.RELEASEDIR -> out.begin(unique, 0);
      case FuseRequest.READDIR -> list(request, out, false);
      case FuseRequest.READDIRPLUS -> list(request, out, true);
      // Of OPEN and ACCESS the kernel understands that they are always granted.
      default -> throw new FuseErrorException(FuseErrorException.ENOSYS);
    }
    return out.end();
  }

  private static void init(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    ByteBuffer body = request.body();
    require(body.remaining() >= 16);
    int major = body.getInt();
    int minor = body.getInt();
    if (major != MAJOR || minor < OLDEST_MINOR) {
      throw new FuseErrorException(FuseErrorException.EPROTO);
    }
    int readAhead = body.getInt();
    int offered = body.getInt();
    out.begin(request.unique(), 64)
        .putInt(MAJOR)
        .putInt(Math.min(minor, MINOR))
        .putInt(readAhead)
        .putInt(offered & WANTED)
        .putShort((short) 0)
        .putShort((short) 0)
        // Nothing is written; the kernel sets a least of its own.
        .putInt(0)
        .putInt(1)
        .put(new byte[36]);
  }

  private void read(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    ByteBuffer body = request.body();
    require(body.remaining() >= 20);
    long position = body.getLong(body.position() + 8);
    int size = body.getInt(body.position() + 16);
    require(position >= 0 && size >= 0 && size <= FuseReplyWriter.MAX_BYTES);
    byte[] bytes = new byte[size];
    int got = tree.read(request.node(), position, bytes);
    out.begin(request.unique(), got).put(bytes, 0, got);
  }

  private void seek(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    ByteBuffer body = request.body();
    require(body.remaining() >= 20);
    long position = body.getLong(body.position() + 8);
    int whence = body.getInt(body.position() + 16);
    require(position >= 0 && (whence == SEEK_DATA || whence == SEEK_HOLE));
    long found = tree.seek(request.node(), position, whence == SEEK_HOLE);
    out.begin(request.unique(), 8).putLong(found);
  }

  private void attribute(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    int room = room(request);
    byte[] name = request.name();
    for (ExtendedAttribute each : tree.attributes(request.node())) {
      if (Arrays.compare(each.name(), name) == 0) {
        sized(request, out, room, each.value());
        return;
      }
    }
    throw new FuseErrorException(FuseErrorException.ENODATA);
  }

  private void attributes(FuseRequest request, FuseReplyWriter out) throws FuseErrorException {
    int room = room(request);
    List<ExtendedAttribute> all = tree.attributes(request.node());
    ByteBuffer names =
        ByteBuffer.allocate(all.stream().mapToInt(each -> each.name().length + 1).sum());
    all.forEach(each -> names.put(each.name()).put((byte) 0));
    sized(request, out, room, names.array());
  }

  /** The beginning of {@code struct fuse_getxattr_in}; what follows is the name. */
  private static int room(FuseRequest request) throws FuseErrorException {
    ByteBuffer body = request.body();
    require(body.remaining() >= 8);
    int room = body.getInt();
    body.position(body.position() + Integer.BYTES);
    return room;
  }

  /** With no room it is asked how much it takes. */
  private static void sized(FuseRequest request, FuseReplyWriter out, int room, byte[] value)
      throws FuseErrorException {
    if (room == 0) {
      out.begin(request.unique(), 8).putInt(value.length).putInt(0);
    } else if (value.length > room) {
      throw new FuseErrorException(FuseErrorException.ERANGE);
    } else {
      out.begin(request.unique(), value.length).put(value);
    }
  }

  private void list(FuseRequest request, FuseReplyWriter out, boolean plus)
      throws FuseErrorException {
    ByteBuffer body = request.body();
    require(body.remaining() >= 20);
    long from = body.getLong(body.position() + 8);
    int room = body.getInt(body.position() + 16);
    require(from >= 0 && room >= 0 && room <= FuseReplyWriter.MAX_BYTES);
    ByteBuffer into = out.begin(request.unique(), room);
    int end = into.position() + room;
    if (from < 1 && into.position() + FuseReplyWriter.listed(DOT, plus) <= end) {
      out.dots(request.node(), DOT, 1, plus);
    }
    if (from < 2 && into.position() + FuseReplyWriter.listed(DOTS, plus) <= end) {
      out.dots(request.node(), DOTS, 2, plus);
    }
    tree.list(
        request.node(),
        from <= 2 ? 0 : from,
        (entry, next) -> {
          boolean fits = into.position() + FuseReplyWriter.listed(entry.name(), plus) <= end;
          if (fits) {
            out.listed(entry, next, plus);
          }
          return fits;
        });
  }

  private static void require(boolean holds) throws FuseErrorException {
    if (!holds) {
      throw new FuseErrorException(FuseErrorException.EINVAL);
    }
  }
}
