package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.service.ChangeAlarmReader;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;

/** Shows employees the alarms about files of their own devices that malware may have changed. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnChangeAlarmQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private ChangeAlarmStore alarms;
  @Inject private ChangeAlarmReader reader;

  /** Those that stand, the oldest first. */
  public List<ChangeAlarmView> standing() {
    return reader.views(alarms.of(directory.me().employeeId()));
  }

  /** Until when nothing of theirs goes after an alarm; empty when none rests. */
  public Optional<Instant> restUntil() {
    return reader.restUntil(DepartmentScope.COMPANY, directory.me().employeeId());
  }
}
