package org.hikae.admin.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.WebClient;
import org.hikae.identity.wire.RealmNames;

/** Whether the portal's clients sign in with their secrets, and the service accounts may read. */
public final class ServiceAccountCheck implements InstallationCheck {

  private static final String NOBODY = "hikae-doctor-nobody";
  private static final int UNAUTHORISED = 401;

  private final KeycloakClient keycloak;
  private final PortalSettings settings;

  /** Tries the clients with the secrets of these settings. */
  public ServiceAccountCheck(WebClient web, PortalSettings settings) {
    this.keycloak = new KeycloakClient(web, settings.realm());
    this.settings = settings;
  }

  @Override
  public String name() {
    return "account";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    pages(findings);
    service(
        RealmNames.DIRECTORY_CLIENT,
        "HIKAE_DIRECTORY_SECRET",
        List.of("/users", "/groups"),
        findings);
    if (settings.text("HIKAE_SESSIONS_SECRET").isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.ACCOUNT_NONE, RealmNames.SESSIONS_CLIENT));
    } else {
      service(RealmNames.SESSIONS_CLIENT, "HIKAE_SESSIONS_SECRET", List.of("/users"), findings);
    }
    return findings;
  }

  /**
   * The pages' client has no account of its own. It is asked for what it may not do: Keycloak looks
   * at the secret first.
   */
  private void pages(List<DoctorFinding> findings) {
    String client = RealmNames.PORTAL_CLIENT;
    String setting = "HIKAE_PORTAL_SECRET";
    try {
      KeycloakClient.Grant grant =
          keycloak.byPassword(client, settings.text(setting), NOBODY, NOBODY);
      if (grant.status() == UNAUTHORISED && !grant.error().equals("invalid_grant")) {
        findings.add(DoctorFinding.of(FindingCode.ACCOUNT_REFUSED, client, setting));
      } else if (grant.granted() || grant.error().equals("invalid_grant")) {
        findings.add(DoctorFinding.of(FindingCode.REALM_GRANT, client));
      } else {
        findings.add(DoctorFinding.of(FindingCode.ACCOUNT_OK, client));
      }
    } catch (IOException e) {
      findings.add(DoctorFinding.of(FindingCode.ACCOUNT_SILENT, client, ExceptionText.of(e)));
    }
  }

  private void service(
      String client, String setting, List<String> reads, List<DoctorFinding> findings) {
    try {
      KeycloakClient.Grant grant = keycloak.byClient(client, settings.text(setting));
      if (!grant.granted()) {
        findings.add(DoctorFinding.of(FindingCode.ACCOUNT_REFUSED, client, setting));
        return;
      }
      boolean reading = true;
      for (String what : reads) {
        int status = keycloak.admin(grant.token(), what + "?max=1").status();
        if (status != 200) {
          findings.add(DoctorFinding.of(FindingCode.ACCOUNT_RIGHTS, client, what, status));
          reading = false;
        }
      }
      if (reading) {
        findings.add(DoctorFinding.of(FindingCode.ACCOUNT_OK, client));
      }
    } catch (IOException e) {
      findings.add(DoctorFinding.of(FindingCode.ACCOUNT_SILENT, client, ExceptionText.of(e)));
    }
  }
}
