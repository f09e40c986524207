package org.hikae.caller.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What requests of administrators do. */
final class AdminRequestKind {

  private static final Set<String> CHANGES = Set.of("POST", "PUT", "DELETE", "PATCH");

  private AdminRequestKind() {}

  /** Whether it may change something; a preview does not. */
  static boolean changes(HttpServletRequest request) {
    return CHANGES.contains(request.getMethod()) && !request.getRequestURI().endsWith("/previews");
  }
}
