package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.store.NoticeReadingStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.wire.NoticeKind;

/** What administrators and auditors have not read yet, for the head of their pages. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class NoticeReadingCommands {

  /** Most notices that are counted. */
  public static final int MOST = 100;

  /** How long ago an administrator may have been there to count as one. */
  public static final Duration PRESENT = Duration.ofDays(90);

  /** How many of the newest notices are looked at: each page asks. */
  private static final long LOOKED_AT = 5_000;

  private static final Duration NOTED = Duration.ofDays(1);
  private static final Duration FORGOTTEN = Duration.ofDays(365);

  @Inject private NoticeReadingStore readings;
  @Inject private NoticeStore notices;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * How many notices are open that concern the caller's role and came since they last read them, at
   * most {@link #MOST} of the newest. What is only good to know is not counted.
   */
  public int unread() {
    Caller caller = noted();
    long after =
        Math.max(
            readings.readUpTo(caller.issuer(), caller.subject()), notices.newestId() - LOOKED_AT);
    return notices.openAfter(after, kinds(caller), MOST).size();
  }

  /** The caller reads the notices. */
  public void read() {
    Caller caller = noted();
    readings.read(caller.issuer(), caller.subject(), notices.newestId());
  }

  /** How many administrators of the whole company were there lately. */
  @RolesAllowed(RealmNames.BACKUP_ADMIN)
  public long administrators() {
    noted();
    return readings.administratorsSince(clock.instant().minus(PRESENT));
  }

  /** The caller, of whom is noted once a day that they are there. */
  private Caller noted() {
    Caller caller = currentCaller.caller();
    boolean administrator = caller.roles().contains(RealmNames.BACKUP_ADMIN);
    Instant now = clock.instant();
    if (!readings.isNoted(caller.issuer(), caller.subject(), administrator, now.minus(NOTED))) {
      readings.note(caller.issuer(), caller.subject(), administrator, now);
      readings.forgetBefore(now.minus(FORGOTTEN));
    }
    return caller;
  }

  /** What recipients of the caller's roles hear of without choosing it. */
  private static List<NoticeKind> kinds(Caller caller) {
    return Arrays.stream(NoticeKind.values())
        .filter(NoticeKind::isSentUnasked)
        .filter(kind -> kind.roles().stream().anyMatch(caller.roles()::contains))
        .toList();
  }
}
