package org.hikae.backup.restic.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.ResticDailyReleases;
import org.hikae.backup.store.ResticDailyReleasesStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.view.ResticCaller;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;

/**
 * Tells the employee and those who run the portal, once a day for each repository, when restic
 * releases its last snapshot or, within a day, as much as is left (HK1-G-08). The caller holds the
 * set.
 */
@ApplicationScoped
public class ResticReleaseAlarm {

  /** Fewer objects than this are no mass. */
  private static final long LEAST = 8;

  @Inject private ResticDailyReleasesStore dailyReleases;
  @Inject private StoredObjectStore objects;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;

  /** Restic has just released an object that is no lock. */
  public void released(ResticCaller caller, ResticType type, Instant now) {
    ResticDailyReleases watch = dailyReleases.of(caller.repositoryId(), now);
    long released = watch.count(now);
    boolean last =
        type == ResticType.SNAPSHOTS && !dailyReleases.hasSnapshot(caller.repositoryId());
    if ((last || isMost(caller.repositoryId(), released)) && watch.tell()) {
      tell(caller, watch.since());
    }
  }

  /**
   * What is left is counted at each power of two only, so that many releases stay cheap. Who
   * releases everything passes one at which no more is left than went.
   */
  private boolean isMost(long repositoryId, long released) {
    return released >= LEAST
        && Long.bitCount(released) == 1
        && released >= dailyReleases.countLive(repositoryId);
  }

  private void tell(ResticCaller caller, Instant since) {
    BackupRepository repository = objects.repository(caller.repositoryId()).orElseThrow();
    Map<String, String> detail =
        Map.of(
            "repository", repository.resticId(),
            "deviceId", caller.deviceId(),
            "since", since.toString());
    trail.recordSystemAbout(
        caller.employeeId(),
        "restic",
        "restic.mass-release",
        "repository:" + repository.resticId(),
        detail);
    outbox.tell(caller.employeeId(), NoticeKind.RESTIC_MASS_RELEASE, detail);
  }
}
