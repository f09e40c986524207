package org.hikae.device.cli.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.http.RetryListener;
import org.hikae.device.portal.ObjectWait;

/**
 * Says that a call is sent again, at most once a minute: else a command would stand still without a
 * word. Called by several threads.
 */
public final class RetryPrinter implements RetryListener {

  private static final Duration STEP = Duration.ofMinutes(1);

  /** One failure of a call is no news; the next one is. */
  private static final int FAILURES = 2;

  private final CommandOutput output;
  private final Clock clock;
  private final ObjectWait objectWait;
  private final Runnable before;
  private Instant next = Instant.MIN;

  /**
   * Says so from now on.
   *
   * @param before called before something is said
   */
  public RetryPrinter(CommandOutput output, Clock clock, ObjectWait objectWait, Runnable before) {
    this.output = output;
    this.clock = clock;
    this.objectWait = objectWait;
    this.before = before;
  }

  @Override
  public synchronized void retrying(String host, int failures, int status) {
    Instant now = clock.instant();
    if (failures < FAILURES || now.isBefore(next)) {
      return;
    }
    next = now.plus(STEP);
    before.run();
    long minutes = objectWait.soFar().toMinutes();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("host", host);
    fields.put("status", status);
    fields.put("minutes", minutes);
    fields.put("endsAfterMinutes", ObjectWait.LONGEST.toMinutes());
    output.event("retrying", fields);
    output.note(
        status == 0 ? "run.retrying.silent" : "run.retrying",
        host,
        status,
        minutes,
        ObjectWait.LONGEST.toMinutes());
  }
}
