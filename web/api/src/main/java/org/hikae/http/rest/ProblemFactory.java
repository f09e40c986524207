package org.hikae.http.rest;

import java.util.Locale;
import java.util.UUID;
import org.hikae.problem.control.ProblemMessages;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;

/** Turns refusals into problem JSON. */
final class ProblemFactory {

  private ProblemFactory() {}

  static Problem of(Refusal refusal, Locale locale, UUID correlationId) {
    ProblemCode code = refusal.code();
    Refusal.QuotaUsage room = refusal.room();
    return new Problem(
        Problem.TYPE_PREFIX + code.code(),
        title(code),
        code.status(),
        ProblemMessages.of(code, locale, refusal.reason()),
        code.code(),
        "urn:uuid:" + correlationId,
        refusal.missing(),
        refusal.maxBytes(),
        room == null ? null : room.usedBytes(),
        room == null ? null : room.allowedBytes(),
        room == null ? null : room.neededBytes(),
        refusal.details());
  }

  private static String title(ProblemCode code) {
    String words = code.code().replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The code for a status that the container or RESTEasy chose. */
  static Refusal ofStatus(int status) {
    return switch (status) {
      case 400 -> Refusal.malformed("");
      case 401 -> Refusal.of(ProblemCode.UNAUTHENTICATED);
      case 403 -> Refusal.of(ProblemCode.FORBIDDEN);
      case 404 -> Refusal.notFound();
      case 405 -> Refusal.of(ProblemCode.METHOD_NOT_ALLOWED);
      case 406 -> Refusal.of(ProblemCode.NOT_ACCEPTABLE);
      case 409 -> Refusal.of(ProblemCode.CONFLICT);
      case 413 -> Refusal.of(ProblemCode.TOO_LARGE);
      case 415 -> Refusal.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
      case 429 -> Refusal.of(ProblemCode.TOO_MANY_REQUESTS);
      default -> Refusal.of(ProblemCode.INTERNAL);
    };
  }
}
