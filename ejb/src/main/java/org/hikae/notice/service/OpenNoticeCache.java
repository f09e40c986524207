package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.runtime.control.KeyedCache;

/** Numbers of open notices, for all who have the same roles: each page counts them. */
@ApplicationScoped
public class OpenNoticeCache {

  private final KeyedCache<List<NoticeKind>, List<Long>> ids = new KeyedCache<>();

  /** Those of these kinds, some seconds old at most where it is costly to look. */
  public List<Long> of(List<NoticeKind> kinds, Supplier<List<Long>> look) {
    return ids.get(kinds, look);
  }
}
