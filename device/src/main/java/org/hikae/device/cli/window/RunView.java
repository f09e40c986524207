package org.hikae.device.cli.window;

import java.util.List;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.dialog.FailureView;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of this window is.
 *
 * @param kind what it does; absent when there was none
 * @param running whether it is at work
 * @param item which of the things to be restored, from 1
 * @param items how many these are
 * @param files files handled
 * @param totalFiles of about so many
 * @param plainBytes bytes of them
 * @param totalBytes of about so many
 * @param file the one that is read or written, or was last
 * @param leftAlone files that were there and stay as they are
 * @param failed entries that could not be read or written
 * @param notes what the person was told
 * @param result how it ended
 * @param failure why it could not be done
 */
record RunView(
    RunReport.@Nullable Kind kind,
    boolean running,
    int item,
    int items,
    long files,
    long totalFiles,
    long plainBytes,
    long totalBytes,
    @Nullable String file,
    long leftAlone,
    long failed,
    List<String> notes,
    @Nullable RunResult result,
    @Nullable FailureView failure) {

  /** Of a window that has not run anything. */
  static RunView none() {
    return new RunView(null, false, 0, 0, 0, 0, 0, 0, null, 0, 0, List.of(), null, null);
  }
}
