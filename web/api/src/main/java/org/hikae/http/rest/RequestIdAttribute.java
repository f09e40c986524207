package org.hikae.http.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** The id of a request, kept with it. */
public final class RequestIdAttribute {

  private static final String ATTRIBUTE = RequestIdAttribute.class.getName();

  private RequestIdAttribute() {}

  /** Keeps the id. */
  public static void keep(HttpServletRequest request, UUID id) {
    request.setAttribute(ATTRIBUTE, id);
  }

  /** The id, which every request has that a filter or a resource sees. */
  static UUID of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof UUID id) {
      return id;
    }
    throw new IllegalStateException("The request has no id");
  }
}
