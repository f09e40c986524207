package org.hikae.problem.control;

import jakarta.ejb.ApplicationException;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The one way a use case says no. It rolls the transaction back, reaches the client as problem JSON
 * with a stable code, and is not a defect: it is not logged as one. The message is for the log and
 * holds no secret; people read the sentence of the code in their language, see {@link
 * ProblemMessages}.
 */
@ApplicationException(rollback = true)
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient @Nullable List<String> missing;
  private final @Nullable Long maxBytes;
  private final @Nullable Integer retryAfterSeconds;
  private final transient @Nullable QuotaUsage room;
  private final transient @Nullable Record details;

  /**
   * How a quota stands.
   *
   * @param usedBytes live bytes
   * @param allowedBytes the quota
   * @param neededBytes what would have been added
   */
  public record QuotaUsage(long usedBytes, long allowedBytes, long neededBytes) {}

  private Refusal(
      ProblemCode code,
      String message,
      @Nullable List<String> missing,
      @Nullable Long maxBytes,
      @Nullable Integer retryAfterSeconds,
      @Nullable QuotaUsage room,
      @Nullable Record details) {
    super(message, null, false, false);
    this.code = code;
    this.missing = missing;
    this.maxBytes = maxBytes;
    this.retryAfterSeconds = retryAfterSeconds;
    this.room = room;
    this.details = details;
  }

  /** A refusal that needs no more than its code. */
  public static Refusal of(ProblemCode code) {
    return new Refusal(code, code.code(), null, null, null, null, null);
  }

  /** There is no such thing, or it is not the caller's: the two never differ. */
  public static Refusal notFound() {
    return of(ProblemCode.NOT_FOUND);
  }

  /** The request's form is wrong; {@code what} names the field and the bound, never the value. */
  public static Refusal malformed(String what) {
    return new Refusal(ProblemCode.MALFORMED, what, null, null, null, null, null);
  }

  /** The request's form is wrong. */
  public static Refusal malformed(MalformedException e) {
    return malformed(String.valueOf(e.getMessage()));
  }

  /** The change must be confirmed by sending {@code word} with it. */
  public static Refusal confirmationRequired(String word) {
    return new Refusal(ProblemCode.CONFIRMATION_REQUIRED, word, null, null, null, null, null);
  }

  /** The body is larger than {@code maxBytes}. */
  public static Refusal tooLarge(long maxBytes) {
    return new Refusal(
        ProblemCode.TOO_LARGE, "too-large: " + maxBytes, null, maxBytes, null, null, null);
  }

  /**
   * A snapshot lists objects that are not stored; at most {@link Problem#MAX_MISSING} are named.
   */
  public static Refusal missingObjects(List<String> names) {
    List<String> named = names.stream().limit(Problem.MAX_MISSING).toList();
    return new Refusal(
        ProblemCode.MISSING_OBJECTS,
        names.size() + " objects are missing",
        named,
        null,
        null,
        null,
        null);
  }

  /** No byte of an object of this length lies in the range that was asked for. */
  public static Refusal rangeNotSatisfiable(long length) {
    String reason = Long.toString(length);
    return new Refusal(ProblemCode.RANGE_NOT_SATISFIABLE, reason, null, null, null, null, null);
  }

  /** Not now; the client should wait. */
  public static Refusal retryAfter(ProblemCode code, int seconds) {
    return new Refusal(code, code.code(), null, null, seconds, null, null);
  }

  /** The employee's quota has no room. */
  public static Refusal quotaExceeded(QuotaUsage room) {
    return new Refusal(
        ProblemCode.QUOTA_EXCEEDED, "quota-exceeded: " + room, null, null, null, room, null);
  }

  /**
   * A refusal that says more.
   *
   * @param details a record that may be shown to whoever asked
   */
  public static Refusal with(ProblemCode code, Record details) {
    return new Refusal(code, code.code(), null, null, null, null, details);
  }

  /** The stable code. */
  public ProblemCode code() {
    return code;
  }

  /**
   * What is wrong with the form, for {@link ProblemCode#MALFORMED}; the word to send, for {@link
   * ProblemCode#CONFIRMATION_REQUIRED}; the object's length, for {@link
   * ProblemCode#RANGE_NOT_SATISFIABLE}; otherwise a text for the log.
   */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Names of missing objects. */
  public @Nullable List<String> missing() {
    return missing;
  }

  /** The limit that was passed. */
  public @Nullable Long maxBytes() {
    return maxBytes;
  }

  /** More about it, if there is any. */
  public @Nullable Record details() {
    return details;
  }

  /** How the quota stands. */
  public @Nullable QuotaUsage room() {
    return room;
  }

  /** When to try again. */
  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
