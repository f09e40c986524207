package org.hikae.backup.value;

import java.time.Instant;
import java.util.Arrays;

/**
 * All objects of a repository as plain arrays, by ascending id: what marking works on. A hundred
 * thousand of them take three megabytes.
 */
public final class ObjectTable {

  /** Most objects of one repository: 46 TiB of full packs. */
  public static final int MAX_OBJECTS = 2_000_000;

  private final long[] ids;
  private final long[] sizes;
  private final long[] storedAtSeconds;

  private ObjectTable(long[] ids, long[] sizes, long[] storedAtSeconds) {
    this.ids = ids;
    this.sizes = sizes;
    this.storedAtSeconds = storedAtSeconds;
  }

  /** Takes objects by ascending id. */
  public static final class Builder {

    private long[] ids;
    private long[] sizes;
    private long[] storedAtSeconds;
    private int count;

    /** Room for about so many; more may come. */
    public Builder(int expected) {
      int room = expected + 16;
      ids = new long[room];
      sizes = new long[room];
      storedAtSeconds = new long[room];
    }

    /** Adds an object. */
    public void add(long id, long size, Instant storedAt) {
      if (count > 0 && id <= ids[count - 1]) {
        throw new IllegalArgumentException("ids must ascend");
      }
      if (count == ids.length) {
        int room = count * 2;
        ids = Arrays.copyOf(ids, room);
        sizes = Arrays.copyOf(sizes, room);
        storedAtSeconds = Arrays.copyOf(storedAtSeconds, room);
      }
      ids[count] = id;
      sizes[count] = size;
      storedAtSeconds[count] = storedAt.getEpochSecond();
      count++;
    }

    /** The table. */
    public ObjectTable build() {
      return new ObjectTable(
          Arrays.copyOf(ids, count),
          Arrays.copyOf(sizes, count),
          Arrays.copyOf(storedAtSeconds, count));
    }
  }

  /** Number of objects. */
  public int count() {
    return ids.length;
  }

  /** Id of the object at a place. */
  public long id(int place) {
    return ids[place];
  }

  /** Length of the object at a place. */
  public long size(int place) {
    return sizes[place];
  }

  /** Whether the object at a place was stored before {@code time}. */
  public boolean storedBefore(int place, Instant time) {
    return storedAtSeconds[place] < time.getEpochSecond();
  }

  /**
   * The place of an object.
   *
   * @param id its id
   * @param from where to look first: lists and table ascend alike, so it is often right there
   * @throws IllegalStateException when there is no such object: a list never names what is not
   *     stored, and nothing may be removed while one does
   */
  public int place(long id, int from) {
    if (from < ids.length && ids[from] == id) {
      return from;
    }
    int place = Arrays.binarySearch(ids, id);
    if (place < 0) {
      throw new IllegalStateException("A list names object " + id + ", which is not stored.");
    }
    return place;
  }
}
