package org.hikae.notice.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.notice.boundary.EmployeeMailQueries;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/** Whether pages may say that employees whose address the directory has are told by mail. */
@Named
@RequestScoped
public class EmployeeMail {

  @Inject private EmployeeMailQueries queries;

  private @Nullable Boolean ofRevocation;

  /** Whether the employee is written to when a device is revoked. */
  public boolean isOfRevocation() {
    Boolean known = ofRevocation;
    if (known == null) {
      known = queries.tells(NoticeKind.DEVICE_REVOKED);
      ofRevocation = known;
    }
    return known;
  }
}
