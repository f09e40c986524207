package org.hikae.identity.faces;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.problem.wire.ProblemCode;

/**
 * Pages of the administration that are about the whole company are not for who administers some
 * departments only. What a page does is bounded once more by the use cases behind it.
 */
@WebFilter("/admin/*")
public class ScopePageFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String SUFFIX = ".xhtml";

  /** Pages whose use cases bound what they show; any other is for the whole company. */
  private static final Set<String> FOR_DEPARTMENTS =
      Set.of(
          "overview",
          "search",
          "employees",
          "employee",
          "devices",
          "device",
          "leavers",
          "holds",
          "approvals",
          "audit");

  @Inject private transient CurrentCaller currentCaller;

  /** Whether who administers some departments only may open a page below {@code /admin/}. */
  static boolean isForDepartments(String page) {
    return FOR_DEPARTMENTS.contains(page);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean bounded =
        currentCaller.callerIfAny().filter(caller -> !caller.scope().wholeCompany()).isPresent();
    if (bounded && !isForDepartments(page(request))) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, ProblemCode.WHOLE_COMPANY_NEEDED.code());
    } else {
      chain.doFilter(request, response);
    }
  }

  private static String page(HttpServletRequest request) {
    String below = request.getPathInfo();
    String path = request.getServletPath() + (below == null ? "" : below);
    String page = path.substring(path.lastIndexOf('/') + 1);
    return page.endsWith(SUFFIX) ? page.substring(0, page.length() - SUFFIX.length()) : page;
  }
}
