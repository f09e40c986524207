package org.hikae.http.rest;

import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hikae.audit.boundary.RefusalAudit;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.StorageFailureClassifier;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The one way an exception becomes an answer: refusals, whether ours or the container's, become
 * problem JSON with their code, and so does a database that is down or full. Anything else is a
 * defect: it is logged once with a correlation id, and the client gets the id and nothing about the
 * inside.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  /** Refusals that leave a trace: somebody tried what they may not do. */
  private static final Set<ProblemCode> FORBIDDING =
      Set.of(ProblemCode.FORBIDDEN, ProblemCode.ANOTHER_PERSON, ProblemCode.WHOLE_COMPANY_NEEDED);

  /** How deep the cause of an exception is looked for. */
  private static final int MAX_CAUSES = 10;

  @Context private HttpHeaders headers;
  @Context private UriInfo uri;
  @Context private Request request;
  @Context private HttpServletRequest servletRequest;

  @Inject private RefusalAudit refusalAudit;

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
      // Not a failure: RESTEasy answers OPTIONS by throwing.
      return web.getResponse();
    }
    UUID id = RequestIdAttribute.of(servletRequest);
    Refusal refusal = understand(failure, id);
    String path = uri.getPath().replaceFirst("^/", "");
    if (FORBIDDING.contains(refusal.code())) {
      refusalAudit.forbidden(request.getMethod() + " /" + path);
    }
    Response.ResponseBuilder answer =
        Response.status(refusal.code().status())
            .type(Problem.MEDIA_TYPE)
            .entity(ProblemFactory.of(refusal, locale(), id));
    Integer seconds = refusal.retryAfterSeconds();
    if (seconds != null) {
      answer.header(HttpHeaders.RETRY_AFTER, seconds);
    }
    AuthenticationChallenge.of(refusal.code(), path)
        .ifPresent(challenge -> answer.header(AuthenticationChallenge.HEADER, challenge));
    if (refusal.code() == ProblemCode.RANGE_NOT_SATISFIABLE) {
      // RFC 9110, section 14.4: how long it is.
      answer.header("Content-Range", "bytes */" + refusal.reason());
    }
    if (failure instanceof WebApplicationException web) {
      // A 405 names the methods that there are.
      answer.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return answer.build();
  }

  /** What the failure means to the client; a defect is logged. */
  static Refusal understand(Throwable failure, UUID id) {
    Refusal refusal =
        refusalIn(failure)
            .or(() -> storageTrouble(failure, id))
            .orElse(Refusal.of(ProblemCode.INTERNAL));
    if (refusal.code() == ProblemCode.INTERNAL) {
      LOG.log(System.Logger.Level.ERROR, "Request failed, correlation id " + id, failure);
    }
    return refusal;
  }

  /** One line in the log for each: while a database is down there may be thousands. */
  private static Optional<Refusal> storageTrouble(Throwable failure, UUID id) {
    Optional<Refusal> trouble = StorageFailureClassifier.behind(failure);
    trouble.ifPresent(
        refusal ->
            LOG.log(
                System.Logger.Level.WARNING,
                refusal.code().code() + ", correlation id " + id + ": " + failure));
    return trouble;
  }

  private Locale locale() {
    return AnswerLanguage.of(headers);
  }

  static Optional<Refusal> refusalIn(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof Refusal refusal) {
        return Optional.of(refusal);
      }
      if (cause instanceof EJBAccessException) {
        return Optional.of(Refusal.of(ProblemCode.FORBIDDEN));
      }
      if (cause instanceof WebApplicationException web && web.getCause() == null) {
        return Optional.of(ProblemFactory.ofStatus(web.getResponse().getStatus()));
      }
      cause = cause.getCause();
    }
    // JAX-RS found what the request says to be wrong, and says how it noticed.
    return failure instanceof WebApplicationException web && web.getResponse().getStatus() < 500
        ? Optional.of(ProblemFactory.ofStatus(web.getResponse().getStatus()))
        : Optional.empty();
  }
}
