package org.hikae.admin.port;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.TilePath;

/** The files of a portal's transparency log, within limits of time and size. */
public final class HttpLogSource {

  private static final int OK = 200;

  /** The portal is the suspect: nothing of it may be larger than the largest bundle. */
  private static final int MAX_FILE_BYTES = TilePath.FULL * (2 + LogEntry.MAX_BYTES);

  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);
  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  private HttpLogSource() {}

  /** Those of a portal at this address, with or without slashes at its end. */
  public static LogFileSource of(String portal, SSLContext tls, Clock clock) {
    WebClient web = new HttpWebClient(tls, clock, MAX_FILE_BYTES, LONGEST_ANSWER);
    String address = portal.replaceFirst("/*$", "/api/public/log/");
    Instant until = clock.instant().plus(LONGEST_RUN);
    return path -> {
      if (clock.instant().isAfter(until)) {
        throw new IOException("not read within " + LONGEST_RUN.toHours() + " hours");
      }
      WebClient.WebReply reply = web.get(URI.create(address + path), "");
      if (reply.status() != OK) {
        throw new IOException(path + ": " + reply.status());
      }
      return reply.body();
    };
  }
}
