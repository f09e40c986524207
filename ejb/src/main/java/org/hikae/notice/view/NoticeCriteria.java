package org.hikae.notice.view;

import org.hikae.notice.value.NoticeId;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Which notices are wanted.
 *
 * @param before only those before this one; null for all
 * @param open only those that nobody has acknowledged
 * @param severity only of INFO, WARNING or CRITICAL; null for all
 * @param kind only of this kind; null for all
 */
public record NoticeCriteria(
    @Nullable NoticeId before,
    boolean open,
    NoticeKind.@Nullable Severity severity,
    @Nullable String kind) {

  /** How words are refused that no kind of notice fits. */
  public static final String NO_KIND =
      "severity and kind must name a severity, a kind, or both alike.";
}
