package org.hikae.http.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Passes over {@link AcceptHeaders} that cannot be read, as if the client had not said them. Also
 * where the container answers by the error page, which is a resource like others.
 */
public class AcceptHeaderFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new AcceptHeaderRequest(request), response);
  }

  private static final class AcceptHeaderRequest extends HttpServletRequestWrapper {

    AcceptHeaderRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      Enumeration<String> values = getHeaders(name);
      return values.hasMoreElements() ? values.nextElement() : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      List<String> values = Collections.list(super.getHeaders(name));
      values.removeIf(value -> !AcceptHeaders.readable(name.toLowerCase(Locale.ROOT), value));
      return Collections.enumeration(values);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(name -> !getHeaders(name).hasMoreElements());
      return Collections.enumeration(names);
    }

    @Override
    public @Nullable String getContentType() {
      return getHeader("Content-Type");
    }
  }
}
