package org.hikae.device.restore.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hikae.device.files.Attributes.Attribute;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.Metadata;
import org.hikae.device.manifest.TreeRecord;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a manifest, read ahead so that the chunks of the next files are on their way
 * before they are needed. Failures of reading ahead come when the record they belong to would.
 *
 * <p>Bounds: {@link #MAX_BYTES} of chunks asked for, {@link #MAX_CHUNKS} of them, and records of
 * {@link #MAX_WEIGHT} bytes, each counted with a part for its objects; of each one more.
 */
public final class ReadAhead {

  /** Plain bytes of the chunks asked for. */
  public static final long MAX_BYTES = 64L * 1024 * 1024;

  /** Chunks asked for. */
  static final int MAX_CHUNKS = 8192;

  /** Records in memory, in bytes. */
  static final long MAX_WEIGHT = 8L * 1024 * 1024;

  private static final int RECORD_WEIGHT = 300;
  private static final int REF_WEIGHT = 150;

  private final Source tree;
  private final ChunkPipeline chunks;
  private final boolean fileByFile;
  private final Deque<Ahead> window = new ArrayDeque<>();
  private final Deque<Wanted> wanted = new ArrayDeque<>();
  private long wantedBytes;
  private long weight;
  private @Nullable Ahead current;

  /** The record read last, of which not all chunks may have been asked for. */
  private @Nullable Ahead tail;

  private boolean passing;
  private boolean ended;
  private @Nullable DamagedException damage;
  private @Nullable StoreException refusal;

  /** {@code fileByFile}: reads ahead to the end of a file only. */
  public ReadAhead(Source tree, ChunkPipeline chunks, boolean fileByFile) {
    this.tree = tree;
    this.chunks = chunks;
    this.fileByFile = fileByFile;
  }

  /** Gives the records. */
  @FunctionalInterface
  public interface Source {
    /** The next record; null, or the end of the manifest, when there is no other. */
    @Nullable TreeRecord next() throws DamagedException, StoreException;
  }

  /** A record, and how many of its chunks were asked for and taken. */
  private static final class Ahead {
    private final TreeRecord record;
    private final List<ChunkRef> refs;
    private int asked;
    private int taken;

    Ahead(TreeRecord record) {
      this.record = record;
      this.refs = record instanceof TreeRecord.Data data ? data.chunks() : List.of();
    }

    boolean isAsked() {
      return asked == refs.size();
    }
  }

  /**
   * While passing over what is not restored, nothing is read ahead or asked for; contents must not
   * be asked for either.
   */
  public void passing(boolean now) {
    passing = now;
  }

  /** The next record; null after the last. What was left of the contents of this one is dropped. */
  @Nullable
  public TreeRecord next() throws DamagedException, StoreException {
    leave();
    fill();
    Ahead next = window.pollFirst();
    if (next == null) {
      next = read();
    }
    if (next == null) {
      return null;
    }
    current = next;
    weight -= weigh(next.record);
    return next.record;
  }

  /** The next chunk of the present record. */
  public byte[] chunk() throws DamagedException, StoreException {
    Ahead here = current;
    if (here == null || here.taken == here.refs.size()) {
      throw new IllegalStateException("the record has no further chunk");
    }
    fill();
    if (here.taken == here.asked) {
      ask(here);
      chunks.fetch(false);
    }
    here.taken++;
    Wanted first = wanted.removeFirst();
    wantedBytes -= first.ref().length();
    return chunks.take(first);
  }

  private void leave() {
    Ahead here = current;
    if (here == null) {
      return;
    }
    while (here.taken < here.asked) {
      here.taken++;
      Wanted first = wanted.removeFirst();
      wantedBytes -= first.ref().length();
      chunks.drop(first);
    }
    if (tail == here) {
      tail = null;
    }
    current = null;
  }

  private void ask(Ahead of) {
    Wanted next = chunks.want(of.refs.get(of.asked++));
    wanted.add(next);
    wantedBytes += next.ref().length();
  }

  /** Reads on when half of what may be ahead is used up: many wishes at a time fetch better. */
  private void fill() {
    if (passing || !isBelow(2)) {
      return;
    }
    boolean more = true;
    while (more && isBelow(1)) {
      Ahead last = tail;
      if (last != null && !last.isAsked()) {
        ask(last);
      } else {
        more = readAhead();
      }
    }
    chunks.fetch(!more);
  }

  private boolean isBelow(int part) {
    return wantedBytes < MAX_BYTES / part
        && wanted.size() < MAX_CHUNKS / part
        && weight < MAX_WEIGHT / part;
  }

  /** Reads one record; false when there is none to be read now. */
  private boolean readAhead() {
    if (ended || damage != null || refusal != null) {
      return false;
    }
    Ahead last = tail == null ? current : tail;
    if (fileByFile && last != null && last.record instanceof TreeRecord.FileEnd) {
      return false;
    }
    try {
      Ahead next = read();
      if (next != null) {
        window.add(next);
      }
      return next != null;
    } catch (DamagedException e) {
      damage = e;
    } catch (StoreException e) {
      refusal = e;
    }
    return false;
  }

  private @Nullable Ahead read() throws DamagedException, StoreException {
    if (damage != null) {
      throw damage;
    }
    if (refusal != null) {
      throw refusal;
    }
    if (ended) {
      return null;
    }
    TreeRecord record = tree.next();
    ended = record == null || record instanceof TreeRecord.End;
    if (record == null) {
      return null;
    }
    weight += weigh(record);
    tail = new Ahead(record);
    return tail;
  }

  private static long weigh(TreeRecord record) {
    return switch (record) {
      case TreeRecord.Data data -> RECORD_WEIGHT + (long) REF_WEIGHT * data.chunks().size();
      case TreeRecord.Enter enter -> weigh(enter.metadata());
      case TreeRecord.FileStart file -> weigh(file.metadata());
      case TreeRecord.Restart again -> weigh(again.metadata());
      case TreeRecord.Symlink link -> weigh(link.metadata()) + link.target().length;
      case TreeRecord.Fifo fifo -> weigh(fifo.metadata());
      default -> RECORD_WEIGHT;
    };
  }

  private static long weigh(Metadata metadata) {
    long sum = RECORD_WEIGHT;
    for (Attribute each : metadata.attributes()) {
      sum += RECORD_WEIGHT + each.name().length + each.value().length;
    }
    return sum;
  }
}
