package org.hikae.ui.faces;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/**
 * The way through a list whose pages are read by cursors: a step forward, a step back, or to the
 * first page. Of a very long way the beginning is forgotten; then going back ends at the first page
 * sooner.
 */
public final class CursorPaging implements Serializable {

  private static final int MAX_STEPS = 1000;
  private static final String FIRST = "";

  private final Deque<String> before = new ArrayDeque<>();
  private String current = FIRST;
  private @Nullable String next;

  /** The cursor of the page to show; null for the first. */
  public @Nullable String current() {
    return current.isEmpty() ? null : current;
  }

  /** Notes what the shown page gave as its next cursor; null when it is the last. */
  public void found(@Nullable String nextCursor) {
    next = nextCursor;
  }

  /** The same of a list whose pages begin after a row; null for the first. */
  public <T extends RowId> @Nullable T current(LongFunction<T> id) {
    return current.isEmpty() ? null : id.apply(Long.parseLong(current));
  }

  /** Notes the row after which the next page begins; null when the shown page is the last. */
  public void foundRow(@Nullable Long nextRow) {
    found(nextRow == null ? null : nextRow.toString());
  }

  /** Goes to the next page, if there is one. */
  public void forward() {
    if (next != null) {
      if (before.size() == MAX_STEPS) {
        before.removeFirst();
      }
      before.addLast(current);
      current = next;
      next = null;
    }
  }

  /** Goes to the page before; from the first one nowhere. */
  public void back() {
    current = before.isEmpty() ? FIRST : before.removeLast();
  }

  /** Goes to the first page. */
  public void restart() {
    before.clear();
    current = FIRST;
    next = null;
  }

  /** Whether there is a next page. */
  public boolean isMore() {
    return next != null;
  }

  /** Whether there is a page before. */
  public boolean isBegun() {
    return !current.isEmpty();
  }
}
