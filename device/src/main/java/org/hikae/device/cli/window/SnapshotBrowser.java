package org.hikae.device.cli.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.snapshots.ReleaseStatusText;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.cli.window.CatalogSession.ReadCatalog;
import org.hikae.device.cli.window.FolderView.FolderEntryView;
import org.hikae.device.cli.window.TimelineView.TimelineEntryView;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;

/** Snapshots as a time line, and the folders in them. */
final class SnapshotBrowser {

  /** Most snapshots that are shown. */
  private static final int MAX_SNAPSHOTS = 1000;

  /** Most entries of a folder that are shown. */
  static final int MAX_ENTRIES = 2000;

  private SnapshotBrowser() {}

  static TimelineView timeline(ReadCatalog catalog) throws AgentException, BackupStoreException {
    OpenedCatalog opened = catalog.opened();
    VaultActivityText names = VaultActivityText.of(catalog.output(), opened.agent());
    ReleaseStatusText remarks = new ReleaseStatusText(catalog.output().messages());
    String own = TextCodec.hex(opened.agent().identity().deviceId());
    List<SnapshotView> all = readable(opened);
    List<TimelineEntryView> shown = new ArrayList<>();
    for (SnapshotView view : all.subList(0, Math.min(MAX_SNAPSHOTS, all.size()))) {
      Optional<SealedSnapshotInfo> info = opened.snapshots().made(view);
      shown.add(
          new TimelineEntryView(
              view.snapshotId(),
              names.shortDevice(view.deviceId()),
              view.deviceId().equals(own),
              info.map(SealedSnapshotInfo::at).orElse(null),
              view.committedAt(),
              info.map(SealedSnapshotInfo::files).orElse(view.files()),
              info.map(SealedSnapshotInfo::plainBytes).orElse(view.plainBytes()),
              remarks.of(view)));
    }
    return new TimelineView(shown, all.size(), catalog.notes());
  }

  /** Those of the set that are there, newest first. */
  static List<SnapshotView> readable(OpenedCatalog opened)
      throws AgentException, BackupStoreException {
    String setId = TextCodec.hex(opened.key().setId());
    return opened.snapshots().newestFirst(opened.snapshots().ofSet(setId, null));
  }

  static FolderView folder(ReadCatalog catalog, String snapshotId, RawPath folder)
      throws AgentException, BackupStoreException {
    OpenedCatalog opened = catalog.opened();
    SnapshotView view = opened.snapshots().toShow(snapshotId, null).view();
    List<FolderEntryView> entries = new ArrayList<>();
    boolean[] more = {false};
    long found;
    try (BackupKey sealed = opened.reading(view.generation())) {
      found =
          new SnapshotListing(opened.agent().store(), sealed, opened.snapshots().copies())
              .list(
                  view,
                  folder,
                  entry -> {
                    if (entry.path().depth() != folder.depth() + 1) {
                      return true;
                    }
                    more[0] = entries.size() == MAX_ENTRIES;
                    if (!more[0]) {
                      entries.add(entry(entry));
                    }
                    return !more[0];
                  });
    }
    if (found == 0 && folder.depth() > 0) {
      throw new AgentException(RunResult.REFUSED, "restore.not-in-snapshot", folder);
    }
    return new FolderView(folder.toString(), TextCodec.base64(folder.toBytes()), entries, more[0]);
  }

  private static FolderEntryView entry(ListedEntry entry) {
    RawPath path = entry.path();
    return new FolderEntryView(
        RawPath.display(path.name(path.depth() - 1)),
        TextCodec.base64(path.toBytes()),
        entry.type(),
        entry.size(),
        entry.modified());
  }
}
