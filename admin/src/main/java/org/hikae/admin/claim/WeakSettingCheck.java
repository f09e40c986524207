package org.hikae.admin.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.port.PortalSettings;

/** No setting of the portal takes back what the threat model promises. */
public final class WeakSettingCheck implements ClaimCheck {

  /** Passwords with a default that everybody can read. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "HIKAE_DB_PASSWORD",
          "hikae_app",
          "HIKAE_DB_OWNER_PASSWORD",
          "hikae_owner",
          "HIKAE_TLS_KEYSTORE_PASSWORD",
          "changeit");

  private static final List<String> ADDRESSES =
      List.of("HIKAE_PORTAL_URL", "HIKAE_OIDC_PROVIDER_URL");

  /** Files that nobody but the portal's user may read, if they are named. */
  private static final List<String> KEYS =
      List.of("HIKAE_LOG_KEY", "HIKAE_RECEIPT_KEY", "HIKAE_SETTINGS_KEY", "HIKAE_S3_CREDENTIALS");

  private static final String LOCAL_NOTICES = "HIKAE_NOTICES_TO_THIS_MACHINE";
  private static final String MAIL = "HIKAE_SMTP_SECURITY";
  private static final String DATABASE = "HIKAE_DB_KIND";

  private final PortalSettings settings;

  /** Looks at these. */
  public WeakSettingCheck(PortalSettings settings) {
    this.settings = settings;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.SETTINGS_PROMISES;
  }

  @Override
  public ClaimResult execute() throws IOException {
    List<ClaimFact> faults = new ArrayList<>();
    if (!settings.onPostgres()) {
      faults.add(ClaimFact.of(ClaimFactKind.SETTING_EMBEDDED, DATABASE));
    }
    for (String address : ADDRESSES) {
      String url = settings.text(address).toLowerCase(Locale.ROOT);
      // What is not set has a default for a developer's machine.
      if (!url.startsWith("https://")) {
        faults.add(ClaimFact.of(ClaimFactKind.SETTING_PLAIN, address));
      }
    }
    for (String name : DEFAULTS.keySet().stream().sorted().toList()) {
      String password = settings.text(name);
      boolean embedded = name.startsWith("HIKAE_DB_") && !settings.onPostgres();
      if (!embedded && (password.isEmpty() || password.equals(DEFAULTS.get(name)))) {
        faults.add(ClaimFact.of(ClaimFactKind.SETTING_DEFAULT_PASSWORD, name));
      }
    }
    for (String key : KEYS) {
      if (!settings.text(key).isEmpty() && othersRead(Path.of(settings.text(key)))) {
        faults.add(ClaimFact.of(ClaimFactKind.SETTING_OTHERS_READ, key));
      }
    }
    if (settings.text(LOCAL_NOTICES).equals("true")) {
      faults.add(ClaimFact.of(ClaimFactKind.SETTING_WEAK, LOCAL_NOTICES));
    }
    if (settings.text(MAIL).equals("NONE")) {
      faults.add(ClaimFact.of(ClaimFactKind.SETTING_WEAK, MAIL));
    }
    int looked = 1 + ADDRESSES.size() + DEFAULTS.size() + KEYS.size() + 2;
    return ClaimResult.of(
        claim(), faults, List.of(ClaimFact.of(ClaimFactKind.SETTINGS_READ, looked)));
  }

  private static boolean othersRead(Path file) throws IOException {
    return !PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).endsWith("------");
  }
}
