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
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.backup.pack.BackupPipeline;
import org.hikae.device.backup.pack.ChunkEncoder;
import org.hikae.device.backup.pack.ChunkSink;
import org.hikae.device.backup.pack.ManifestSink;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.backup.pack.SealingStage;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.manifest.SnapshotFormat;
import org.hikae.device.run.ProgressListener.Warning;
import org.hikae.device.run.ProgressListener.WarningKind;
import org.hikae.device.run.RoundedFigures;
import org.hikae.device.run.RunCounter;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.snapshot.SeriesHeadCheck;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** One run from the previous snapshot to the commit of the next. */
final class SnapshotBuilder {

  /**
   * Clocks of file systems tick coarsely: a file that changed this close to a run is read again.
   */
  private static final long RACY_SECONDS = 2;

  private final BackupStore store;
  private final RunContext run;
  private final RawFiles files;
  private final Clock clock;
  private final RunCounter counts;
  private final @Nullable Path cache;
  private final int workers;

  SnapshotBuilder(
      BackupStore store,
      RunContext run,
      RawFiles files,
      Clock clock,
      RunCounter counts,
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

  BackupResult make(BackupRequest request, List<RawPath> paths)
      throws IOException, BackupStoreException {
    long failedBefore = counts.failures();
    try {
      return make(request, paths, true);
    } catch (DamagedDataException e) {
      warn(run, WarningKind.PREVIOUS_UNREADABLE, String.valueOf(e.getMessage()));
      run.uploader().drain(run::checkCancelled);
      counts.startOver(failedBefore);
    }
    try {
      return make(request, paths, false);
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a manifest that nobody reads is damaged", e);
    }
  }

  /**
   * One attempt.
   *
   * @param compare whether unchanged files are taken over from the previous manifest
   * @throws DamagedDataException when that manifest turns out to be damaged
   */
  private BackupResult make(BackupRequest request, List<RawPath> paths, boolean compare)
      throws IOException, BackupStoreException, DamagedDataException {
    Optional<SnapshotView> newest =
        SeriesHeadCheck.newest(store, run.context(), request.lastSeen());
    try (PreviousSnapshot previous = PreviousSnapshot.load(store, run, newest);
        ChunkIndex index = new ChunkIndex(cache)) {
      if (compare) {
        index.filledBy(previous::fill);
        RootContent before = previous.root();
        counts.changes().against(before == null ? 0 : before.files());
      } else {
        previous.fill(index);
        previous.compareNoMore();
      }
      try (ChunkSink chunks = new ChunkSink(run, index, previous.packs());
          ManifestSink manifest =
              new ManifestSink(
                  run, run.chunker(previous.nextFormat()), previous.root(), previous.lost())) {
        chunks.reuse(previous.pendingStored());
        manifest.reuse(previous.pendingStored());
        long started = clock.instant().getEpochSecond();
        long bytesRead;
        try (TotalsScan _ = totals(request, paths, previous.root())) {
          RequestedPaths plan = RequestedPaths.of(paths);
          bytesRead = walk(request, plan, previous, started, index, chunks, manifest);
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
      RequestedPaths plan,
      PreviousSnapshot previous,
      long started,
      ChunkIndex index,
      ChunkSink chunks,
      ManifestSink manifest)
      throws IOException, BackupStoreException, DamagedDataException {
    BitSet lost = previous.packs().numbersOf(previous.lost());
    SealingStage stage = new SealingStage(chunks, new ManifestWriter<>(manifest::write));
    try (BackupPipeline pipeline =
        new BackupPipeline(
            run::checkCancelled, workers, () -> new ChunkEncoder(run.key(), index), stage)) {
      WalkBatchWriter out = new WalkBatchWriter(pipeline);
      FileChunkReader contents =
          new FileChunkReader(run, files, out, run.chunker(previous.nextFormat()));
      PreviousManifest tree = previous.tree();
      BackupFileHandler.PreviousFile previousFile =
          new BackupFileHandler.PreviousFile(
              tree,
              trustedBefore(previous.root()),
              takesAttributesOver(previous.root(), started),
              lost);
      BackupFileHandler backupFileHandler =
          new BackupFileHandler(run, files, out, contents, previousFile, counts);
      new TreeWalk(run, files, request, out, tree, backupFileHandler, counts).walk(plan);
      return contents.bytesRead();
    }
  }

  /**
   * Whether attributes of unchanged files need not be read: after the first run of each week, which
   * reads all, for file systems that note a change of attributes nowhere.
   */
  private static boolean takesAttributesOver(@Nullable RootContent root, long started) {
    return root != null && week(root.startedSeconds()) == week(started);
  }

  private static long week(long seconds) {
    return Math.floorDiv(seconds, TimeUnit.DAYS.toSeconds(7));
  }

  /** Files whose inode changed before this are as they were in a snapshot with this root. */
  static FileTime trustedBefore(@Nullable RootContent root) {
    return new FileTime(root == null ? 0 : root.startedSeconds() - RACY_SECONDS, 0);
  }

  private BackupResult commit(
      Optional<SnapshotView> newest,
      PreviousSnapshot previous,
      ManifestSink manifest,
      long started,
      long bytesRead)
      throws IOException, BackupStoreException {
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
    SnapshotFormat formats = previous.nextFormat();
    RootContent root =
        new RootContent(
            started, counts.files(), counts.plainBytes(), listHash, table, tree, formats);
    run.uploader().drain(run::checkCancelled);
    run.checkCancelled();
    SnapshotStub stub = sealRoot(newest, root);
    SnapshotView view = store.commit(request(stub, previous.objects(), objects));
    if (!view.stubHash().equals(stub.hash().hex())) {
      throw new BackupStoreException(
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
        counts.tally(bytesRead, run.uploader().bytesSent(), previous.bytesReceived()),
        counts.changes().figures().orElse(null),
        counts.changes().looksEncrypted());
  }

  private SnapshotStub sealRoot(Optional<SnapshotView> newest, RootContent content)
      throws BackupStoreException {
    long sequence = newest.map(SnapshotView::sequence).orElse(0L) + 1;
    Hash256 previous = SeriesHeadCheck.previousHash(newest);
    SealedRoot.SeriesPlace place = new SealedRoot.SeriesPlace(run.context(), sequence, previous);
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
      throws BackupStoreException {
    List<String> added = difference(now, before);
    List<String> removed = difference(before, now);
    if (added.size() + removed.size() > CommitSnapshot.MAX_NAMES) {
      throw new BackupStoreException(
          RunResult.REFUSED,
          "More than " + CommitSnapshot.MAX_NAMES + " packs changed; back up fewer paths at once.",
          null);
    }
    return RoundedFigures.of(
        new CommitSnapshot(
            TextCodec.hex(stub.setId()),
            stub.generation(),
            stub.sequence(),
            stub.previous().hex(),
            stub.root().hex(),
            stub.listHash().hex(),
            added,
            removed,
            counts.files(),
            counts.plainBytes()));
  }

  private static List<String> difference(Set<Hash256> of, Set<Hash256> without) {
    Set<Hash256> left = new TreeSet<>(of);
    left.removeAll(without);
    return left.stream().map(Hash256::hex).toList();
  }

  static void warn(RunContext run, WarningKind kind, String detail) {
    run.progress().warning(new Warning(RawPath.ROOT, kind, detail));
  }
}
