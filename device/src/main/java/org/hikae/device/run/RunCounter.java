package org.hikae.device.run;

/** What a run has done so far. One instance serves one thread. */
public final class RunCounter {

  private final ProgressListener progress;
  private final ChangeCounter changes = new ChangeCounter();
  private long files;
  private long directories;
  private long others;
  private long unchanged;
  private long skipped;
  private long leftOut;
  private long failed;
  private long plainBytes;

  /** Nothing yet; {@code progress} hears of every file. */
  public RunCounter(ProgressListener progress) {
    this.progress = progress;
  }

  /** A regular file is done; {@code unread} when it was taken over without reading. */
  public void file(long bytes, boolean unread) {
    files++;
    plainBytes += bytes;
    unchanged += unread ? 1 : 0;
    progress.advanced(files, plainBytes);
  }

  /** A directory is done. */
  public void directory() {
    directories++;
  }

  /** A link or pipe is done. */
  public void other() {
    others++;
  }

  /** Something is left out on purpose. */
  public void skipped() {
    skipped++;
  }

  /** Entries are left out by patterns. */
  public void leftOut(long entries) {
    leftOut += entries;
  }

  /** Something went wrong. */
  public void failed() {
    failed++;
  }

  /** Whether anything went wrong. */
  public boolean hasFailures() {
    return failed > 0;
  }

  /** How much went wrong. */
  public long failures() {
    return failed;
  }

  /** Forgets everything but that so much went wrong. */
  public void startOver(long failures) {
    files = 0;
    directories = 0;
    others = 0;
    unchanged = 0;
    skipped = 0;
    leftOut = 0;
    plainBytes = 0;
    failed = failures;
    changes.startOver();
  }

  /** How much differs from the snapshot before. */
  public ChangeCounter changes() {
    return changes;
  }

  /** Regular files done. */
  public long files() {
    return files;
  }

  /** Sum of their sizes. */
  public long plainBytes() {
    return plainBytes;
  }

  /** All of it, with what others have counted. */
  public RunTotals tally(long bytesRead, long bytesSent, long bytesReceived) {
    return new RunTotals(
        files,
        directories,
        others,
        unchanged,
        skipped,
        failed,
        plainBytes,
        bytesRead,
        bytesSent,
        bytesReceived,
        leftOut);
  }
}
