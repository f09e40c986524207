package org.hikae.problem.wire;

/**
 * Stable codes of the portal's refusals. In problem JSON the type is {@code urn:hikae:problem:} and
 * the code. Once released a code keeps its meaning; each has its sentence in the message bundle and
 * its line on the API page.
 */
public enum ProblemCode {
  /** No token, or one that is not accepted. */
  UNAUTHENTICATED("unauthenticated", 401),
  /** No device session, or an expired one: sign a new nonce. */
  DEVICE_SESSION_REQUIRED("device-session-required", 401),
  /** The caller's role or client may not do this. */
  FORBIDDEN("forbidden", 403),
  /** The device was revoked. */
  DEVICE_REVOKED("device-revoked", 403),
  /** The device is paused. */
  DEVICE_PAUSED("device-paused", 403),
  /** The employee's account is disabled. */
  EMPLOYEE_DISABLED("employee-disabled", 403),
  /** The offer has not reached this employee yet. */
  NOT_OFFERED_YET("not-offered-yet", 403),
  /** Opt in first. */
  NOT_OPTED_IN("not-opted-in", 403),
  /** Backups pause until the employee agrees to the current consent text. */
  CONSENT_REQUIRED("consent-required", 403),
  /** The policy allows no such protection of the key, or asks for another one too. */
  KEY_METHOD_NOT_ALLOWED("key-method-not-allowed", 403),
  /** The agent is older than the policy allows for backing up. */
  AGENT_OUTDATED("agent-outdated", 403),
  /** The sign-in is too old for this: sign in again (RFC 9470). */
  REAUTHENTICATE("reauthenticate", 401),
  /** A second person must do this: neither who asked for it nor whom it concerns. */
  ANOTHER_PERSON("another-person", 403),
  /** This concerns more than the departments that the caller administers. */
  WHOLE_COMPANY_NEEDED("whole-company-needed", 403),
  /** Restic has this object already: nothing is ever overwritten. */
  OBJECT_EXISTS("object-exists", 403),
  /** The policy does not allow restic to release what it stored. */
  RELEASE_NOT_ALLOWED("release-not-allowed", 403),
  /** An alarm about changed files stands: nothing is released meanwhile. */
  RELEASE_FROZEN("release-frozen", 409),
  /** There is no such thing, or it is not the caller's. */
  NOT_FOUND("not-found", 404),
  /** The HTTP method is not offered here. */
  METHOD_NOT_ALLOWED("method-not-allowed", 405),
  /** Accept or Content-Type cannot be served. */
  NOT_ACCEPTABLE("not-acceptable", 406),
  /** What is there already contradicts the request. */
  CONFLICT("conflict", 409),
  /** The employee has an active set already. */
  SET_EXISTS("set-exists", 409),
  /** The wrap is the last one that protects K: say that it may go all the same. */
  LAST_WRAP("last-wrap", 409),
  /** A legal hold stands: nothing of this employee's is erased. */
  LEGAL_HOLD("legal-hold", 409),
  /** Most protection would be gone: the word in {@code detail} must be sent with the request. */
  CONFIRMATION_REQUIRED("confirmation-required", 409),
  /** The request for approval was decided, withdrawn or has expired. */
  APPROVAL_CLOSED("approval-closed", 409),
  /** This may be done to somebody who left only; the employee's account can be used. */
  EMPLOYEE_ACTIVE("employee-active", 409),
  /** Who asked for this is no administrator any more: somebody who is has to ask for it. */
  REQUESTER_NOT_ADMIN("requester-not-admin", 409),
  /** K was rotated: the set is of a later generation than the request. */
  KEY_ROTATED("key-rotated", 409),
  /** The consent text was replaced by a newer version: show that one. */
  CONSENT_OUTDATED("consent-outdated", 409),
  /** The employee has as many devices as their policy allows. */
  TOO_MANY_DEVICES("too-many-devices", 409),
  /** The snapshot does not continue the series' last one. */
  SERIES_CONFLICT("series-conflict", 409),
  /** The snapshot lists objects that are not stored; {@code missing} names them. */
  MISSING_OBJECTS("missing-objects", 409),
  /** The newest snapshot of a device that still backs up stays: the next one builds on it. */
  NEWEST_SNAPSHOT("newest-snapshot", 409),
  /**
   * Somebody else changed it since it was read; {@code details} has what stands and what was sent.
   */
  EDITED_MEANWHILE("edited-meanwhile", 412),
  /** The request that first used this Idempotency-Key has not been answered yet. */
  IDEMPOTENCY_IN_PROGRESS("idempotency-in-progress", 409),
  /** This was done, but its answer was too large to be kept: look at what stands. */
  IDEMPOTENCY_ANSWER_NOT_KEPT("idempotency-answer-not-kept", 409),
  /** The Idempotency-Key was used for something else within the last 24 hours. */
  IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422),
  /** The snapshot was removed; its stub says by which rule and when. */
  SNAPSHOT_REMOVED("snapshot-removed", 410),
  /** The request does not say how long its body is. */
  LENGTH_REQUIRED("length-required", 411),
  /** The body is larger than allowed; {@code maxBytes} says how much. */
  TOO_LARGE("too-large", 413),
  /** The Content-Type is not the expected one. */
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415),
  /** The Range cannot be served. */
  RANGE_NOT_SATISFIABLE("range-not-satisfiable", 416),
  /** The request's form is wrong. */
  MALFORMED("malformed", 400),
  /** Rows of a list are wrong and nothing was taken; {@code details} names each. */
  ROWS_REFUSED("rows-refused", 400),
  /** The object's name is not the SHA-256 of the body. */
  NAME_MISMATCH("name-mismatch", 400),
  /** The body ended before its stated length. */
  TRUNCATED("truncated", 400),
  /** A signature does not verify. */
  BAD_SIGNATURE("bad-signature", 400),
  /** Too many requests of this kind; Retry-After says when. */
  TOO_MANY_REQUESTS("too-many-requests", 429),
  /** A defect; the correlation id finds it in the log. */
  INTERNAL("internal", 500),
  /** The employee's quota has no room for this; the three figures say how it stands. */
  QUOTA_EXCEEDED("quota-exceeded", 507),
  /** The vault does not answer. */
  VAULT_UNAVAILABLE("vault-unavailable", 503),
  /** Too many bodies in flight; Retry-After says when. */
  BUSY("busy", 503),
  /** The portal's database does not answer; Retry-After says when. */
  STORAGE_UNAVAILABLE("storage-unavailable", 503),
  /** The volume of the portal's database is full; nothing of the request was kept. */
  STORAGE_FULL("storage-full", 507);

  private final String code;
  private final int status;

  ProblemCode(String code, int status) {
    this.code = code;
    this.status = status;
  }

  /** The code in problem JSON. */
  public String code() {
    return code;
  }

  /** The HTTP status it is sent with. */
  public int status() {
    return status;
  }
}
