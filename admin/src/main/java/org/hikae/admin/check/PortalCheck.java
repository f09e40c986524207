package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.Web;

/** Whether the portal serves, by its own word. */
public final class PortalCheck implements Check {

  private final Web web;
  private final URI portal;

  /** Asks the portal at this address, which has no slash at its end. */
  public PortalCheck(Web web, URI portal) {
    this.web = web;
    this.portal = portal;
  }

  @Override
  public String name() {
    return "portal";
  }

  @Override
  public List<Finding> look() {
    try {
      Web.Reply reply = web.get(URI.create(portal + "/api/health/ready"), "");
      JsonNode report = Json.object(reply.text());
      if (reply.status() == 200 && report.path("ready").asBoolean()) {
        return List.of(Finding.of(Code.PORTAL_OK, portal));
      }
      if (report.has("database")) {
        return List.of(
            Finding.of(
                Code.PORTAL_UNREADY,
                report.path("database").asText(),
                report.path("vault").asText()));
      }
      return List.of(Finding.of(Code.PORTAL_SILENT, portal, "status " + reply.status()));
    } catch (IOException e) {
      return List.of(Finding.of(Code.PORTAL_SILENT, portal, Words.of(e)));
    }
  }
}
