package org.hikae.rollout.faces;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The address that the list of campaigns had once leads to where it is now: bookmarks go on. Who
 * may not open the one may not open the other.
 */
@WebServlet({"/admin/campaigns", "/admin/campaigns.xhtml"})
public class CampaignsAddressServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendRedirect(request.getContextPath() + "/admin/rollout#campaigns-title");
  }
}
