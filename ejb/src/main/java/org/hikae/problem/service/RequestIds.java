package org.hikae.problem.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request: in its answer, in a refusal, and in each line of the log that the request
 * causes, so that one is found by the other.
 */
@ApplicationScoped
public class RequestIds {

  /** The header in which a client names its id, and the answer the one that counts. */
  public static final String HEADER = "X-Request-Id";

  /** The member of the log's lines. */
  private static final String MEMBER = "requestId";

  /** A UUID, with its dashes or, as some proxies write it, without. */
  private static final Pattern FORM =
      Pattern.compile(
          "(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})"
              + "-?(\\p{XDigit}{12})");

  private final CorrelationIds random;

  /** For the container's proxies. */
  protected RequestIds() {
    this(new CorrelationIds());
  }

  /** Draws what a client does not name. */
  @Inject
  public RequestIds(CorrelationIds random) {
    this.random = random;
  }

  /**
   * The id of a request.
   *
   * @param given what the client named; anything but a UUID is left out of account
   */
  public UUID of(@Nullable String given) {
    Matcher form = FORM.matcher(given == null ? "" : given);
    return form.matches() ? UUID.fromString(form.replaceFirst("$1-$2-$3-$4-$5")) : random.next();
  }

  /** What this thread logs belongs to the request, until {@link #leave}. */
  public void enter(UUID id) {
    MDC.put(MEMBER, id.toString());
  }

  /** The request is answered. */
  public void leave() {
    MDC.remove(MEMBER);
  }
}
