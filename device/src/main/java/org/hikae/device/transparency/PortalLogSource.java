package org.hikae.device.transparency;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.hikae.device.AgentException;
import org.hikae.device.http.CallDeadline;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.TilePath;

/**
 * The files of the portal's log, asked for without a token (HK1-X-08). The portal can tell who asks
 * all the same, by the connection. Each is asked for once, and all of one look within {@link
 * #LONGEST_LOOK}: a portal that is slow keeps nobody from the next backup, and there is another
 * look with that.
 */
public final class PortalLogSource implements LogFileSource {

  /** How long the files of one look may take together. */
  static final Duration LONGEST_LOOK = Duration.ofMinutes(2);

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

  /** The portal is the suspect: nothing of it may be larger than the largest bundle. */
  private static final int MAX_FILE_BYTES = TilePath.FULL * (2 + LogEntry.MAX_BYTES);

  private final PortalHttpClient http;
  private final LongSupplier nanos;
  private boolean begun;
  private long began;

  /**
   * Of the portal that is spoken to here, for one look.
   *
   * @param nanos a clock that nobody sets
   */
  public PortalLogSource(PortalHttpClient http, LongSupplier nanos) {
    this.http = http;
    this.nanos = nanos;
  }

  @Override
  public byte[] get(String path) throws IOException {
    Duration left = left();
    if (!left.isPositive()) {
      throw new IOException("the log was not read within " + LONGEST_LOOK.toMinutes() + " minutes");
    }
    Duration most = left.compareTo(LONGEST_ANSWER) < 0 ? left : LONGEST_ANSWER;
    try {
      return http.open(
              http.call("GET", "/public/log/" + path)
                  .withHeader("Accept", "*/*")
                  .withMaxAnswerBytes(MAX_FILE_BYTES)
                  .withDeadline(new CallDeadline(most, () -> Duration.ZERO)))
          .body();
    } catch (AgentException e) {
      throw new IOException(e);
    }
  }

  /** From the first file on: who waits for another process's look has not begun. */
  private Duration left() {
    long now = nanos.getAsLong();
    if (!begun) {
      begun = true;
      began = now;
    }
    return LONGEST_LOOK.minusNanos(now - began);
  }

  /**
   * Whether the portal itself has answered that there is no such file, as one from before logs
   * does. Anything else may come from what stands in front of it.
   */
  static boolean isNotFound(IOException failure) {
    return failure.getCause() instanceof PortalRefusalException refusal
        && refusal.is(ProblemCode.NOT_FOUND);
  }
}
