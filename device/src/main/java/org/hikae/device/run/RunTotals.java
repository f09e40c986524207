package org.hikae.device.run;

/**
 * What a run did, in numbers only.
 *
 * @param files regular files handled, further hard links not counted
 * @param directories directories handled
 * @param others symbolic links, further hard links and pipes
 * @param unchanged files taken over from the previous snapshot without reading
 * @param skipped device nodes and sockets, which are never stored
 * @param failed entries that could not be read or written, or changed while read
 * @param plainBytes sum of sizes of the files handled
 * @param bytesRead plain bytes read from or written to files
 * @param bytesSent sealed bytes sent to the store
 * @param bytesReceived sealed bytes received from the store
 * @param leftOut entries that a backup left out by patterns; what is in a directory that is left
 *     out is not counted
 */
public record RunTotals(
    long files,
    long directories,
    long others,
    long unchanged,
    long skipped,
    long failed,
    long plainBytes,
    long bytesRead,
    long bytesSent,
    long bytesReceived,
    long leftOut) {

  /** Nothing done yet. */
  public static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
