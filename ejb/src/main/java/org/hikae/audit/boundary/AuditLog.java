package org.hikae.audit.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.audit.entity.AuditEvent;
import org.hikae.audit.entity.AuditHead;
import org.hikae.audit.entity.AuditTrailRows;
import org.hikae.caller.boundary.FromClient;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.jspecify.annotations.Nullable;

/** Reading the trail and checking that nothing in it was changed, removed or inserted. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class AuditLog {

  /** Most events on a page. */
  public static final int MAX_PAGE = 500;

  private static final int CHECKED_AT_ONCE = 1000;

  @Inject private AuditTrailRows rows;

  /**
   * A page of events, newest first.
   *
   * @param before events before this place; null for the newest
   * @param limit 1 to {@link #MAX_PAGE}
   */
  public AuditPage page(@Nullable Long before, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw Refusal.malformed("limit must be between 1 and " + MAX_PAGE + ".");
    }
    List<AuditEvent> events = rows.newestBefore(before == null ? Long.MAX_VALUE : before, limit);
    boolean last = events.size() < limit || events.getLast().seq() == 1;
    return new AuditPage(
        events.stream().map(AuditRow::of).toList(), last ? null : events.getLast().seq());
  }

  /** Checks the whole trail, from the first event to the recorded end. */
  public AuditVerdict verify() {
    AuditHead head = rows.head();
    long seq = 0;
    String hash = Hash256.ZERO.hex();
    List<AuditEvent> events = rows.oldestAfter(0, CHECKED_AT_ONCE);
    while (!events.isEmpty() && seq < head.seq()) {
      for (AuditEvent event : events) {
        boolean follows = event.seq() == seq + 1 && event.previousHash().equals(hash);
        if (!follows || !event.computeHash().equals(event.hash())) {
          return new AuditVerdict(false, seq, seq + 1);
        }
        seq = event.seq();
        hash = event.hash();
      }
      rows.forget();
      events = rows.oldestAfter(seq, CHECKED_AT_ONCE);
    }
    boolean atEnd = seq >= head.seq() && (seq > head.seq() || hash.equals(head.hash()));
    return atEnd ? new AuditVerdict(true, seq, null) : new AuditVerdict(false, seq, seq + 1);
  }
}
