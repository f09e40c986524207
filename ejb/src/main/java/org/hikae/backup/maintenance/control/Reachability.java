package org.hikae.backup.maintenance.control;

import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.LongStream;
import org.hikae.backup.value.ObjectTable;

/**
 * Which objects of a repository are needed: how many live lists name each, and whether a held one
 * does. Made from the lists of all snapshots that are not removed, so what it does not mark is
 * needed by none.
 */
public final class Reachability {

  private final ObjectTable table;
  private final int[] live;
  private final BitSet held;

  /** Nothing is marked yet. */
  public Reachability(ObjectTable table) {
    this.table = table;
    this.live = new int[table.count()];
    this.held = new BitSet(table.count());
  }

  /** Marks the ascending ids of a live list. */
  public void live(long[] ids) {
    int place = -1;
    for (long id : ids) {
      place = table.place(id, place + 1);
      live[place]++;
    }
  }

  /** Marks the ascending ids of a held list. */
  public void held(long[] ids) {
    int place = -1;
    for (long id : ids) {
      place = table.place(id, place + 1);
      held.set(place);
    }
  }

  /** Bytes that a live list needs and no other live one. */
  public long onlyIn(long[] ids) {
    long bytes = 0;
    int place = -1;
    for (long id : ids) {
      place = table.place(id, place + 1);
      if (live[place] == 1) {
        bytes = Math.addExact(bytes, table.size(place));
      }
    }
    return bytes;
  }

  /** A live list becomes a held one. */
  public void release(long[] ids) {
    int place = -1;
    for (long id : ids) {
      place = table.place(id, place + 1);
      live[place]--;
    }
    held(ids);
  }

  /** Bytes that only held lists need. */
  public long heldBytes() {
    return held.stream()
        .filter(place -> live[place] == 0)
        .mapToLong(table::size)
        .reduce(0, Math::addExact);
  }

  /**
   * What has to change so that the idle objects are those that no live list names.
   *
   * @param idle ids of objects that became idle because held lists alone name them
   * @param doomed ids of objects that nothing names and that were not idle before
   * @param unlisted ids of idle objects that nothing names any more
   * @param revived ids of idle objects that are needed by a live list
   * @param spared ids of doomed objects that a held list names after all
   * @param idleBytes bytes that become idle
   * @param revivedBytes bytes that are live again
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Changes(
      long[] idle,
      long[] doomed,
      long[] unlisted,
      long[] revived,
      long[] spared,
      long idleBytes,
      long revivedBytes) {}

  /**
   * Compares with what is recorded.
   *
   * @param recorded whether each recorded idle object is doomed, by id
   * @param storedBefore objects that nothing names are left alone unless they are older: a snapshot
   *     may be on its way
   */
  public Changes changes(Map<Long, Boolean> recorded, Instant storedBefore) {
    LongStream.Builder idle = LongStream.builder();
    LongStream.Builder doomed = LongStream.builder();
    LongStream.Builder unlisted = LongStream.builder();
    LongStream.Builder revived = LongStream.builder();
    LongStream.Builder spared = LongStream.builder();
    long idleBytes = 0;
    long revivedBytes = 0;
    for (int place = 0; place < live.length; place++) {
      long id = table.id(place);
      Boolean wasDoomed = recorded.get(id);
      if (live[place] > 0) {
        if (wasDoomed != null) {
          revived.add(id);
          revivedBytes = Math.addExact(revivedBytes, table.size(place));
        }
      } else if (held.get(place)) {
        if (wasDoomed == null) {
          idle.add(id);
          idleBytes = Math.addExact(idleBytes, table.size(place));
        } else if (wasDoomed) {
          spared.add(id);
        }
      } else if (wasDoomed == null) {
        if (table.storedBefore(place, storedBefore)) {
          doomed.add(id);
          idleBytes = Math.addExact(idleBytes, table.size(place));
        }
      } else if (!wasDoomed) {
        unlisted.add(id);
      }
    }
    return new Changes(
        idle.build().toArray(),
        doomed.build().toArray(),
        unlisted.build().toArray(),
        revived.build().toArray(),
        spared.build().toArray(),
        idleBytes,
        revivedBytes);
  }
}
