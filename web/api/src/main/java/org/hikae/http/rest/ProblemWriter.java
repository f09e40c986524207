package org.hikae.http.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.hikae.problem.service.RequestIds;
import org.hikae.problem.wire.Problem;

/** Problem JSON for what is refused before or behind JAX-RS. */
@ApplicationScoped
public class ProblemWriter {

  /** Sends what the failure means; one that is no refusal is a defect and logged. */
  public void send(HttpServletRequest request, HttpServletResponse response, Throwable failure)
      throws IOException {
    UUID id = RequestIdAttribute.of(request);
    var refusal = ProblemMapper.understand(failure, id);
    Problem problem = ProblemFactory.of(refusal, request.getLocale(), id);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    // Again, because who held an answer back may have reset it.
    response.setHeader(RequestIds.HEADER, id.toString());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    Integer seconds = refusal.retryAfterSeconds();
    if (seconds != null) {
      response.setIntHeader("Retry-After", seconds);
    }
    if (!response.containsHeader(AuthenticationChallenge.HEADER)) {
      // The container says more of a token that it has refused. Others come here for tokens only.
      AuthenticationChallenge.of(refusal.code(), "")
          .ifPresent(challenge -> response.setHeader(AuthenticationChallenge.HEADER, challenge));
    }
    response.getOutputStream().write(StrictJson.bytes(problem));
  }
}
