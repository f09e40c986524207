package org.hikae.insight.system.boundary;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.audit.entity.AuditSeal;
import org.hikae.audit.service.AuditChain;
import org.hikae.audit.store.AuditChainStore;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.entity.MaintenanceState;
import org.hikae.backup.entity.ScrubPass;
import org.hikae.backup.second.store.CopyComparison.CopyCoverage;
import org.hikae.backup.second.store.CopyFigures;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.service.SecondStoreHealth;
import org.hikae.backup.store.MaintenanceStateStore;
import org.hikae.backup.store.ScrubStore;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.system.view.SecondStoreView;
import org.hikae.insight.system.view.SystemJob;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.metrics.control.JobKind;
import org.hikae.runtime.service.Settings;
import org.hikae.schema.store.DatabaseArchive;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup what the portal does by itself, and whether that goes well. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class JobQueries {

  /** Jobs by the timers that begin them, which carry these names. */
  private static final Map<String, SystemJob> TIMERS =
      Map.of(
          JobKind.SCRUB.name(), SystemJob.SCRUB,
          JobKind.DIRECTORY.name(), SystemJob.DIRECTORY,
          JobKind.AUDIT_SEAL.name(), SystemJob.AUDIT_TRAIL);

  @Resource private TimerService timers;
  @Inject private MaintenanceStateStore maintenanceState;
  @Inject private ScrubStore scrubs;
  @Inject private DirectoryQueries directory;
  @Inject private AuditChainStore chainRows;
  @Inject private DatabaseArchive archive;
  @Inject private SecondStore secondStore;
  @Inject private SecondStoreHealth secondStoreHealth;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /** All jobs. */
  public List<JobView> jobs() {
    return Stream.of(
            Stream.of(maintenance(), scrub(), directory(), trail()),
            databaseBackup().stream(),
            copying().stream())
        .flatMap(jobs -> jobs)
        .toList();
  }

  /** How the second store stands; null when there is none. */
  public @Nullable SecondStoreView secondStore() {
    if (secondStore.store().isEmpty()) {
      return null;
    }
    CopyFigures figures = secondStore.queue().figures();
    CopyCoverage coverage = secondStoreHealth.coverage();
    return new SecondStoreView(
        coverage.copies(),
        coverage.objects(),
        figures.lag(clock.instant()).toSeconds(),
        figures.due(),
        figures.failing(),
        secondStoreHealth.fault().map(VolumeFault::name).orElse(null));
  }

  private Optional<JobView> copying() {
    if (secondStore.store().isEmpty()) {
      return Optional.empty();
    }
    CopyFigures figures = secondStore.queue().figures();
    CopyCoverage coverage = secondStoreHealth.coverage();
    boolean late = figures.lag(clock.instant()).compareTo(settings.secondWithin()) > 0;
    boolean failed = late || secondStoreHealth.fault().isPresent();
    return Optional.of(
        new JobView(
            SystemJob.SECOND_STORE,
            failed
                ? SystemJobState.FAILED
                : figures.due() + figures.unseen() > 0
                    ? SystemJobState.RUNNING
                    : figures.passedAt() == null ? SystemJobState.NEVER : SystemJobState.IDLE,
            null,
            figures.passedAt(),
            coverage.copies(),
            coverage.objects(),
            failed ? Math.max(1, figures.failing()) : figures.failing()));
  }

  /** None where nothing is archived, and where the setting says that nobody wants to know. */
  private Optional<JobView> databaseBackup() {
    return settings
        .databaseBackupWithin()
        .flatMap(
            limit -> archive.standing().map(archiveStatus -> databaseBackup(archiveStatus, limit)));
  }

  private static JobView databaseBackup(
      DatabaseArchive.ArchiveStatus archiveStatus, Duration limit) {
    boolean late = archiveStatus.age().compareTo(limit) > 0;
    return new JobView(
        SystemJob.DATABASE_BACKUP,
        late
            ? SystemJobState.FAILED
            : archiveStatus.archivedAt() == null ? SystemJobState.NEVER : SystemJobState.IDLE,
        null,
        archiveStatus.archivedAt(),
        archiveStatus.files(),
        null,
        late ? 1 : 0);
  }

  /**
   * When jobs are due next on this portal, by their names; those are left out that run at the
   * moment, or never.
   */
  public Map<SystemJob, Instant> nextDue() {
    Map<SystemJob, Instant> next = new EnumMap<>(SystemJob.class);
    settings
        .nightly()
        .next(maintenanceState.read().startedAt(), clock.instant())
        .ifPresent(due -> next.put(SystemJob.NIGHT, due));
    for (Timer timer : timers.getAllTimers()) {
      note(timer, next);
    }
    return next;
  }

  private static void note(Timer timer, Map<SystemJob, Instant> next) {
    try {
      SystemJob job = timer.getInfo() == null ? null : TIMERS.get(timer.getInfo().toString());
      if (job != null) {
        next.put(job, timer.getNextTimeout().toInstant());
      }
    } catch (EJBException e) {
      // It went off in this moment: the job runs, and nobody knows yet when it does so again.
    }
  }

  private JobView maintenance() {
    MaintenanceState row = maintenanceState.read();
    SystemJobState state =
        row.working()
            ? SystemJobState.RUNNING
            : row.failures() > 0 ? SystemJobState.FAILED : SystemJobState.IDLE;
    return new JobView(
        SystemJob.NIGHT,
        state,
        row.startedAt(),
        row.endedAt(),
        row.done(),
        row.working() ? (Long) maintenanceState.repositories() : null,
        row.failures());
  }

  private JobView scrub() {
    boolean running = scrubs.state().isHeld(clock.instant());
    return scrubs.newest(1).stream()
        .findFirst()
        .map(pass -> scrub(pass, running))
        .orElse(
            new JobView(
                SystemJob.SCRUB,
                running ? SystemJobState.RUNNING : SystemJobState.NEVER,
                null,
                null,
                0,
                null,
                0));
  }

  private static JobView scrub(ScrubPass pass, boolean running) {
    SystemJobState state =
        running
            ? SystemJobState.RUNNING
            : pass.rotten() > 0 ? SystemJobState.FAILED : SystemJobState.IDLE;
    return new JobView(
        SystemJob.SCRUB,
        state,
        pass.startedAt(),
        pass.endedAt(),
        pass.objects(),
        null,
        pass.rotten());
  }

  private JobView directory() {
    DirectoryView read = directory.state();
    Instant ended = read.succeededAt();
    SystemJobState state =
        read.reading()
            ? SystemJobState.RUNNING
            : read.failing()
                ? SystemJobState.FAILED
                : ended == null ? SystemJobState.NEVER : SystemJobState.IDLE;
    DirectoryView.LastRead last = read.last();
    return new JobView(
        SystemJob.DIRECTORY,
        state,
        null,
        ended,
        last == null ? 0 : last.seen(),
        null,
        read.failing() ? 1 : 0);
  }

  private JobView trail() {
    // Read here, not by the chain's own transaction: a second connection for each who asks would
    // empty the pool when many do.
    Instant latest = clock.instant().minus(AuditChain.LATE);
    boolean late = chainRows.waitingSince().filter(since -> since.isBefore(latest)).isPresent();
    return new JobView(
        SystemJob.AUDIT_TRAIL,
        late ? SystemJobState.FAILED : SystemJobState.IDLE,
        null,
        chainRows.newestSeal().map(AuditSeal::sealedAt).orElse(null),
        chainRows.head().seq(),
        null,
        late ? 1 : 0);
  }
}
