package org.hikae.notice.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.notice.view.NoticeAction;
import org.hikae.notice.view.NoticeView;

/**
 * What is offered to be done with a notice. None of it is refused. What waits for its time, and was
 * not tried yet, is sent at once when somebody asks for it; nobody is offered that.
 */
public final class NoticeActionRules {

  private NoticeActionRules() {}

  /** What is offered for one that stands so. */
  public static Set<NoticeAction> actions(NoticeView notice) {
    Set<NoticeAction> actions = EnumSet.noneOf(NoticeAction.class);
    if (notice.acknowledgedAt() == null) {
      actions.add(NoticeAction.ACKNOWLEDGE);
    }
    if (notice.deliveries().stream().anyMatch(NoticeActionRules::failed)) {
      actions.add(NoticeAction.RETRY);
    }
    return actions;
  }

  /** Given up, or failed and waiting for the next attempt. */
  private static boolean failed(NoticeView.Delivery delivery) {
    return switch (delivery.state()) {
      case FAILED -> true;
      case WAITING -> delivery.trouble() != null;
      case SENT -> false;
    };
  }
}
