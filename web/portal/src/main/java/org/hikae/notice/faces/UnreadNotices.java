package org.hikae.notice.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.notice.boundary.NoticeReadingCommands;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.DisplayText;
import org.jspecify.annotations.Nullable;

/** The bell in the head of each page: how many notices its reader has not read yet. */
@Named
@RequestScoped
public class UnreadNotices {

  @Inject private NoticeReadingCommands commands;

  private @Nullable Integer count;

  /** How many there are, at most {@link NoticeReadingCommands#MOST}. */
  public int getCount() {
    Integer known = count;
    if (known == null) {
      known = commands.unread();
      count = known;
    }
    return known;
  }

  /** The number as it is shown. */
  public String getText() {
    int most = NoticeReadingCommands.MOST - 1;
    return getCount() > most ? most + "+" : Integer.toString(getCount());
  }

  /** What the bell is called. */
  public String getLabel() {
    return getCount() == 0
        ? Banner.texts("msg").getString("nav.notices")
        : DisplayText.fill(Banner.texts("msg").getString("bell.unread"), "count", getText());
  }
}
