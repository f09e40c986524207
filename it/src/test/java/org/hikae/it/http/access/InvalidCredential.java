package org.hikae.it.http.access;

import java.util.Map;
import java.util.Optional;
import org.hikae.it.client.ApiClient;
import org.hikae.it.http.access.OperationRow.CallerKind;
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
  Optional<ProblemCode> refusal(OperationRow doorway) {
    return switch (kind) {
      case TOKEN, COOKIE, GOOD_COOKIE -> Optional.of(ProblemCode.UNAUTHENTICATED);
      case AGENT -> agentsRefusal(doorway);
      case STRANGER -> Optional.of(forbidden(doorway));
      case SESSION -> ofDevice(doorway, ProblemCode.DEVICE_SESSION_REQUIRED);
      case REVOKED_DEVICE -> ofDevice(doorway, ProblemCode.DEVICE_REVOKED);
      case LEFT -> ofDevice(doorway, ProblemCode.EMPLOYEE_DISABLED);
    };
  }

  private static Optional<ProblemCode> agentsRefusal(OperationRow doorway) {
    if (doorway.may().contains(CallerKind.AGENT)) {
      return Optional.empty();
    }
    return Optional.of(
        doorway.underDevice() ? ProblemCode.DEVICE_SESSION_REQUIRED : forbidden(doorway));
  }

  private static ProblemCode forbidden(OperationRow doorway) {
    return doorway.hasOwnToken() ? ProblemCode.UNAUTHENTICATED : ProblemCode.FORBIDDEN;
  }

  /** Elsewhere the token counts, and a session does not matter. */
  private static Optional<ProblemCode> ofDevice(OperationRow doorway, ProblemCode code) {
    return doorway.underDevice() ? Optional.of(code) : Optional.empty();
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
  ApiClient at(OperationRow doorway, ApiClient anonymous) {
    ApiClient api = anonymous;
    Map<String, String> shown = doorway.isOfDevices() ? ofDevices : headers;
    for (Map.Entry<String, String> header : shown.entrySet()) {
      api = api.with(header.getKey(), header.getValue());
    }
    return api;
  }

  @Override
  public String toString() {
    return "Worthless(" + name + ")";
  }
}
