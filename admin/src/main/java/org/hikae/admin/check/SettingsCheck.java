package org.hikae.admin.check;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.PortalSettings;

/** Whether the portal's environment has what it needs, in the right form. */
public final class SettingsCheck implements InstallationCheck {

  private static final List<String> NEEDED =
      List.of(
          "HIKAE_OIDC_PROVIDER_URL",
          "HIKAE_PORTAL_URL",
          "HIKAE_PORTAL_SECRET",
          "HIKAE_DIRECTORY_SECRET",
          "HIKAE_TLS_KEYSTORE",
          "HIKAE_TLS_KEYSTORE_PASSWORD");

  private static final List<String> NEEDED_ON_POSTGRES =
      List.of(
          "HIKAE_DB_URL",
          "HIKAE_DB_USER",
          "HIKAE_DB_PASSWORD",
          "HIKAE_DB_OWNER_USER",
          "HIKAE_DB_OWNER_PASSWORD");

  private static final List<String> NEEDED_FOR_LINK =
      List.of("HIKAE_VAULT_KEYSTORE", "HIKAE_VAULT_KEYSTORE_PASSWORD", "HIKAE_VAULT_CERTIFICATES");

  private static final String PACKAGES = "HIKAE_PACKAGES";
  private static final String PACKAGES_KEY = "HIKAE_PACKAGES_KEY";

  /** What stands before the 32 bytes of a key of Ed25519 (RFC 8410), and these, in Base64. */
  private static final String ED25519 = "MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=";

  private static final String BUCKET = "HIKAE_S3_BUCKET";
  private static final String ENDPOINT = "HIKAE_S3_ENDPOINT";
  private static final String CREDENTIALS = "HIKAE_S3_CREDENTIALS";

  private static final String SEVERAL_SERVERS = "jdbc:postgresql://[^/?]*,.*";

  /** Else the portal may take a standby, which keeps nothing. */
  private static final String PRIMARY_ONLY = "targetServerType=primary";

  private static final String ADDRESS = "([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}";

  private final PortalSettings settings;
  private final Path self;

  /** Looks at these. */
  public SettingsCheck(PortalSettings settings) {
    this(settings, Path.of("/proc/self"));
  }

