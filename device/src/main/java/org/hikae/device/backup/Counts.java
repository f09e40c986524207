package org.hikae.device.backup;

/** What a run has done so far. One thread. */
final class Counts {

  private final Progress progress;
  private long files;
  private long directories;
  private long others;
  private long unchanged;
  private long skipped;
  private long failed;
  private long plainBytes;

  Counts(Progress progress) {
    this.progress = progress;
  }

  void file(long bytes, boolean unread) {
    files++;
    plainBytes += bytes;
    unchanged += unread ? 1 : 0;
    progress.advanced(files, plainBytes);
  }

  void directory() {
    directories++;
  }

  void other() {
    others++;
  }

  void skipped() {
    skipped++;
  }

  void failed() {
    failed++;
  }

  boolean hasFailures() {
    return failed > 0;
  }

  long files() {
    return files;
  }

  long plainBytes() {
    return plainBytes;
  }

  Tally tally(long bytesRead, long bytesSent, long bytesReceived) {
    return new Tally(
        files,
        directories,
        others,
        unchanged,
        skipped,
        failed,
        plainBytes,
        bytesRead,
        bytesSent,
        bytesReceived);
  }
}
