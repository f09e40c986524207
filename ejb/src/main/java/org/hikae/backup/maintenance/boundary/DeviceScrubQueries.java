package org.hikae.backup.maintenance.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.ScrubStore;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/** Tells a device how the last whole pass of scrubbing ended, and what is known to be rotten. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class DeviceScrubQueries {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private ScrubStore scrubs;
  @Inject private RottenObjectStore rottenObjects;

  /** The last whole pass over all objects, and how many of the employee's own are rotten. */
  public LastScrubView last(@Nullable String session) {
    long employeeId = authenticator.admit(session).employeeId();
    Optional<ScrubPass> pass = scrubs.newestEnded();
    return new LastScrubView(
        pass.map(ScrubPass::startedAt).orElse(null),
        pass.map(ScrubPass::endedAt).orElse(null),
        rottenObjects.countOpen(employeeId));
  }
}
