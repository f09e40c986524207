package org.hikae.it.http.access;

import java.util.Map;
import java.util.Optional;
import org.hikae.it.client.ApiClient;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.problem.wire.ProblemCode;

/**
 * A credential that is worth nothing, or nothing at most places.
 *
 * @param name what is wrong with it
 * @param kind what it is
 * @param headers by which it is shown
 * @param ofDevices the same where a device asks
 */
record InvalidCredential(
    String name, Kind kind, Map<String, String> headers, Map<String, String> ofDevices) {

  /** What is shown, and what it is good for all the same. */
  enum Kind {
    /** In place of an access token. */
    TOKEN,
    /** A good token of the agent's client, by which devices are enrolled. */
    AGENT,
    /** A token for this API that another client of the realm got. */
    STRANGER,
    /** In place of a device session; the token is good. */
    SESSION,
    /** The session of a device that was revoked. */
    REVOKED_DEVICE,
    /** Token and session of somebody whose account was disabled. */
    LEFT,
    /** In place of the pages' cookie. */
    COOKIE,
    /** The pages' cookie of somebody who has signed in: good there. */
    GOOD_COOKIE
  }

  InvalidCredential(String name, Kind kind, Map<String, String> headers) {
    this(name, kind, headers, headers);
  }

  /** How it is refused at an operation that is not for everybody; empty where it is good. */
  Optional<ProblemCode> refusal(OperationAccess operationAccess) {
    return switch (kind) {
      case TOKEN, COOKIE, GOOD_COOKIE -> Optional.of(ProblemCode.UNAUTHENTICATED);
      case AGENT -> agentsRefusal(operationAccess);
      case STRANGER -> Optional.of(forbidden(operationAccess));
      case SESSION -> ofDevice(operationAccess, ProblemCode.DEVICE_SESSION_REQUIRED);
      case REVOKED_DEVICE -> ofDevice(operationAccess, ProblemCode.DEVICE_REVOKED);
      case LEFT -> ofDevice(operationAccess, ProblemCode.EMPLOYEE_DISABLED);
    };
  }

  private static Optional<ProblemCode> agentsRefusal(OperationAccess operationAccess) {
    if (operationAccess.may().contains(CallerKind.AGENT)) {
      return Optional.empty();
    }
    return Optional.of(
        operationAccess.underDevice()
            ? ProblemCode.DEVICE_SESSION_REQUIRED
            : forbidden(operationAccess));
  }

  private static ProblemCode forbidden(OperationAccess operationAccess) {
    return operationAccess.hasOwnToken() ? ProblemCode.UNAUTHENTICATED : ProblemCode.FORBIDDEN;
  }

  /** Elsewhere the token counts, and a session does not matter. */
  private static Optional<ProblemCode> ofDevice(OperationAccess operationAccess, ProblemCode code) {
    return operationAccess.underDevice() ? Optional.of(code) : Optional.empty();
  }

  /** Whether it is tried at the pages, as a bearer token. */
  boolean isBearerOfPages() {
    return kind == Kind.TOKEN || kind == Kind.AGENT;
  }

  /** Whether it is tried at the pages, as a cookie. */
  boolean isCookieOfPages() {
    return kind == Kind.COOKIE;
  }

  /** Who asks an operation with it. */
  ApiClient at(OperationAccess operationAccess, ApiClient anonymous) {
    ApiClient api = anonymous;
    Map<String, String> shown = operationAccess.isOfDevices() ? ofDevices : headers;
    for (Map.Entry<String, String> header : shown.entrySet()) {
      api = api.with(header.getKey(), header.getValue());
    }
    return api;
  }

  @Override
  public String toString() {
    return "InvalidCredential(" + name + ")";
  }
}
