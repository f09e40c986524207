package org.hikae.caller.service;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Lets administrators and programs repeat a request without doing twice what it does (ADR 17).
 *
 * <p>Guarantee: the answer is recorded in the transaction of the act, by the holder of the claim
 * only. So either both are there or neither, whatever is killed; who was overtaken while it was
 * slow is rolled back. A claim that a dead server left is taken over after {@link
 * IdempotencyClaimSteps#LEASE}.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class IdempotentExecution {

  private static final int BUSY_SECONDS = 1;

  /** Tries to claim what others claim at the same moment. */
  private static final int MAX_TRIES = 4;

  @Resource private SessionContext context;
  @Inject private IdempotencyClaimSteps claims;
  @Inject private CurrentCaller currentCaller;

  /**
   * Claims what the caller asks under a key.
   *
   * @param key chosen by the client
   * @param content hash of method, path and body; only a code of it is kept
   * @throws Refusal when the key was used for something else, the first request goes on, its answer
   *     was not kept, or the caller has used too many keys
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public IdempotencyClaim claim(String key, String content) {
    Caller caller = currentCaller.caller();
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<IdempotencyClaim> claim = claims.claim(caller, key, content);
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw Refusal.retryAfter(ProblemCode.BUSY, BUSY_SECONDS);
  }

  /**
   * Acts and records the answer, both or neither.
   *
   * @param act does it within this transaction; an answer that says it was refused is not recorded
   */
  public RecordedAnswer act(IdempotencyClaim.Acquired claim, Supplier<RecordedAnswer> act) {
    RecordedAnswer answer = act.get();
    if (!answer.acted()) {
      return answer;
    }
    if (context.getRollbackOnly()) {
      throw new IllegalStateException("Done by its answer, and rolled back");
    }
    if (!claims.record(claim, answer)) {
      throw Refusal.retryAfter(
          ProblemCode.IDEMPOTENCY_IN_PROGRESS, IdempotencyClaimSteps.IN_PROGRESS_SECONDS);
    }
    return answer;
  }

  /**
   * Does what has transactions of its own or lasts longer than one may, and records the answer
   * afterwards; only for what may be done twice.
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public RecordedAnswer actBeside(IdempotencyClaim.Acquired claim, Supplier<RecordedAnswer> act) {
    RecordedAnswer answer = act.get();
    if (answer.acted()) {
      claims.recordNow(claim, answer);
    }
    return answer;
  }

  /** Nothing was done: the key may be used anew. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void release(IdempotencyClaim.Acquired claim) {
    claims.release(claim);
  }
}
