package org.hikae.device.diagnostics;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.device.AgentException;
import org.hikae.device.http.CallDeadline;
import org.hikae.device.http.HttpReply;
import org.hikae.device.http.HttpTransport;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.enrollment.wire.About;
import org.jspecify.annotations.Nullable;

/**
 * Looks how far one gets on the way to the portal, without a sign-in and in one try. Nothing of the
 * answer is kept but whether it is a portal's, and its date.
 */
public final class PortalReachProbe {

  /** What a portal says of itself is shorter. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private static final int MAX_CAUSES = 10;

  private final HttpTransport transport;
  private final URI server;
  private final Clock clock;
  private final Duration limit;

  /**
   * By a transport that sends nothing twice.
   *
   * @param limit for a connection, and again for the answer
   */
  public PortalReachProbe(HttpTransport transport, URI server, Clock clock, Duration limit) {
    this.transport = transport;
    this.server = server;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * What was found.
   *
   * @param reach {@link PortalReach#OK} when a portal answered
   * @param clockOffsetSeconds how far this clock is ahead of that of whoever answered; absent when
   *     nobody said
   */
  public record PortalReading(PortalReach reach, @Nullable Long clockOffsetSeconds) {}

  /** Looks. */
  public PortalReading look() {
    PortalHttpClient http = new PortalHttpClient(transport, server, "en");
    Instant before = clock.instant();
    long began = System.nanoTime();
    HttpReply reply;
    try {
      reply =
          transport.send(
              http.call("GET", EnrollmentClient.ABOUT)
                  .withMaxAnswerBytes(MAX_ANSWER_BYTES)
                  .withDeadline(new CallDeadline(limit, () -> Duration.ZERO)));
    } catch (AgentException e) {
      boolean late = System.nanoTime() - began >= limit.toNanos();
      return new PortalReading(reach(e, late), null);
    }
    Duration half = Duration.between(before, clock.instant()).dividedBy(2);
    Long offset = offset(reply.header("Date"), before.plus(half));
    return new PortalReading(isPortal(http, reply) ? PortalReach.OK : PortalReach.OTHER, offset);
  }

  private static boolean isPortal(PortalHttpClient http, HttpReply reply) {
    try {
      return reply.granted() && EnrollmentClient.isPortal(http.read(reply, About.class));
    } catch (AgentException e) {
      return false;
    }
  }

  private static PortalReach reach(AgentException failure, boolean late) {
    if (failure.key().equals("network.tls")) {
      return PortalReach.CERTIFICATE;
    }
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .map(PortalReachProbe::reach)
        .filter(reach -> reach != PortalReach.OTHER)
        .findFirst()
        // A connection that is closed when its time is up does not say so.
        .orElse(late ? PortalReach.TIMEOUT : PortalReach.OTHER);
  }

  private static PortalReach reach(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> PortalReach.NO_NAME;
      case SocketTimeoutException _ -> PortalReach.TIMEOUT;
      case ConnectException _, NoRouteToHostException _ -> PortalReach.REFUSED;
      default -> PortalReach.OTHER;
    };
  }

  /** Whoever answers may say any date. */
  private static @Nullable Long offset(String date, Instant now) {
    try {
      Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      long most = Diagnostics.MAX_CLOCK_OFFSET_SECONDS;
      return Math.clamp(Duration.between(theirs, now).toSeconds(), -most, most);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
