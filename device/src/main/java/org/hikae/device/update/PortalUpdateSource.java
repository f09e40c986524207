package org.hikae.device.update;

import java.io.IOException;
import org.hikae.device.AgentException;
import org.hikae.device.http.HttpCall;
import org.hikae.device.portal.PortalHttpClient;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.enrollment.update.wire.UpdateSource;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The files of updates that the portal hands out, asked for without a token. The portal is the
 * suspect: no answer may be longer than what is asked for.
 */
public final class PortalUpdateSource implements UpdateSource {

  private static final String PATH = "/public/updates/";

  private final PortalHttpClient http;

  /** Of the portal that is spoken to here. */
  public PortalUpdateSource(PortalHttpClient http) {
    this.http = http;
  }

  @Override
  public byte @Nullable [] get(String file) throws IOException {
    try {
      return body(file, UpdateVerifier.MAX_FILE_BYTES);
    } catch (PortalRefusalException e) {
      if (e.is(ProblemCode.NOT_FOUND)) {
        return null;
      }
      throw new IOException(e);
    } catch (AgentException e) {
      throw new IOException(e);
    }
  }

  /** A part of a package, which may be anything of at most this length. */
  byte[] part(UpdateTarget target, int number, int length) throws AgentException {
    return body("packages/" + target.fileName() + "/" + number, length);
  }

  private byte[] body(String path, int most) throws AgentException {
    HttpCall call = http.call("GET", PATH + path).withHeader("Accept", "*/*");
    // A refusal is longer than some parts are.
    return http.open(call.withMaxAnswerBytes(Math.max(most, UpdateVerifier.MAX_FILE_BYTES))).body();
  }
}
