package org.hikae.backup.restic.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.store.ResticHistoryStore;
import org.hikae.backup.store.ResticObjectStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.policy.service.Policies;

/** Shows repositories of restic, for all who may ask. */
@Dependent
public class ResticRepositoryReader {

  @Inject private StoredObjectStore objects;
  @Inject private ResticObjectStore restic;
  @Inject private ResticHistoryStore history;
  @Inject private Policies policies;
  @Inject private Clock clock;

  public List<ResticRepositoryView> of(long employeeId) {
    List<BackupRepository> repositories =
        objects.repositoriesOf(employeeId).stream().filter(BackupRepository::isRestic).toList();
    if (repositories.isEmpty()) {
      return List.of();
    }
    // A minute less than the hold period, which goes on while a moment is chosen.
    Instant earliest =
        clock
            .instant()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(policies.holdPeriod(employeeId))
            .plus(1, ChronoUnit.MINUTES);
    return repositories.stream().map(one -> view(one, earliest)).toList();
  }

  private ResticRepositoryView view(BackupRepository one, Instant earliest) {
    ResticHistoryStore.Figures figures = history.figures(one.id());
    return new ResticRepositoryView(
        one.resticId(),
        String.valueOf(one.deviceId()),
        one.objectCount(),
        one.storedBytes(),
        figures.snapshots(),
        restic.newestSnapshotAt(one.id()),
        figures.releasedSnapshots(),
        figures.lastReleasedAt(),
        earliest.isBefore(one.createdAt()) ? one.createdAt() : earliest,
        one.createdAt());
  }
}
