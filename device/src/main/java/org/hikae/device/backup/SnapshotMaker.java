package org.hikae.device.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.pack.ChunkEncoder;
import org.hikae.device.backup.pack.ChunkSink;
import org.hikae.device.backup.pack.ManifestSink;
import org.hikae.device.backup.pack.Pipeline;
import org.hikae.device.backup.pack.Run;
import org.hikae.device.backup.pack.SealingStage;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.Formats;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.TreeWriter;
import org.hikae.device.run.Progress.Kind;
import org.hikae.device.run.Progress.Warning;
import org.hikae.device.run.RunCounts;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.snapshot.Series;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.jspecify.annotations.Nullable;

/** One run from the previous snapshot to the commit of the next. */
final class SnapshotMaker {

  /**
   * Clocks of file systems tick coarsely: a file that changed this close to a run is read again.
   */
  private static final long RACY_SECONDS = 2;

  private final SnapshotStore store;
  private final Run run;
  private final RawFiles files;
  private final Clock clock;
  private final RunCounts counts;
  private final @Nullable Path cache;
  private final int workers;

  SnapshotMaker(
      SnapshotStore store,
      Run run,
      RawFiles files,
      Clock clock,
      RunCounts counts,
      @Nullable Path cache,
      int workers) {
    this.store = store;
    this.run = run;
    this.files = files;
    this.clock = clock;
    this.counts = counts;
    this.cache = cache;
    this.workers = workers;
  }

  BackupResult make(BackupRequest request, List<RawPath> paths) throws IOException, StoreException {
    long failedBefore = counts.failures();
    try {
      return make(request, paths, true);
    } catch (DamagedException e) {
      warn(run, Kind.PREVIOUS_UNREADABLE, String.valueOf(e.getMessage()));
      run.uploader().drain(run::checkCancelled);
      counts.startOver(failedBefore);
    }
    try {
      return make(request, paths, false);
    } catch (DamagedException e) {
      throw new IllegalStateException("a manifest that nobody reads is damaged", e);
    }
  }

  /**
   * One attempt.
   *
   * @param compare whether unchanged files are taken over from the previous manifest
   * @throws DamagedException when that manifest turns out to be damaged
   */
  private BackupResult make(BackupRequest request, List<RawPath> paths, boolean compare)
      throws IOException, StoreException, DamagedException {
    Optional<SnapshotView> newest = Series.newest(store, run.context(), request.lastSeen());
    try (Previous previous = Previous.load(store, run, newest);
        ChunkIndex index = new ChunkIndex(cache)) {
      if (compare) {
        index.filledBy(previous::fill);
      } else {
        previous.fill(index);
        previous.compareNoMore();
      }
      try (ChunkSink chunks = new ChunkSink(run, index, previous.packs());
          ManifestSink manifest = new ManifestSink(run, previous.root(), previous.lost())) {
        chunks.reuse(previous.pendingStored());
        manifest.reuse(previous.pendingStored());
        long started = clock.instant().getEpochSecond();
        long bytesRead;
        try (TotalsScan _ = totals(request, paths, previous.root())) {
          bytesRead = walk(request, PathPlan.of(paths), previous, index, chunks, manifest);
        }
        chunks.flush();
        chunks.awaitNames();
        return commit(newest, previous, manifest, started, bytesRead);
      }
    }
  }

  /** The previous snapshot tells about how much there will be; else it is counted meanwhile. */
  private @Nullable TotalsScan totals(
      BackupRequest request, List<RawPath> paths, @Nullable RootContent before) {
    if (before == null) {
      return TotalsScan.start(request, paths, run.progress());
    }
    run.progress().totals(before.files(), before.plainBytes());
    return null;
  }

  private long walk(
      BackupRequest request,
      PathPlan plan,
      Previous previous,
      ChunkIndex index,
      ChunkSink chunks,
      ManifestSink manifest)
      throws IOException, StoreException, DamagedException {
    BitSet lost = previous.packs().numbersOf(previous.lost());
    SealingStage stage = new SealingStage(chunks, new TreeWriter<>(manifest::write));
    try (Pipeline pipeline =
        new Pipeline(
            run::checkCancelled, workers, () -> new ChunkEncoder(run.key(), index), stage)) {
      WalkOutput out = new WalkOutput(pipeline);
      FileContents contents = new FileContents(run, files, out);
      PreviousTree tree = previous.tree();
      FileWalk.Known known = new FileWalk.Known(tree, trustedBefore(previous), lost);
      FileWalk fileWalk = new FileWalk(run, files, out, contents, known, counts);
      new TreeWalk(run, files, request, out, tree, fileWalk, counts).walk(plan);
      return contents.bytesRead();
    }
  }

