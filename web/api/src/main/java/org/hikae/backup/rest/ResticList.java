package org.hikae.backup.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import org.hikae.backup.boundary.ResticCatalogue.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects as restic reads it: an array of names (version 1), or of names with lengths
 * (version 2). It is read and written page by page, so that a large repository costs no more memory
 * than a small one; when a page cannot be read, the answer breaks off and is no whole array.
 */
final class ResticList {

  /** The form of version 1, which is also that of who asks for nothing. */
  static final String VERSION_1 = "application/vnd.x.restic.rest.v1";

  /** The form of version 2. */
  static final String VERSION_2 = "application/vnd.x.restic.rest.v2";

  private final boolean lengths;
  private final LongFunction<List<Entry>> pages;
  private final List<Entry> first;

  private ResticList(boolean lengths, LongFunction<List<Entry>> pages, List<Entry> first) {
    this.lengths = lengths;
    this.pages = pages;
    this.first = first;
  }

  /**
   * Reads the first page, where a refusal can still be answered.
   *
   * @param accept what the client accepts
   * @param pages the entries behind a place; none at the end
   */
  static ResticList of(@Nullable String accept, LongFunction<List<Entry>> pages) {
    return new ResticList(VERSION_2.equals(accept), pages, pages.apply(0));
  }

  String mediaType() {
    return lengths ? VERSION_2 : VERSION_1;
  }

  void writeTo(OutputStream out) throws IOException {
    String between = "[";
    List<Entry> page = first;
    while (!page.isEmpty()) {
      StringBuilder text = new StringBuilder();
      for (Entry entry : page) {
        text.append(between).append(lengths ? withLength(entry) : '"' + entry.name() + '"');
        between = ",";
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      page = pages.apply(page.getLast().place());
    }
    out.write((between.equals("[") ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
  }

  private static String withLength(Entry entry) {
    return "{\"name\":\"" + entry.name() + "\",\"size\":" + entry.size() + '}';
  }
}
