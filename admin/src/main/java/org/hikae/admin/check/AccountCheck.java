package org.hikae.admin.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.Web;
import org.hikae.identity.wire.Realm;

/** Whether the portal's clients sign in with their secrets, and the service accounts may read. */
public final class AccountCheck implements Check {

  private static final String NOBODY = "hikae-doctor-nobody";
  private static final int UNAUTHORISED = 401;

  private final Keycloak keycloak;
  private final PortalSettings settings;

  /** Tries the clients with the secrets of these settings. */
  public AccountCheck(Web web, PortalSettings settings) {
    this.keycloak = new Keycloak(web, settings.realm());
    this.settings = settings;
  }

  @Override
  public String name() {
    return "account";
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    pages(findings);
    service(
        Realm.DIRECTORY_CLIENT, "HIKAE_DIRECTORY_SECRET", List.of("/users", "/groups"), findings);
    if (settings.text("HIKAE_SESSIONS_SECRET").isEmpty()) {
      findings.add(Finding.of(Code.ACCOUNT_NONE, Realm.SESSIONS_CLIENT));
    } else {
      service(Realm.SESSIONS_CLIENT, "HIKAE_SESSIONS_SECRET", List.of("/users"), findings);
    }
    return findings;
  }

  /**
   * The pages' client has no account of its own. It is asked for what it may not do: Keycloak looks
   * at the secret first.
   */
  private void pages(List<Finding> findings) {
    String client = Realm.PORTAL_CLIENT;
    String setting = "HIKAE_PORTAL_SECRET";
    try {
      Keycloak.Grant grant = keycloak.byPassword(client, settings.text(setting), NOBODY, NOBODY);
      if (grant.status() == UNAUTHORISED && !grant.error().equals("invalid_grant")) {
        findings.add(Finding.of(Code.ACCOUNT_REFUSED, client, setting));
      } else if (grant.granted() || grant.error().equals("invalid_grant")) {
        findings.add(Finding.of(Code.REALM_GRANT, client));
      } else {
        findings.add(Finding.of(Code.ACCOUNT_OK, client));
      }
    } catch (IOException e) {
      findings.add(Finding.of(Code.ACCOUNT_SILENT, client, Words.of(e)));
    }
  }

  private void service(String client, String setting, List<String> reads, List<Finding> findings) {
    try {
      Keycloak.Grant grant = keycloak.byClient(client, settings.text(setting));
      if (!grant.granted()) {
        findings.add(Finding.of(Code.ACCOUNT_REFUSED, client, setting));
        return;
      }
      boolean reading = true;
      for (String what : reads) {
        int status = keycloak.admin(grant.token(), what + "?max=1").status();
        if (status != 200) {
          findings.add(Finding.of(Code.ACCOUNT_RIGHTS, client, what, status));
          reading = false;
        }
      }
      if (reading) {
        findings.add(Finding.of(Code.ACCOUNT_OK, client));
      }
    } catch (IOException e) {
      findings.add(Finding.of(Code.ACCOUNT_SILENT, client, Words.of(e)));
    }
  }
}
