package org.hikae.backup.maintenance.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.maintenance.job.Scrubbing;
import org.hikae.backup.store.RottenObjects;
import org.hikae.backup.store.Scrubs;
import org.hikae.backup.view.ScrubView;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.wire.Realm;

/** Shows administrators and auditors how scrubbing stands; administrators may start it. */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class ScrubDesk {

  /** Passes that are shown. */
  static final int SHOWN_PASSES = 10;

  @Inject private Scrubs scrubs;
  @Inject private RottenObjects rottenObjects;
  @Inject private Scrubbing scrubbing;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** How scrubbing stands. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public ScrubView state() {
    Scrubs.Stored stored = scrubs.stored();
    return new ScrubView(
        scrubs.state().isHeld(clock.instant()),
        stored.objects(),
        stored.bytes(),
        rottenObjects.countOpen(),
        scrubs.newest(SHOWN_PASSES).stream().map(ScrubDesk::pass).toList());
  }

  private static ScrubView.Pass pass(ScrubPass pass) {
    return new ScrubView.Pass(
        pass.startedAt().toString(),
        pass.endedAt() == null ? null : pass.endedAt().toString(),
        pass.objects(),
        pass.bytes(),
        pass.rotten());
  }

  /** Starts a run now, whether a pass is due or not; one that is under way goes on as it is. */
  public void start() {
    trail.record("scrub.start", "scrub", Map.of());
    scrubbing.start();
  }
}
