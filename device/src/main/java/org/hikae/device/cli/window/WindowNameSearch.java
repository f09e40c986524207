package org.hikae.device.cli.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.search.CatalogSearch;
import org.hikae.device.cli.search.CatalogSearch.FoundOnDevice;
import org.hikae.device.cli.vault.VaultActivityText;
import org.hikae.device.cli.window.CatalogSession.ReadCatalog;
import org.hikae.device.cli.window.SearchView.SearchHitView;
import org.hikae.device.cli.window.SearchView.SearchVersionView;
import org.hikae.device.files.RawPath;
import org.hikae.device.search.NameSearch.FoundName;
import org.hikae.device.search.NameSearch.FoundVersion;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;

/**
 * Looks for names, or for one path, in the index that {@code hikae find} has, too. What it does not
 * have yet is read first, for some seconds and one snapshot at least; then it says what it has.
 * While another process reads, nothing is read here.
 */
final class WindowNameSearch implements CatalogSearch.SearchListener {

  private static final int MAX_HITS = 200;
  private static final int MAX_VERSIONS = 20;
  private static final int ID_DIGITS = 12;

  /** How long a search reads before it says what it has. */
  private static final Duration SEARCH = Duration.ofSeconds(3);

  /** How long it reads where nobody waits; meanwhile other pages do. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  /** So often all names are looked through ahead; then the code that does it is compiled. */
  private static final int LOOKS_AHEAD = 3;

  /** What many names have, so that also what is read of those that were found is compiled. */
  private static final byte[] LIKELY = ".".getBytes(StandardCharsets.UTF_8);

  private final Messages messages;
  private final LongSupplier nanos;
  private final long began;
  private final Duration limit;
  private final NameSearchFindings findings;
  private boolean any;

  private WindowNameSearch(ReadCatalog catalog, LongSupplier nanos, Duration limit) {
    this.findings = catalog.findings();
    this.messages = catalog.output().messages();
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.limit = limit;
  }

  /** Looks into the indexes. */
  @FunctionalInterface
  private interface Lookup {
    List<FoundOnDevice> in(CatalogSearch search)
        throws AgentException, BackupStoreException, IOException;
  }

  /** Searches for a part of a name. */
  static SearchView search(
      ReadCatalog catalog, String text, SecureRandom random, LongSupplier nanos)
      throws AgentException, BackupStoreException, IOException {
    byte[] part = text.getBytes(StandardCharsets.UTF_8);
    if (!RawPath.isName(part)) {
      throw new AgentException(RunResult.REFUSED, "find.malformed", text);
    }
    return new WindowNameSearch(catalog, nanos, SEARCH)
        .view(catalog, random, search -> search.names(part, MAX_HITS));
  }

  /** Searches for what was at a path, of any device. */
  static SearchView versions(
      ReadCatalog catalog, RawPath path, SecureRandom random, LongSupplier nanos)
      throws AgentException, BackupStoreException, IOException {
    return new WindowNameSearch(catalog, nanos, SEARCH)
        .view(catalog, random, search -> search.at(path));
  }

  /**
   * Reads on, so that a search need not wait; nothing is told. Once all is read it looks through
   * all names: the first search of a process takes several times as long as the next ones, because
   * nothing is compiled and the file may not be in memory.
   */
  static SearchView ahead(ReadCatalog catalog, SecureRandom random, LongSupplier nanos)
      throws AgentException, BackupStoreException, IOException {
    return new WindowNameSearch(catalog, nanos, AHEAD)
        .view(
            catalog,
            random,
            search -> {
              search.update();
              if (search.left() == 0 && catalog.findings().beginsLooking()) {
                for (int i = 0; i < LOOKS_AHEAD; i++) {
                  var _ = search.names(LIKELY, MAX_HITS);
                }
              }
              return List.of();
            });
  }

  private SearchView view(ReadCatalog catalog, SecureRandom random, Lookup lookup)
      throws AgentException, BackupStoreException, IOException {
    try (CatalogSearch search = CatalogSearch.openNow(catalog.opened(), random, this)) {
      VaultActivityText names = VaultActivityText.of(catalog.output(), catalog.opened().agent());
      Map<String, SnapshotView> there = new HashMap<>();
      search.snapshots().forEach(view -> there.put(view.snapshotId(), view));
      List<SearchHitView> hits = new ArrayList<>();
      int total = 0;
      for (FoundOnDevice each : lookup.in(search)) {
        total += each.found().total();
        String device = names.shortDevice(each.deviceId());
        for (FoundName name : each.found().names()) {
          SearchHitView hit = hit(name, device, there);
          if (hit.versions().isEmpty()) {
            // All that had it went since the index was brought up to date.
            total--;
          } else {
            hits.add(hit);
          }
        }
      }
      int snapshots = there.size();
      return new SearchView(
          hits, total, snapshots - search.left(), snapshots, notes(search.isUpdating()));
    }
  }

  private List<String> notes(boolean updating) {
    List<String> notes = new ArrayList<>();
    if (!updating) {
      notes.add(messages.get("find.in-use"));
    }
    if (!findings.tooLarge().isEmpty()) {
      notes.add(messages.get("find.too-large"));
    }
    findings.unreadable().entrySet().stream()
        .limit(WindowOutputListener.MAX_NOTES)
        .forEach(
            each ->
                notes.add(
                    messages.get(
                        "find.unreadable",
                        each.getKey().substring(0, ID_DIGITS),
                        each.getValue())));
    return notes;
  }

  private static SearchHitView hit(FoundName name, String device, Map<String, SnapshotView> there) {
    List<SearchVersionView> versions = new ArrayList<>();
    for (FoundVersion version : name.versions()) {
      // The index may know some that went since it was brought up to date.
      boolean shown =
          there.containsKey(version.last().snapshotId())
              && versions.size() < MAX_VERSIONS
              // Whether a folder is the same its own time of change does not tell.
              && (versions.isEmpty() || version.version().type() != ListedEntry.Type.DIRECTORY);
      if (shown) {
        versions.add(
            new SearchVersionView(
                version.last().snapshotId(),
                Instant.ofEpochSecond(version.last().madeSeconds()),
                version.version().size(),
                Instant.ofEpochSecond(version.version().modifiedSeconds())));
      }
    }
    return new SearchHitView(
        name.path().toString(),
        TextCodec.base64(name.path().toBytes()),
        name.versions().getFirst().version().type(),
        device,
        name.deleted(),
        versions);
  }

  @Override
  public boolean goesOn() {
    return !any || nanos.getAsLong() - began < limit.toNanos();
  }

  @Override
  public void reads(SnapshotView view) {
    any = true;
  }

  @Override
  public void unreadable(SnapshotView view, BackupStoreException why) {
    findings.unreadable(view.snapshotId(), String.valueOf(why.getMessage()));
  }

  @Override
  public boolean skips(SnapshotView view) {
    return findings.unreadable().containsKey(view.snapshotId());
  }

  @Override
  public void tooLarge(String deviceId) {
    findings.tooLarge(deviceId);
  }

  @Override
  public boolean isTooLarge(String deviceId) {
    return findings.tooLarge().contains(deviceId);
  }
}
