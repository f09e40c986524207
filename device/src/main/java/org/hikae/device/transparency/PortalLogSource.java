package org.hikae.device.transparency;

import java.io.IOException;
import org.hikae.device.AgentException;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.TilePath;

/** The files of the portal's log, asked for without a token, as everybody asks (HK1-X-08). */
public final class PortalLogSource implements LogFileSource {

  /** The portal is the suspect: nothing of it may be larger than the largest bundle. */
  private static final int MAX_FILE_BYTES = TilePath.FULL * (2 + LogEntry.MAX_BYTES);

  private final PortalHttpClient http;

  /** Of the portal that is spoken to here. */
  public PortalLogSource(PortalHttpClient http) {
    this.http = http;
  }

  @Override
  public byte[] get(String path) throws IOException {
    try {
      return http.open(
              http.call("GET", "/public/log/" + path)
                  .withHeader("Accept", "*/*")
                  .withMaxAnswerBytes(MAX_FILE_BYTES))
          .body();
    } catch (AgentException e) {
      throw new IOException(e);
    }
  }

  /** Whether the portal has answered that it does not give it, as one from before logs does. */
  static boolean isRefusal(IOException failure) {
    return failure.getCause() instanceof PortalRefusalException;
  }
}
