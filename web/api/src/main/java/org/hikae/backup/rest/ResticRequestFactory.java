package org.hikae.backup.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.hikae.enrollment.view.ResticRequest;

/** What has to be known of a request to a restic repository before it is admitted. */
final class ResticRequestFactory {

  private ResticRequestFactory() {}

  static ResticRequest of(HttpHeaders headers, UriInfo uri) {
    return new ResticRequest(
        headers.getRequestHeaders().getFirst(HttpHeaders.AUTHORIZATION),
        uri.getPathParameters().getFirst("repository"));
  }
}