  /** With something that belongs to the user who looks, who is the portal's. */
  SettingsCheck(PortalSettings settings, Path self) {
    this.settings = settings;
    this.self = self;
  }

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    missing(NEEDED, findings);
    for (String url : List.of("HIKAE_OIDC_PROVIDER_URL", "HIKAE_PORTAL_URL")) {
      if (!settings.text(url).isEmpty() && !isWeb(settings.text(url))) {
        findings.add(wrong(url, "it is no web address"));
      }
    }
    if (!settings.text("HIKAE_DIRECTORY_MINUTES", "4").matches("[0-9]{1,6}")) {
      findings.add(wrong("HIKAE_DIRECTORY_MINUTES", "it is no number"));
    }
    database(findings);
    vault(findings);
    storage(findings);
    packages(findings);
    if (findings.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.SETTINGS_OK));
    }
    return findings;
  }

  private void database(List<DoctorFinding> findings) {
    if (settings.onPostgres()) {
      missing(NEEDED_ON_POSTGRES, findings);
      String url = settings.text("HIKAE_DB_URL", "jdbc:postgresql:");
      if (!url.startsWith("jdbc:postgresql:")) {
        findings.add(wrong("HIKAE_DB_URL", "it does not begin with jdbc:postgresql:"));
      } else if (url.matches(SEVERAL_SERVERS) && !url.contains(PRIMARY_ONLY)) {
        findings.add(wrong("HIKAE_DB_URL", "it names several servers without " + PRIMARY_ONLY));
      }
      if (settings.application().user().equals(settings.owner().user())) {
        findings.add(wrong("HIKAE_DB_USER", "it is the owner's login"));
      }
    } else if (settings.text("HIKAE_DB_KIND", "H2").equals("H2")) {
      findings.add(DoctorFinding.of(FindingCode.SETTINGS_TRIAL));
    } else {
      findings.add(wrong("HIKAE_DB_KIND", "it is neither PostgreSQL nor H2"));
    }
  }

  private void vault(List<DoctorFinding> findings) {
    String socket = settings.text(PortalSettings.VAULT_SOCKET);
    String address = settings.text(PortalSettings.VAULT_ADDRESS);
    if (address.isEmpty()) {
      if (!socket.isEmpty() && !Files.exists(Path.of(socket))) {
        findings.add(wrong(PortalSettings.VAULT_SOCKET, "there is no file " + socket));
      }
      return;
    }
    if (!socket.isEmpty()) {
      findings.add(
          wrong(
              PortalSettings.VAULT_ADDRESS, PortalSettings.VAULT_SOCKET + " is set too; take one"));
    }
    if (!address.matches(ADDRESS)) {
      findings.add(wrong(PortalSettings.VAULT_ADDRESS, "it is not HOST:PORT"));
    }
    missing(NEEDED_FOR_LINK, findings);
  }

  private void storage(List<DoctorFinding> findings) {
    switch (settings.text("HIKAE_STORE", "database")) {
      case "database" -> {}
      case "files" -> missing(List.of("HIKAE_STORE_FOLDER"), findings);
      case "s3" -> missing(List.of(BUCKET), findings);
      default -> findings.add(wrong("HIKAE_STORE", "it is neither database nor files nor s3"));
    }
    if (!settings.bucket().isEmpty()) {
      bucket(findings);
    }
    if (!settings.text("HIKAE_STORE_FOLDER", "/").startsWith("/")) {
      findings.add(wrong("HIKAE_STORE_FOLDER", "it is no absolute path"));
    }
  }

  /** The rest of it the portal tries, twice a minute. */
  private void bucket(List<DoctorFinding> findings) {
    missing(List.of(ENDPOINT), findings);
    String endpoint = settings.text(ENDPOINT);
    if (!endpoint.isEmpty() && !isWeb(endpoint)) {
      findings.add(wrong(ENDPOINT, "it is no web address"));
    }
    String file = settings.text(CREDENTIALS);
    if (file.isEmpty()) {
      missing(List.of("HIKAE_S3_ACCESS_KEY", "HIKAE_S3_SECRET_KEY"), findings);
    } else if (!file.startsWith("/")) {
      findings.add(wrong(CREDENTIALS, "it is no absolute path"));
    } else {
      findings.addAll(credentials(Path.of(file)));
    }
  }

  /** A file that others may read is refused by the portal. */
  private static List<DoctorFinding> credentials(Path file) {
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      return mode.endsWith("------") && !mode.contains("x")
          ? List.of()
          : List.of(wrong(CREDENTIALS, "others may read it (" + mode + "); run chmod 0600"));
    } catch (IOException e) {
      return List.of(wrong(CREDENTIALS, "there is no file " + file));
    }
  }

  /** Who writes into this folder puts programs onto every device that gets them from here. */
  private void packages(List<DoctorFinding> findings) {
    String key = settings.text(PACKAGES_KEY);
    if (!key.isEmpty() && !key.matches(ED25519)) {
      findings.add(wrong(PACKAGES_KEY, "it is no public key of Ed25519"));
    }
    String folder = settings.text(PACKAGES);
    if (folder.isEmpty()) {
      return;
    }
    if (!folder.startsWith("/")) {
      findings.add(wrong(PACKAGES, "it is no absolute path"));
    } else if (!Files.isDirectory(Path.of(folder))) {
      findings.add(wrong(PACKAGES, "there is no folder " + folder));
    } else {
      findings.addAll(new PackageFolderInspection(Path.of(folder), self).findings());
    }
  }

  private void missing(List<String> names, List<DoctorFinding> findings) {
    for (String name : names) {
      if (settings.text(name).isEmpty()) {
        findings.add(DoctorFinding.of(FindingCode.SETTINGS_MISSING, name));
      }
    }
  }

  private static DoctorFinding wrong(String name, String why) {
    return DoctorFinding.of(FindingCode.SETTINGS_WRONG, name, why);
  }

  private static boolean isWeb(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
