package org.hikae.notice.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.notice.boundary.ChannelTestCommands;
import org.hikae.notice.boundary.NoticeCommands;
import org.hikae.notice.boundary.NoticeReadingCommands;
import org.hikae.notice.boundary.RecipientCommands;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.NoticeId;
import org.hikae.notice.value.RecipientId;
import org.hikae.notice.view.NoticeAction;
import org.hikae.notice.view.NoticeChannelView;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticePage;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientView;
import org.hikae.notice.view.TestChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** The outbox with its messages, how mail and webhook stand, and who hears what. */
@Named
@ViewScoped
public class NoticesPage implements Serializable {

  private static final String BUNDLE = "ntc";
  private static final int PAGE = 50;

  private static final String ROTTEN = NoticeKind.OBJECT_ROTTEN.code();

  /** Most notices that one view holds. */
  private static final int MAX_NOTICES = 1000;

  @Inject private NoticeCommands noticeCommands;
  @Inject private NoticeReadingCommands readings;
  @Inject private RecipientCommands recipientCommands;
  @Inject private ChannelTestCommands channelTests;
  @Inject private Banner banner;

  private List<NoticeView> notices = new ArrayList<>();
  private @Nullable Long next;
  private NoticeKind.@Nullable Severity severity;
  private @Nullable String kind;
  private boolean open = true;

  /** Reads the newest notices that are wanted. */
  @PostConstruct
  public void load() {
    notices = new ArrayList<>();
    append(null);
  }

  /**
   * The viewer reads the notices; reads all of the kind that the address asks for, those that
   * somebody acknowledged, too.
   */
  public void restore() {
    readings.read();
    if (kind != null) {
      open = false;
      load();
    }
  }

  /** Adds older ones. */
  public void older() {
    append(next);
  }

  private void append(@Nullable Long before) {
    NoticePage page =
        noticeCommands.page(
            new NoticeCriteria(before == null ? null : new NoticeId(before), open, severity, kind),
            new PageRequest(PAGE));
    notices.addAll(page.notices());
    next = page.next();
  }

  /** Says that the viewer has seen a notice. */
  public void acknowledge(long noticeId) {
    banner.attempt(
        () -> noticeCommands.acknowledge(new NoticeId(noticeId)), BUNDLE, "done.acknowledge");
    load();
  }

  /** Says that the viewer has seen all notices that are shown and wait for that. */
  public void acknowledgeShown() {
    List<NoticeView> waiting = waiting();
    banner.attempt(
        () ->
            waiting.forEach(notice -> noticeCommands.acknowledge(new NoticeId(notice.noticeId()))),
        BUNDLE,
        "done.acknowledgeShown");
    load();
  }

  /** How many of the notices that are shown wait for somebody to have seen them. */
  public int getWaitingCount() {
    return waiting().size();
  }

  private List<NoticeView> waiting() {
    return notices.stream().filter(notice -> notice.may(NoticeAction.ACKNOWLEDGE)).toList();
  }

  /**
   * Where something can be done about it, below {@code /admin/}; null when the employee's page is
   * that, or nothing is.
   */
  public @Nullable String cause(NoticeView notice) {
    String code = notice.kind();
    if (code.startsWith("approval.")) {
      return "approvals";
    }
    if (code.startsWith("directory.mass-leave") || code.startsWith("leaver.")) {
      return "leavers";
    }
    if (code.startsWith("housekeeping.") || code.startsWith("database.") || code.equals(ROTTEN)) {
      return "system";
    }
    String campaign = notice.detail().get("campaign");
    return code.equals(NoticeKind.CAMPAIGN_HALTED.code()) && campaign != null
        ? "campaign?id=" + campaign
        : null;
  }

  /** Sends a notice's messages again. */
  public void retry(long noticeId) {
    banner.attempt(() -> noticeCommands.retry(new NoticeId(noticeId)), BUNDLE, "done.retry");
    load();
  }

  /** Sends a test. */
  public void test(NoticeChannel channel) {
    banner.attempt(
        () -> {
          TestChannelResult tested =
              channelTests.run(
                  new TestChannel(channel, null),
                  FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage());
          if (!tested.sent()) {
            banner.warn(BUNDLE, "trouble." + tested.trouble());
          }
        },
        BUNDLE,
        "done.test");
  }

  /** Removes a recipient that nobody has changed meanwhile, or asks a second administrator. */
  public void remove(long recipientId, long edition) {
    try {
      boolean waits =
          recipientCommands.remove(new RecipientId(recipientId), edition)
              instanceof PutRecipientResult.Waits;
      banner.say(BUNDLE, waits ? "done.waits" : "done.remove");
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  /** Until when nothing is sent to a recipient; null for not muted. */
  public @Nullable Instant mutedUntil(RecipientView recipient) {
    return recipient.recipient().mutedUntil();
  }

  /** Notices read so far. */
  public List<NoticeView> getNotices() {
    return notices;
  }

  /** Whether there are older ones that this view may still hold. */
  public boolean isMore() {
    return next != null && notices.size() < MAX_NOTICES;
  }

  /** How mail and webhook stand. */
  public List<NoticeChannelView> getChannels() {
    return noticeCommands.channels();
  }

  /** Who hears what. */
  public List<RecipientView> getRecipients() {
    return recipientCommands.list();
  }

  /** Only what matters so much; empty for all. */
  public NoticeKind.@Nullable Severity getSeverity() {
    return severity;
  }

  /** What matters so much can be chosen, the most first. */
  public List<NoticeKind.Severity> getSeverities() {
    return List.of(
        NoticeKind.Severity.CRITICAL, NoticeKind.Severity.WARNING, NoticeKind.Severity.INFO);
  }

  /** Chooses what matters so much. */
  public void setSeverity(NoticeKind.@Nullable Severity chosen) {
    severity = chosen;
  }

  /** Only of this kind; null for all. */
  public @Nullable String getKind() {
    return kind;
  }

  /** Chooses a kind; what is none finds all. */
  public void setKind(@Nullable String chosen) {
    kind = chosen != null && NoticeKind.named(chosen).isPresent() ? chosen : null;
  }

  /** Whether only what nobody has acknowledged is shown. */
  public boolean isOpen() {
    return open;
  }

  /** Chooses that. */
  public void setOpen(boolean chosen) {
    open = chosen;
  }
}
