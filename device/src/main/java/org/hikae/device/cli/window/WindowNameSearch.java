package org.hikae.device.cli.window;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.cli.window.CatalogSession.ReadCatalog;
import org.hikae.device.cli.window.SearchView.SearchHitView;
import org.hikae.device.cli.window.SearchView.SearchVersionView;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;

/**
 * Looks for names, or for one path, in the manifests of all snapshots, newest first, until it has
 * enough or took long enough. Upper and lower case, and spellings that Unicode calls compatible,
 * are the same.
 */
final class WindowNameSearch {

  private static final int MAX_HITS = 200;
  private static final int MAX_VERSIONS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ReadCatalog catalog;
  private final RawPath below;
  private final Predicate<RawPath> filter;
  private final LongSupplier nanos;
  private final long began;
  private final Map<FoundPath, FoundVersions> found = new LinkedHashMap<>();
  private final Set<String> seriesSeen = new HashSet<>();
  private boolean more;

  private WindowNameSearch(
      ReadCatalog catalog, RawPath below, Predicate<RawPath> filter, LongSupplier nanos) {
    this.catalog = catalog;
    this.below = below;
    this.filter = filter;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** What was found, of a device and there. */
  private record FoundPath(String deviceId, RawPath path) {}

  /** As what, and since when it is there no more. */
  private record FoundVersions(
      ListedEntry.Type type, boolean deleted, List<SearchVersionView> versions) {}

  /** Searches for a part of a name. */
  static SearchView search(ReadCatalog catalog, String text, LongSupplier nanos)
      throws AgentException, BackupStoreException {
    String foldedText = folded(text);
    Predicate<RawPath> filter =
        path ->
            path.depth() > 0
                && folded(RawPath.display(path.name(path.depth() - 1))).contains(foldedText);
    return new WindowNameSearch(catalog, RawPath.ROOT, filter, nanos).search();
  }

  /** Searches for what was at a path, of any device. */
  static SearchView versions(ReadCatalog catalog, RawPath path, LongSupplier nanos)
      throws AgentException, BackupStoreException {
    return new WindowNameSearch(catalog, path, path::equals, nanos).search();
  }

  private SearchView search() throws AgentException, BackupStoreException {
    OpenedCatalog opened = catalog.opened();
    List<SnapshotView> all = SnapshotBrowser.readable(opened);
    int searched = 0;
    for (SnapshotView view : all) {
      if (isOver()) {
        break;
      }
      if (opened.snapshots().made(view).isPresent()) {
        search(opened, view);
        searched++;
      }
    }
    more |= isOver();
    VaultActivityText names = VaultActivityText.of(catalog.output(), opened.agent());
    List<SearchHitView> hits = new ArrayList<>();
    found.forEach(
        (at, versions) ->
            hits.add(
                new SearchHitView(
                    at.path().toString(),
                    TextCodec.base64(at.path().toBytes()),
                    versions.type(),
                    names.device(at.deviceId()),
                    versions.deleted(),
                    versions.versions())));
    return new SearchView(hits, searched, all.size(), more);
  }

  private boolean isOver() {
    return nanos.getAsLong() - began > LIMIT.toNanos();
  }

  private void search(OpenedCatalog opened, SnapshotView view)
      throws AgentException, BackupStoreException {
    boolean newest = seriesSeen.add(view.deviceId());
    Instant madeAt = opened.snapshots().made(view).map(SealedSnapshotInfo::at).orElseThrow();
    try (BackupKey sealed = opened.reading(view.generation())) {
      long _ =
          new SnapshotListing(opened.agent().store(), sealed, opened.snapshots().copies())
              .list(
                  view,
                  below,
                  entry -> {
                    if (filter.test(entry.path())) {
                      note(view, madeAt, newest, entry);
                    }
                    return !isOver();
                  });
    }
  }

  private void note(SnapshotView view, Instant madeAt, boolean newest, ListedEntry entry) {
    FoundPath at = new FoundPath(view.deviceId(), entry.path());
    FoundVersions versions = found.get(at);
    if (versions == null) {
      if (found.size() == MAX_HITS) {
        more = true;
        return;
      }
      versions = new FoundVersions(entry.type(), !newest, new ArrayList<>());
      found.put(at, versions);
    }
    SearchVersionView version =
        new SearchVersionView(view.snapshotId(), madeAt, entry.size(), entry.modified());
    List<SearchVersionView> before = versions.versions();
    boolean same =
        !before.isEmpty()
            && before.getLast().size() == version.size()
            && before.getLast().modified().equals(version.modified());
    // Whether a folder is the same its own time of change does not tell.
    boolean told = entry.type() == ListedEntry.Type.DIRECTORY && !before.isEmpty();
    if (!same && !told && before.size() < MAX_VERSIONS) {
      before.add(version);
    }
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
