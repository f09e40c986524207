package org.hikae.backup.maintenance.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.maintenance.control.RetentionRules;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.view.RetentionReason;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.BackupPolicy;
import org.hikae.policy.view.SnapshotRetention;
import org.jspecify.annotations.Nullable;

/**
 * Retention of one repository: which of its snapshots stay, why, and what changes. What a rule
 * dropped comes back by itself when the rules keep it again while it is held.
 */
@ApplicationScoped
public class RepositoryRetention {

  @Inject private SnapshotStore snapshots;
  @Inject private Policies policies;

  /**
   * A snapshot and what the rules say of it.
   *
   * @param snapshot the snapshot
   * @param release its release, if it has one
   * @param keptBy why it stays; empty when it goes, or when a person released it
   */
  public record RetentionDecision(
      Snapshot snapshot, @Nullable SnapshotRelease release, Set<RetentionReason> keptBy) {

    /** Whether a person released it, or it was set aside, so that no rule is asked. */
    public boolean released() {
      return release != null
          && release.reversible()
          && (release.rule() != ReleaseCause.RETENTION || release.isAside());
    }

    /** Whether the rules let it go and nothing has been done about it. */
    public boolean drops() {
      return release == null && keptBy.isEmpty();
    }

    /** Whether a rule let it go and now the rules keep it. */
    public boolean returns() {
      return release != null
          && release.reversible()
          && release.rule() == ReleaseCause.RETENTION
          && !keptBy.isEmpty();
    }
  }

  /** Judges every snapshot that is not removed, series by series, each newest first. */
  public List<RetentionDecision> judge(long employeeId, long repositoryId, Instant wall) {
    List<SnapshotRetention> rules =
        policies.stillCounting(employeeId).stream().map(BackupPolicy::retention).toList();
    Map<Long, SnapshotRelease> releases = snapshots.openReleases(repositoryId);
    Map<String, List<Snapshot>> series = new LinkedHashMap<>();
    for (Snapshot snapshot : snapshots.standing(repositoryId)) {
      series.computeIfAbsent(snapshot.deviceId(), d -> new ArrayList<>()).add(snapshot);
    }
    List<RetentionDecision> judged = new ArrayList<>();
    for (List<Snapshot> newestFirst : series.values()) {
      judge(newestFirst, releases, rules, wall, judged);
    }
    return judged;
  }

  private static void judge(
      List<Snapshot> newestFirst,
      Map<Long, SnapshotRelease> releases,
      List<SnapshotRetention> rules,
      Instant wall,
      List<RetentionDecision> judged) {
    List<Snapshot> asked = new ArrayList<>();
    for (Snapshot snapshot : newestFirst) {
      RetentionDecision one =
          new RetentionDecision(snapshot, releases.get(snapshot.row()), Set.of());
      // What a person released keeps no other from standing for its day.
      if (one.released()) {
        judged.add(one);
      } else {
        asked.add(snapshot);
      }
    }
    List<Set<RetentionReason>> kept =
        RetentionRules.decide(asked.stream().map(Snapshot::committedAt).toList(), rules, wall);
    for (int i = 0; i < asked.size(); i++) {
      Snapshot snapshot = asked.get(i);
      SnapshotRelease release = releases.get(snapshot.row());
      Set<RetentionReason> reasons = kept.get(i);
      if (release != null && release.state() == ReleaseState.KEPT) {
        reasons.add(RetentionReason.PERSON);
      }
      judged.add(new RetentionDecision(snapshot, release, reasons));
    }
  }

  /** Drops and returns what the rules say; the caller holds the set and settles afterwards. */
  public void apply(long employeeId, long repositoryId, Instant wall) {
    for (RetentionDecision one : judge(employeeId, repositoryId, wall)) {
      SnapshotRelease release = one.release();
      if (one.drops()) {
        snapshots.add(
            new SnapshotRelease(
                one.snapshot(), new SnapshotRelease.Decision(ReleaseCause.RETENTION, null, wall)));
      } else if (release != null && one.returns()) {
        snapshots.forget(release);
      }
    }
  }
}
