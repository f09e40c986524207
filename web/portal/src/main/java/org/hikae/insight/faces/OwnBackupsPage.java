package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.boundary.OwnSnapshotReleaseCommands;
import org.hikae.backup.boundary.OwnStorageQueries;
import org.hikae.backup.view.OwnSnapshotStatus;
import org.hikae.backup.wire.StorageView;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.insight.boundary.OwnBackupQueries;
import org.hikae.insight.boundary.OwnNoticeQueries;
import org.hikae.insight.boundary.OwnVaultEventQueries;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.OwnOverview;
import org.hikae.insight.view.OwnSnapshots;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.notice.view.NoticeView;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.Banner;
import org.hikae.vault.boundary.VaultHealthQueries;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** An employee's own devices, snapshots and protections. */
@Named
@ViewScoped
public class OwnBackupsPage implements Serializable {

  @Inject private OwnBackupQueries ownBackupQueries;

  @Inject private OwnVaultEventQueries vaultEvents;
  @Inject private OwnNoticeQueries ownNotices;
  @Inject private OwnStorageQueries ownStorage;
  @Inject private OwnConsentCommands consent;
  @Inject private OwnSnapshotReleaseCommands releases;
  @Inject private Banner banner;
  @Inject private VaultHealthQueries vault;

  private @Nullable OwnOverview overview;
  private @Nullable BackupVerdict verdict;
  private @Nullable List<OwnVaultEvent> events;
  private @Nullable List<NoticeView> notices;
  private @Nullable StorageView storage;
  private boolean offered;
  private @Nullable Map<String, OwnSnapshotStatus> status;
  private @Nullable Instant releasedUntil;
  private final LazyDataModel<OwnSnapshots.Row> snapshots = new Table();

  /** Reads everything but the snapshots, before each rendering. */
  public void load() {
    OwnOverview own = ownBackupQueries.overview();
    overview = own;
    boolean takesPart = own.optIn() != OptInState.NOT_OPTED_IN;
    storage = takesPart ? ownStorage.storage() : null;
    offered = takesPart || consent.status().offered();
    verdict = readVerdict();
    events = vaultEvents.newest();
    notices = ownNotices.newest();
    status = null;
    releasedUntil = null;
  }

  /** Whether the employee is protected; read again in a session that was restored. */
  public BackupVerdict getVerdict() {
    BackupVerdict read = verdict;
    if (read == null) {
      read = readVerdict();
      verdict = read;
    }
    return read;
  }

  private BackupVerdict readVerdict() {
    BackupVerdict read = ownBackupQueries.verdict();
    if (offered && read.state() == BackupVerdictState.NOT_OFFERED) {
      // The directory has not read this person yet; what they signed in with says it.
      return BackupVerdict.of(BackupVerdictState.NOT_SET_UP);
    }
    return read;
  }

  /** The same in one sentence. */
  public String getVerdictSentence() {
    return BackupVerdictText.sentence(getVerdict(), "verdict.", BackupVerdictText.bundle());
  }

  /** What that means. */
  public String getVerdictExplanation() {
    return BackupVerdictText.explanation(getVerdict(), BackupVerdictText.bundle());
  }

  /** The colour that goes with it. */
  public String getVerdictColor() {
    return StateColor.of(getVerdict().state()).css();
  }

  /** Where the one button leads, below the portal's address; null when there is nothing to do. */
  public @Nullable String getVerdictTarget() {
    return BackupVerdictText.target(getVerdict());
  }

  /** What happened at the vault, newest first. */
  public @Nullable List<OwnVaultEvent> getEvents() {
    return events;
  }

  /** What the employee was told, newest first. */
  public @Nullable List<NoticeView> getNotices() {
    return notices;
  }

  /** What the backup takes, of how much; absent for who has not opted in. */
  public @Nullable StorageView getStorage() {
    return storage;
  }

  /** Whether the employee may begin: the backup is offered to them, or they take part already. */
  public boolean isOffered() {
    return offered;
  }

  /** Where the vault keeps its root; empty when it has not said so. */
  public String getVaultRoot() {
    return vault.root().orElse("");
  }

  /** Everything but the snapshots. */
  public @Nullable OwnOverview getOverview() {
    return overview;
  }

  /** The snapshots; read when the table asks. */
  public LazyDataModel<OwnSnapshots.Row> getSnapshots() {
    return snapshots;
  }

  /** Releases a snapshot: it goes when its hold period is over. */
  public void release(String snapshotId) {
    banner.attempt(() -> releases.release(snapshotId), "my", "release.done");
  }

  /** Takes a released snapshot back. */
  public void takeBack(String snapshotId) {
    banner.attempt(() -> releases.takeBack(snapshotId), "my", "release.undone");
  }

  /** Until when a snapshot can be taken back, at least, that is released now. */
  public Instant getReleasedUntil() {
    Instant until = releasedUntil;
    if (until == null) {
      until = releases.releasedUntil();
      releasedUntil = until;
    }
    return until;
  }

  /** How a snapshot stands that the table shows. */
  public OwnSnapshotStatus status(OwnSnapshots.Row row) {
    Map<String, OwnSnapshotStatus> known = status;
    if (known == null) {
      known =
          releases.status(
              snapshots.getWrappedData().stream().map(OwnSnapshots.Row::snapshotId).toList());
      status = known;
    }
    return known.getOrDefault(row.snapshotId(), OwnSnapshotStatus.of(null, true));
  }

  private final class Table extends LazyDataModel<OwnSnapshots.Row> {

    @Override
    public int count(Map<String, FilterMeta> filters) {
      return Math.toIntExact(
          ownBackupQueries.snapshots(OwnSnapshots.Sort.TIME, true, 0, new PageRequest(1)).total());
    }

    @Override
    public List<OwnSnapshots.Row> load(
        int first, int pageSize, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
      SortMeta chosen = sorts.values().stream().filter(SortMeta::isActive).findFirst().orElse(null);
      boolean bySize = chosen != null && "storedBytes".equals(chosen.getField());
      boolean descending = chosen == null || chosen.getOrder().isDescending();
      status = null;
      int limit = Math.clamp(pageSize, 1, OwnSnapshots.MAX_LIMIT);
      return ownBackupQueries
          .snapshots(
              bySize ? OwnSnapshots.Sort.SIZE : OwnSnapshots.Sort.TIME,
              descending,
              first,
              new PageRequest(limit))
          .snapshots();
    }

    @Override
    public String getRowKey(OwnSnapshots.Row row) {
      return row.snapshotId();
    }
  }
}
