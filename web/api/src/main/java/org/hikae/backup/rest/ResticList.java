package org.hikae.backup.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import org.hikae.backup.restic.boundary.ResticQueries.Entry;
import org.hikae.backup.wire.ResticType;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects as restic reads it: an array of names (version 1), or of names with lengths
 * (version 2). It is read and written page by page, so that a large repository costs no more memory
 * than a small one; when a page cannot be read, the answer breaks off and is no whole array.
 *
 * <p>Who names a place gets what comes behind it, at most {@link ResticType#LIST_PAGE} entries,
 * each with its place: so a list of millions is read in parts that can be asked for again.
 */
final class ResticList {

  /** The form of version 1, which is also that of who asks for nothing. */
  static final String VERSION_1 = "application/vnd.x.restic.rest.v1";

  /** The form of version 2. */
  static final String VERSION_2 = "application/vnd.x.restic.rest.v2";

  private final boolean lengths;
  private final boolean paged;
  private final LongFunction<List<Entry>> pages;
  private final List<Entry> first;

  private ResticList(
      boolean lengths, boolean paged, LongFunction<List<Entry>> pages, List<Entry> first) {
    this.lengths = lengths;
    this.paged = paged;
    this.pages = pages;
    this.first = first;
  }

  /**
   * Reads the first page, where a refusal can still be answered.
   *
   * @param accept what the client accepts
   * @param after the place behind which a page begins; null for everything
   * @param pages the entries behind a place; none at the end
   */
  static ResticList of(
      @Nullable String accept, @Nullable Long after, LongFunction<List<Entry>> pages) {
    List<Entry> first = pages.apply(after == null ? 0 : after);
    return new ResticList(VERSION_2.equals(accept), after != null, pages, first);
  }

  String mediaType() {
    return lengths ? VERSION_2 : VERSION_1;
  }

  void writeTo(OutputStream out) throws IOException {
    String between = "[";
    List<Entry> page = first;
    int written = 0;
    while (!page.isEmpty()) {
      StringBuilder text = new StringBuilder();
      for (Entry entry : page) {
        text.append(between).append(lengths ? withLength(entry) : '"' + entry.name() + '"');
        between = ",";
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      written += page.size();
      boolean enough = paged && written >= ResticType.LIST_PAGE;
      page = enough ? List.of() : pages.apply(page.getLast().place());
    }
    out.write((between.equals("[") ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
  }

  private String withLength(Entry entry) {
    String place = paged ? ",\"place\":" + entry.place() : "";
    return "{\"name\":\"" + entry.name() + "\",\"size\":" + entry.size() + place + '}';
  }
}
