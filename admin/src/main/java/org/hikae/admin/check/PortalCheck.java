package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.WebClient;

/** Whether the portal serves, by its own word. */
public final class PortalCheck implements InstallationCheck {

  private final WebClient web;
  private final URI portal;

  /** Asks the portal at this address, which has no slash at its end. */
  public PortalCheck(WebClient web, URI portal) {
    this.web = web;
    this.portal = portal;
  }

  @Override
  public String name() {
    return "portal";
  }

  @Override
  public List<DoctorFinding> look() {
    try {
      WebClient.WebReply reply = web.get(URI.create(portal + "/api/health/ready"), "");
      JsonNode report = ResponseJson.object(reply.text());
      if (reply.status() == 200 && report.path("ready").asBoolean()) {
        return List.of(DoctorFinding.of(FindingCode.PORTAL_OK, portal));
      }
      if (report.has("database")) {
        return List.of(
            DoctorFinding.of(
                FindingCode.PORTAL_UNREADY,
                report.path("database").asText(),
                report.path("vault").asText()));
      }
      return List.of(
          DoctorFinding.of(FindingCode.PORTAL_SILENT, portal, "status " + reply.status()));
    } catch (IOException e) {
      return List.of(DoctorFinding.of(FindingCode.PORTAL_SILENT, portal, ExceptionText.of(e)));
    }
  }
}