  private static FileTime trustedBefore(Previous previous) {
    return trustedBefore(previous.root());
  }

  /** Files whose inode changed before this are as they were in a snapshot with this root. */
  static FileTime trustedBefore(@Nullable RootContent root) {
    return new FileTime(root == null ? 0 : root.startedSeconds() - RACY_SECONDS, 0);
  }

  private BackupResult commit(
      Optional<SnapshotView> newest,
      Previous previous,
      ManifestSink manifest,
      long started,
      long bytesRead)
      throws IOException, StoreException {
    int treeEnd = manifest.finish();
    // Written after the last data pack was named: now every number has its name.
    manifest.write(previous.packs().encodeUsed());
    int tableEnd = manifest.finish();
    manifest.flush();
    Set<Hash256> objects = new HashSet<>(previous.packs().usedNames());
    objects.addAll(manifest.usedPacks());
    Hash256 listHash = ObjectList.hash(objects);
    List<ManifestRef> table = manifest.named(treeEnd, tableEnd);
    List<ManifestRef> tree = manifest.named(0, treeEnd);
    RootContent before = previous.root();
    Formats least = run.signing().least();
    Formats formats = before == null ? least : least.orLater(before.formats());
    RootContent root =
        new RootContent(
            started, counts.files(), counts.plainBytes(), listHash, table, tree, formats);
    run.uploader().drain(run::checkCancelled);
    run.checkCancelled();
    SnapshotStub stub = sealRoot(newest, root);
    SnapshotView view = store.commit(request(stub, previous.objects(), objects));
    if (!view.stubHash().equals(stub.hash().hex())) {
      throw new StoreException(
          RunResult.CORRUPT, "The store committed another snapshot than was sent.", null);
    }
    run.pending().clear();
    Set<Hash256> keep = manifest.usedPacks();
    keep.add(stub.root());
    run.cache().keepOnly(keep);
    RunResult result = counts.hasFailures() ? RunResult.PARTIAL : RunResult.SUCCESS;
    return new BackupResult(
        result,
        view,
        formats.signed(),
        counts.tally(bytesRead, run.uploader().bytesSent(), previous.bytesReceived()));
  }

  private SnapshotStub sealRoot(Optional<SnapshotView> newest, RootContent content)
      throws StoreException {
    long sequence = newest.map(SnapshotView::sequence).orElse(0L) + 1;
    Hash256 previous = Series.previousHash(newest);
    SealedRoot.Place place = new SealedRoot.Place(run.context(), sequence, previous);
    byte[] object;
    try (SecretBytes manifestKey = run.key().subkey(Subkey.MANIFEST)) {
      byte[] bytes =
          content.formats().signed()
              ? content.encode(place, run.signing().requireDevice())
              : content.encode();
      object = SealedRoot.seal(manifestKey, place, bytes, run.random());
    }
    Hash256 name = Hash256.sha256(object);
    store.put(name, object);
    run.uploader().sent(object.length);
    run.cache().put(name, object);
    return new SnapshotStub(
        run.context().setId(),
        run.context().deviceId(),
        run.context().generation(),
        sequence,
        previous,
        name,
        content.listHash());
  }

  private CommitSnapshot request(SnapshotStub stub, Set<Hash256> before, Set<Hash256> now)
      throws StoreException {
    List<String> added = difference(now, before);
    List<String> removed = difference(before, now);
    if (added.size() + removed.size() > CommitSnapshot.MAX_NAMES) {
      throw new StoreException(
          RunResult.REFUSED,
          "More than " + CommitSnapshot.MAX_NAMES + " packs changed; back up fewer paths at once.",
          null);
    }
    return new CommitSnapshot(
        Ids.hex(stub.setId()),
        stub.generation(),
        stub.sequence(),
        stub.previous().hex(),
        stub.root().hex(),
        stub.listHash().hex(),
        added,
        removed,
        counts.files(),
        counts.plainBytes());
  }

  private static List<String> difference(Set<Hash256> of, Set<Hash256> without) {
    Set<Hash256> left = new TreeSet<>(of);
    left.removeAll(without);
    return left.stream().map(Hash256::hex).toList();
  }

  static void warn(Run run, Kind kind, String detail) {
    run.progress().warning(new Warning(RawPath.ROOT, kind, detail));
  }
}
