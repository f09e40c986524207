package org.hikae.http.faces;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Bounds the forms that the pages take, which the container reads into memory: its own limit is
 * that of the largest object, which is never read so. A body must say how long it is, as browsers
 * do.
 */
@WebFilter("/*")
public class FormLimitFilter extends HttpFilter {

  /** Most bytes of a form; files have a limit of their own below it (web.xml). */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long length = request.getContentLengthLong();
    if (length < 0 && request.getHeader("Transfer-Encoding") != null) {
      response.setStatus(HttpServletResponse.SC_LENGTH_REQUIRED);
    } else if (length > MAX_BYTES) {
      response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    } else {
      chain.doFilter(request, response);
    }
  }
}
