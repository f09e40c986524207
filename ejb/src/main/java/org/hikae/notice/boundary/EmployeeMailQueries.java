package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.EmployeeMailReader;
import org.hikae.notice.wire.NoticeKind;

/** Whether employees are reached, so that no page promises it when they are not. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class EmployeeMailQueries {

  @Inject private EmployeeMailReader reader;
  @Inject private Clock clock;

  /** Whether an employee concerned is written to about this kind. */
  public boolean tells(NoticeKind kind) {
    return reader.tells(kind, clock.instant());
  }
}
