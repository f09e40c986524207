package org.hikae.notice.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.notice.boundary.NoticeDesk;
import org.hikae.notice.view.NoticeQuery;
import org.hikae.notice.view.NoticeView;
import org.jspecify.annotations.Nullable;

/** The newest critical notices that nobody has acknowledged, for the overview. */
@Named
@RequestScoped
public class NoticeAlarm {

  private static final int SHOWN = 3;

  @Inject private NoticeDesk desk;

  private @Nullable List<NoticeView> newest;

  /** The newest ones, at most three. */
  public List<NoticeView> getNewest() {
    if (newest == null) {
      newest = desk.page(new NoticeQuery(null, true, "CRITICAL", null), SHOWN).notices();
    }
    return newest;
  }
}
