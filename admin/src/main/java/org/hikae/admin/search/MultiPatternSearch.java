package org.hikae.admin.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for all patterns at once in any number of bytes: a table of their first eight bytes, then a
 * comparison of the rest.
 */
public final class MultiPatternSearch {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TABLE_BITS = 14;

  private final Map<Long, List<SecretEncodings.SearchPattern>> byStart = new HashMap<>();
  private final boolean[] table = new boolean[1 << TABLE_BITS];
  private final int longest;
  private final Set<String> found = new TreeSet<>();
  private long searched;
  private int gone;

  /** Looks for all of these. */
  public MultiPatternSearch(SecretEncodings secretEncodings) {
    int length = 0;
    for (SecretEncodings.SearchPattern pattern : secretEncodings.all()) {
      long start = ByteBuffer.wrap(pattern.bytes()).getLong();
      byStart.computeIfAbsent(start, key -> new ArrayList<>()).add(pattern);
      table[slot(start)] = true;
      length = Math.max(length, pattern.bytes().length);
    }
    this.longest = length;
  }

  /** What was found so far, each with the place. */
  public Set<String> found() {
    return Set.copyOf(found);
  }

  /** How many bytes were searched. */
  public long searchedBytes() {
    return searched;
  }

  /** Searches a file, or every file below a folder. Files that go away meanwhile are left out. */
  public MultiPatternSearch files(String place, Path path) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(path)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        stream(place, in);
      } catch (NoSuchFileException e) {
        // It went away while the server worked; what it held lies elsewhere now.
        gone++;
      }
    }
    return this;
  }

  /** How many files went away before they were searched. */
  public int goneFiles() {
    return gone;
  }

  /** Searches bytes. */
  public void bytes(String place, byte[] bytes) {
    searched += bytes.length;
    scan(place, bytes, bytes.length, bytes.length);
  }

  /** Searches a stream to its end, in little memory. */
  public void stream(String place, InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES + longest];
    int kept = 0;
    while (true) {
      int read = in.readNBytes(buffer, kept, buffer.length - kept);
      int end = kept + read;
      searched += read;
      boolean last = end < buffer.length;
      // What could go on in the next bytes is looked at again with them.
      int starts = last ? end : end - longest;
      scan(place, buffer, starts, end);
      if (last) {
        return;
      }
      kept = end - starts;
      System.arraycopy(buffer, starts, buffer, 0, kept);
    }
  }

  private void scan(String place, byte[] buffer, int starts, int end) {
    long window = 0;
    int limit = Math.min(end, starts + Long.BYTES - 1);
    for (int i = 0; i < limit; i++) {
      window = (window << 8) | (buffer[i] & 0xff);
      if (i >= Long.BYTES - 1 && table[slot(window)]) {
        check(place, buffer, i - Long.BYTES + 1, end, window);
      }
    }
  }

  private void check(String place, byte[] buffer, int at, int end, long window) {
    for (SecretEncodings.SearchPattern pattern : byStart.getOrDefault(window, List.of())) {
      byte[] bytes = pattern.bytes();
      if (at + bytes.length <= end && equal(buffer, at, bytes)) {
        found.add(pattern.what() + " in " + place);
      }
    }
  }

  private static boolean equal(byte[] buffer, int at, byte[] bytes) {
    return Arrays.mismatch(buffer, at, at + bytes.length, bytes, 0, bytes.length) < 0;
  }

  private static int slot(long start) {
    return (int) ((start * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - TABLE_BITS));
  }
}
