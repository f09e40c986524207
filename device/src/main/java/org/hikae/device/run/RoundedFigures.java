package org.hikae.device.run;

import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunReport;

/**
 * Figures as a device tells them to the portal: rounded up to four leading bits, and bytes to at
 * least a bucket (spec HK1-S-22). An exact sum would say how long a file is that alone is new,
 * which the sizes of packs keep from whoever sees them. What is rounded stays as it is when it is
 * rounded again. Exact figures stay in the sealed root and on the device.
 */
public final class RoundedFigures {

  /** Leading bits that are told. */
  static final int BITS = 4;

  /** The least that is told of bytes, when there are any. */
  static final long LEAST_BYTES = 65_536;

  /** The largest number that has no more leading bits; what is larger is told as this. */
  private static final long LARGEST = 15L << 59;

  private RoundedFigures() {}

  /** A report with rounded figures; its times and its duration are what they were. */
  public static RunReport of(RunReport exact) {
    return new RunReport(
        exact.kind(),
        exact.result(),
        exact.startedAt(),
        exact.endedAt(),
        exact.agentVersion(),
        count(exact.filesDone()),
        count(exact.filesFailed()),
        bytes(exact.bytesRead()),
        bytes(exact.bytesSent()),
        bytes(exact.bytesReceived()),
        exact.durationMillis(),
        exact.changes());
  }

  /** A commit with rounded figures; what the stub binds is what it was. */
  public static CommitSnapshot of(CommitSnapshot exact) {
    return new CommitSnapshot(
        exact.setId(),
        exact.generation(),
        exact.sequence(),
        exact.previous(),
        exact.root(),
        exact.listHash(),
        exact.added(),
        exact.removed(),
        count(exact.files()),
        bytes(exact.plainBytes()));
  }

  /** How many, as it is told. */
  public static long count(long exact) {
    if (exact >= LARGEST) {
      return LARGEST;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(exact);
    long below = (1L << Math.max(0, bits - BITS)) - 1;
    return exact + below & ~below;
  }

  /** How many bytes, as it is told. */
  public static long bytes(long exact) {
    return exact == 0 ? 0 : count(Math.max(exact, LEAST_BYTES));
  }
}
