package org.hikae.device.restore.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.EntryMetadata;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a manifest, read ahead so that the chunks of the next files are on their way
 * before they are needed. Failures of reading ahead come when the record they belong to would.
 *
 * <p>Bounds: {@link #MAX_BYTES} of chunks asked for, {@link #MAX_CHUNKS} of them, and records of
 * {@link #MAX_WEIGHT} bytes, each counted with a part for its objects; of each one more.
 */
public final class ManifestReadAhead implements RecordSource {

  /** Plain bytes of the chunks asked for. */
  public static final long MAX_BYTES = 64L * 1024 * 1024;

  /** Chunks asked for. */
  static final int MAX_CHUNKS = 8192;

  /** Records in memory, in bytes. */
  static final long MAX_WEIGHT = 8L * 1024 * 1024;

  private static final int RECORD_WEIGHT = 300;
  private static final int REF_WEIGHT = 150;

  private final RecordSource tree;
  private final ChunkPipeline chunks;
  private final @Nullable ManifestPass pass;
  private final Deque<QueuedRecord> window = new ArrayDeque<>();
  private final Deque<ChunkRequest> chunkRequest = new ArrayDeque<>();
  private long requestedBytes;
  private long weight;
  private @Nullable QueuedRecord current;
  private @Nullable ChunkContent given;

  /** The record read last, of which not all chunks may have been asked for. */
  private @Nullable QueuedRecord tail;

  private boolean expected;
  private boolean passing;
  private boolean ended;
  private @Nullable DamagedDataException damage;
  private @Nullable BackupStoreException refusal;

  /**
   * Reads ahead in {@code tree}.
   *
   * @param pass goes through the same records; without it reads ahead to the end of a file only
   */
  public ManifestReadAhead(RecordSource tree, ChunkPipeline chunks, @Nullable ManifestPass pass) {
    this.tree = tree;
    this.chunks = chunks;
    this.pass = pass;
    if (pass == null) {
      chunks.expectNothing();
    }
  }

  /** A record, and how many of its chunks were asked for and taken. */
  private static final class QueuedRecord {
    private final ManifestRecord record;
    private final List<ChunkRef> refs;
    private int asked;
    private int taken;

    QueuedRecord(ManifestRecord record) {
      this.record = record;
      this.refs = record instanceof ManifestRecord.Data data ? data.chunks() : List.of();
    }

    boolean isAsked() {
      return asked == refs.size();
    }
  }

  /**
   * While passing over what is not restored, nothing is read ahead or asked for; contents must not
   * be asked for either.
   */
  @Override
  public void passing(boolean now) {
    passing = now;
  }

  /** The next record; null after the last. What was left of the contents of this one is dropped. */
  @Override
  public @Nullable ManifestRecord next() throws DamagedDataException, BackupStoreException {
    leave();
    fill();
    QueuedRecord next = window.pollFirst();
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

  /** The next chunk of the present record; not to be looked at after the next call. */
  public ChunkContent chunk() throws DamagedDataException, BackupStoreException {
    QueuedRecord here = current;
    reuse();
    if (here == null || here.taken == here.refs.size()) {
      throw new IllegalStateException("the record has no further chunk");
    }
    fill();
    if (here.taken == here.asked) {
      ask(here);
      chunks.fetch(false);
    }
    here.taken++;
    ChunkRequest first = chunkRequest.removeFirst();
    requestedBytes -= first.ref().length();
    ChunkContent chunk = chunks.take(first);
    given = chunk;
    return chunk;
  }

  private void reuse() {
    ChunkContent written = given;
    if (written != null) {
      given = null;
      chunks.reuse(written);
    }
  }

  private void leave() {
    QueuedRecord here = current;
    reuse();
    if (here == null) {
      return;
    }
    while (here.taken < here.asked) {
      here.taken++;
      ChunkRequest first = chunkRequest.removeFirst();
      requestedBytes -= first.ref().length();
      chunks.drop(first);
    }
    if (tail == here) {
      tail = null;
    }
    current = null;
  }

  private void ask(QueuedRecord of) {
    ChunkRequest next = chunks.want(of.refs.get(of.asked++));
    chunkRequest.add(next);
    requestedBytes += next.ref().length();
  }

  /** Reads on when half of what may be ahead is used up: many wishes at a time fetch better. */
  private void fill() {
    if (passing || !isBelow(2)) {
      return;
    }
    boolean more = true;
    while (more && isBelow(1)) {
      QueuedRecord last = tail;
      if (last != null && !last.isAsked()) {
        ask(last);
      } else {
        more = readAhead();
      }
    }
    ManifestPass whole = pass;
    if (more && whole != null && !expected) {
      // There is more than can be asked for at once: what comes later decides what is kept.
      expected = true;
      chunks.expect(whole);
    }
    chunks.fetch(!more);
  }

  private boolean isBelow(int part) {
    return requestedBytes < MAX_BYTES / part
        && chunkRequest.size() < MAX_CHUNKS / part
        && weight < MAX_WEIGHT / part;
  }

  /** Reads one record; false when there is none to be read now. */
  private boolean readAhead() {
    if (ended || damage != null || refusal != null) {
      return false;
    }
    QueuedRecord last = tail == null ? current : tail;
    if (pass == null && last != null && last.record instanceof ManifestRecord.FileEnd) {
      return false;
    }
    try {
      QueuedRecord next = read();
      if (next != null) {
        window.add(next);
      }
      return next != null;
    } catch (DamagedDataException e) {
      damage = e;
    } catch (BackupStoreException e) {
      refusal = e;
    }
    return false;
  }

  private @Nullable QueuedRecord read() throws DamagedDataException, BackupStoreException {
    if (damage != null) {
      throw damage;
    }
    if (refusal != null) {
      throw refusal;
    }
    if (ended) {
      return null;
    }
    ManifestRecord record = tree.next();
    ended = record == null || record instanceof ManifestRecord.End;
    if (record == null) {
      return null;
    }
    weight += weigh(record);
    tail = new QueuedRecord(record);
    return tail;
  }

  private static long weigh(ManifestRecord record) {
    return switch (record) {
      case ManifestRecord.Data data -> RECORD_WEIGHT + (long) REF_WEIGHT * data.chunks().size();
      case ManifestRecord.Enter enter -> weigh(enter.metadata());
      case ManifestRecord.FileStart file -> weigh(file.metadata());
      case ManifestRecord.Restart again -> weigh(again.metadata());
      case ManifestRecord.Symlink link -> weigh(link.metadata()) + link.target().length;
      case ManifestRecord.Fifo fifo -> weigh(fifo.metadata());
      default -> RECORD_WEIGHT;
    };
  }

  private static long weigh(EntryMetadata metadata) {
    long sum = RECORD_WEIGHT;
    for (ExtendedAttribute each : metadata.attributes()) {
      sum += RECORD_WEIGHT + each.name().length + each.value().length;
    }
    return sum;
  }
}
