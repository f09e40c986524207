package org.hikae.caller.rest;

import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.caller.service.IdempotencyClaim;
import org.hikae.caller.service.IdempotentExecution;
import org.hikae.caller.service.RecordedAnswer;
import org.hikae.http.rest.ProblemWriter;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Does what is asked with an {@code Idempotency-Key} once, and answers repeats with the first
 * answer. It stands before JAX-RS, so that no resource knows of it: the whole call runs within
 * {@link IdempotentExecution}, and its answer is held back until it is committed.
 */
public class IdempotencyFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** Largest body of any operation here, in bytes: the list of a wave. */
  private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  /** Says that an answer is one of before. */
  private static final String REPLAYED = "Idempotent-Replayed";

  /** What reads the directory commits page by page and may last longer than a transaction. */
  private static final String DIRECTORY = "/v1/admin/directory/";

  @Inject private transient IdempotentExecution idempotentExecution;
  @Inject private transient ProblemWriter problems;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> keys = Collections.list(request.getHeaders(IdempotencyKey.HEADER));
    if (keys.isEmpty() || !AdminRequestKind.changes(request)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      String key = IdempotencyKey.parse(keys);
      BufferedRequest read = new BufferedRequest(request, MAX_BODY_BYTES);
      Optional<IdempotencyClaim> claim = claim(key, read);
      switch (claim.orElse(null)) {
        case IdempotencyClaim.Done done -> replay(done.first(), response);
        case IdempotencyClaim.Acquired mine -> actOnce(mine, read, response, chain);
        // Not for the caller: the operation says so itself, and leaves its trace.
        case null -> chain.doFilter(read, response);
      }
    } catch (RuntimeException e) {
      if (!response.isCommitted()) {
        response.reset();
        problems.send(request, response, e);
      }
    }
  }

  private Optional<IdempotencyClaim> claim(String key, BufferedRequest request) {
    String query = request.getQueryString();
    String uri = request.getRequestURI() + (query == null ? "" : "?" + query);
    try {
      return Optional.of(
          idempotentExecution.claim(
              key, IdempotencyKey.content(request.getMethod(), uri, request.body())));
    } catch (EJBAccessException e) {
      return Optional.empty();
    } catch (Refusal refusal) {
      if (refusal.code() == ProblemCode.FORBIDDEN) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private void actOnce(
      IdempotencyClaim.Acquired claim,
      BufferedRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException {
    BufferedResponse held = new BufferedResponse(response);
    Supplier<RecordedAnswer> act =
        () -> {
          pass(request, held, chain);
          return held.answer();
        };
    boolean acted = false;
    try {
      boolean beside = request.getRequestURI().startsWith(request.getContextPath() + DIRECTORY);
      acted =
          (beside ? idempotentExecution.actBeside(claim, act) : idempotentExecution.act(claim, act))
              .acted();
    } finally {
      if (!acted) {
        // Removes nothing that was answered: a commit whose success got lost on the way stays.
        idempotentExecution.release(claim);
      }
    }
    held.send();
  }

  private static void pass(BufferedRequest request, BufferedResponse response, FilterChain chain) {
    try {
      chain.doFilter(request, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void replay(RecordedAnswer first, HttpServletResponse response)
      throws IOException {
    response.setStatus(first.status());
    first.headers().forEach(response::setHeader);
    response.setHeader(REPLAYED, "true");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    byte[] body = first.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }
}
