package org.hikae.device.verify;

import java.util.concurrent.atomic.AtomicLong;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.run.RunCancelledException;

/** What is done so far, and whether the person asked to stop. Counting is safe for many threads. */
final class VerificationProgress {

  private final ProgressListener progress;
  private final AtomicLong packsDone = new AtomicLong();
  private final AtomicLong packsOpened = new AtomicLong();
  private final AtomicLong plainBytes = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();
  private long packs;
  private long packsAsked;
  private long filePacks;
  private long filePacksChosen;
  private double leastShare = 1;
  private long files;

  VerificationProgress(ProgressListener progress) {
    this.progress = progress;
  }

  /** Tells the progress; ends the run when the person asked to stop. Main thread only. */
  void look() {
    if (progress.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new RunCancelledException();
    }
    progress.packs(packsDone.get(), packsAsked, plainBytes.get());
  }

  /**
   * What one series needs.
   *
   * @param manifests packs of manifests, which are all opened
   * @param ofFiles packs of files
   * @param chosen those of them that will be opened
   */
  void found(long manifests, long ofFiles, long chosen) {
    packs += manifests + ofFiles;
    packsAsked += manifests + chosen;
    filePacks += ofFiles;
    filePacksChosen += chosen;
    if (ofFiles > 0) {
      leastShare = Math.min(leastShare, (double) chosen / ofFiles);
    }
  }

  void files(long count) {
    files += count;
  }

  void received(long bytes) {
    bytesReceived.addAndGet(bytes);
  }

  void opened(long bytes) {
    packsOpened.incrementAndGet();
    plainBytes.addAndGet(bytes);
  }

  void packDone() {
    packsDone.incrementAndGet();
  }

  long packs() {
    return packs;
  }

  SampleCoverage sample() {
    return new SampleCoverage(filePacks, filePacksChosen, leastShare);
  }

  long packsOpened() {
    return packsOpened.get();
  }

  long files() {
    return files;
  }

  long plainBytes() {
    return plainBytes.get();
  }

  long bytesReceived() {
    return bytesReceived.get();
  }
}
