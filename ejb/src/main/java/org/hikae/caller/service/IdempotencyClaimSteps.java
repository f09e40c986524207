package org.hikae.caller.service;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hikae.caller.control.IdempotencyRowKey;
import org.hikae.caller.control.RecordedHeaders;
import org.hikae.caller.entity.IdempotentRequest;
import org.hikae.caller.store.IdempotentRequestStore;
import org.hikae.caller.view.Caller;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.service.SettingsKeyProvider;

/** The rows behind {@link IdempotentExecution}, each step in a transaction of its own. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class IdempotencyClaimSteps {

  /** How long an answer is given again. */
  public static final Duration KEPT = Duration.ofHours(24);

  /** After this another request may do what the holder of a claim has not done. */
  public static final Duration LEASE = Duration.ofMinutes(1);

  /** Most keys of one person or program within {@link #KEPT}. */
  public static final int MAX_KEYS = 10_000;

  /** When to ask again for what goes on. */
  static final int IN_PROGRESS_SECONDS = 2;

  private static final int TOO_MANY_SECONDS = 3600;
  private static final int TOKEN_BYTES = 16;
  private static final String PURPOSE = "idempotent requests";

  @Resource private SessionContext context;
  @Inject private IdempotentRequestStore requests;
  @Inject private SettingsKeyProvider settingsKey;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /**
   * Claims a request; empty when somebody else did at this moment, so that it must be read.
   *
   * @param content a hash of what is asked. It may hold a password, so that only a code of it is
   *     kept, against which no reader of the database can try guesses
   */
  public Optional<IdempotencyClaim> claim(Caller caller, String key, String content) {
    String actor = IdempotencyRowKey.actor(caller.issuer(), caller.subject());
    String id = IdempotencyRowKey.request(actor, key);
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    IdempotencyClaim.Acquired mine =
        new IdempotencyClaim.Acquired(id, HexFormat.of().formatHex(token));
    Instant now = clock.instant();
    String code = code(content);
    Optional<IdempotentRequest> known = requests.lock(id);
    if (known.isPresent()) {
      // Releases before 1.1 kept the hash itself; a day after the upgrade there is none.
      boolean same = List.of(code, content).contains(known.get().content());
      return Optional.of(again(known.get(), mine, code, same, now));
    }
    if (requests.countOf(actor, MAX_KEYS) >= MAX_KEYS) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, TOO_MANY_SECONDS);
    }
    if (!requests.add(new IdempotentRequest(id, actor, code, mine.token(), now, now.plus(LEASE)))) {
      context.setRollbackOnly();
      return Optional.empty();
    }
    return Optional.of(mine);
  }

  private String code(String content) {
    byte[] code = settingsKey.load().code(PURPOSE, content.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(code);
  }

  private static IdempotencyClaim again(
      IdempotentRequest known,
      IdempotencyClaim.Acquired mine,
      String code,
      boolean same,
      Instant now) {
    Integer status = known.status();
    boolean held = status == null && now.isBefore(known.claimedUntil());
    boolean forgotten = !held && !known.madeAt().plus(KEPT).isAfter(now);
    if (!forgotten && !same) {
      throw Refusal.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }
    if (held) {
      throw Refusal.retryAfter(ProblemCode.IDEMPOTENCY_IN_PROGRESS, IN_PROGRESS_SECONDS);
    }
    if (status == null || forgotten) {
      known.claimAnew(code, mine.token(), now, now.plus(LEASE));
      return mine;
    }
    String body = known.body();
    if (body == null) {
      throw Refusal.of(ProblemCode.IDEMPOTENCY_ANSWER_NOT_KEPT);
    }
    return new IdempotencyClaim.Done(
        new RecordedAnswer(status, RecordedHeaders.read(known.headers()), body));
  }

  /** Records the answer in the caller's transaction; false when the claim was taken over. */
  @TransactionAttribute(TransactionAttributeType.MANDATORY)
  public boolean record(IdempotencyClaim.Acquired claim, RecordedAnswer answer) {
    String headers = RecordedHeaders.write(answer.headers());
    boolean fits =
        headers.length() <= IdempotentRequestStore.MAX_HEADERS_CHARS
            && IdempotencyRowKey.bytes(answer.body()) <= IdempotentRequestStore.MAX_BODY_BYTES;
    return requests.answer(
        claim.requestId(),
        claim.token(),
        answer.status(),
        fits ? headers : "",
        fits ? answer.body() : null);
  }

  /** Records the answer at once. */
  public boolean recordNow(IdempotencyClaim.Acquired claim, RecordedAnswer answer) {
    return record(claim, answer);
  }

  /** Removes a claim that led to nothing. */
  public void release(IdempotencyClaim.Acquired claim) {
    requests.release(claim.requestId(), claim.token());
  }

  /** Forgets some of what is older than a day; whether there may be more. */
  public boolean forget() {
    return requests.forget(clock.instant().minus(KEPT)) == IdempotentRequestStore.STEP;
  }
}
