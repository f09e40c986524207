package org.hikae.backup.maintenance.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.maintenance.job.ScrubJob;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.ScrubStore;
import org.hikae.backup.view.ScrubView;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;

/** Shows administrators and auditors how scrubbing stands; administrators may start it. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class ScrubCommands {

  /** Passes that are shown. */
  static final int SHOWN_PASSES = 10;

  @Inject private ScrubStore scrubs;
  @Inject private RottenObjectStore rottenObjects;
  @Inject private ScrubJob scrubJob;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** How scrubbing stands. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ScrubView state() {
    ScrubStore.Stored stored = scrubs.stored();
    return new ScrubView(
        scrubs.state().isHeld(clock.instant()),
        stored.objects(),
        stored.bytes(),
        rottenObjects.countOpen(),
        scrubs.newest(SHOWN_PASSES).stream().map(ScrubCommands::pass).toList());
  }

  private static ScrubView.Pass pass(ScrubPass pass) {
    return new ScrubView.Pass(
        pass.startedAt(), pass.endedAt(), pass.objects(), pass.bytes(), pass.rotten());
  }

  /** Starts a run now, whether a pass is due or not; one that is under way goes on as it is. */
  public void start() {
    trail.record("scrub.start", "scrub", Map.of());
    scrubJob.start();
  }
}
