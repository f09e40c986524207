package org.hikae.caller.rest;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hikae.caller.service.AdminApiRateLimit;
import org.hikae.http.rest.ProblemWriter;
import org.hikae.problem.control.Refusal;

/** Refuses who asks too often, before anything is read or done. */
public class RateLimitFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Inject private transient AdminApiRateLimit rateLimit;
  @Inject private transient ProblemWriter problems;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      rateLimit.count(AdminRequestKind.changes(request));
    } catch (Refusal refusal) {
      problems.send(request, response, refusal);
      return;
    }
    chain.doFilter(request, response);
  }
}
