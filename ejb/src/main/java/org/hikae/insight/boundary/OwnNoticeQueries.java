package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.EmployeeNoticeReader;
import org.hikae.notice.view.NoticeView;

/**
 * Shows an employee what they were told about their own backup. Who that is comes from the sign-in
 * alone.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnNoticeQueries {

  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeStore employees;
  @Inject private EmployeeNoticeReader notices;

  /** The newest notices, newest first; none for somebody whom the directory does not know. */
  public List<NoticeView> newest() {
    Caller caller = currentCaller.caller();
    return employees
        .find(caller.issuer(), caller.subject())
        .map(employee -> notices.newest(employee.employeeId()))
        .orElseGet(List::of);
  }
}
