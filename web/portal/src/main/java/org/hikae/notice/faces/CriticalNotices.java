package org.hikae.notice.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** The newest critical notices that nobody has acknowledged, for the overview. */
@Named
@RequestScoped
public class CriticalNotices {

  private static final int SHOWN = 3;

  @Inject private NoticeCommands commands;

  private @Nullable List<NoticeView> newest;

  /** The newest ones, at most three. */
  public List<NoticeView> getNewest() {
    if (newest == null) {
      newest =
          commands
              .page(
                  new NoticeCriteria(null, true, NoticeKind.Severity.CRITICAL, null),
                  new PageRequest(SHOWN))
              .notices();
    }
    return newest;
  }
}
