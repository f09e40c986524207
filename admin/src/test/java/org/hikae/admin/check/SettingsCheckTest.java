package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.PortalSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing, contradicting and malformed settings are named. */
class SettingsCheckTest {

  private static final Map<String, String> GOOD =
      Map.ofEntries(
          Map.entry("HIKAE_OIDC_PROVIDER_URL", "https://sso.example.org/realms/hikae"),
          Map.entry("HIKAE_PORTAL_URL", "https://backup.example.org/"),
          Map.entry("HIKAE_PORTAL_SECRET", "s"),
          Map.entry("HIKAE_DIRECTORY_SECRET", "s"),
          Map.entry("HIKAE_TLS_KEYSTORE", "/etc/hikae/tls.p12"),
          Map.entry("HIKAE_TLS_KEYSTORE_PASSWORD", "p"),
          Map.entry("HIKAE_DB_KIND", "PostgreSQL"),
          Map.entry("HIKAE_DB_URL", "jdbc:postgresql://db/hikae"),
          Map.entry("HIKAE_DB_USER", "hikae_app"),
          Map.entry("HIKAE_DB_PASSWORD", "p"),
          Map.entry("HIKAE_DB_OWNER_USER", "hikae_owner"),
          Map.entry("HIKAE_DB_OWNER_PASSWORD", "p"));

  /** Belongs to root, whoever runs the test. */
  private static final Path ROOTS = Path.of("/");

  @Test
  void a_complete_environment_is_in_order() {
    assertThat(look(Map.of())).containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
  }

  @Test
  void what_is_missing_is_named() {
    for (String name : GOOD.keySet()) {
      if (!name.equals("HIKAE_DB_KIND")) {
        assertThat(look(Map.of(name, " ")))
            .as(name)
            .contains(DoctorFinding.of(FindingCode.SETTINGS_MISSING, name));
      }
    }
    assertThat(look(Map.of("HIKAE_DB_KIND", "")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_TRIAL));
  }

  @Test
  void of_several_databases_only_the_primary_is_taken() {
    String several = "jdbc:postgresql://db1:5432,db2:5432/hikae?options=-c%20a=b,c";
    assertThat(look(Map.of("HIKAE_DB_URL", several)))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.SETTINGS_WRONG);
    assertThat(look(Map.of("HIKAE_DB_URL", several + "&targetServerType=primary")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
    assertThat(look(Map.of("HIKAE_DB_URL", "jdbc:postgresql://db/hikae?options=-c%20a=b,c")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
  }

  @Test
  void files_need_a_folder() {
    assertThat(look(Map.of("HIKAE_STORE", "files")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_MISSING, "HIKAE_STORE_FOLDER"));
    assertThat(look(Map.of("HIKAE_STORE", "files", "HIKAE_STORE_FOLDER", "/srv/hikae")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
  }

  @Test
  void a_bucket_needs_an_address_and_credentials_that_others_cannot_read(@TempDir Path folder)
      throws IOException {
    assertThat(look(Map.of("HIKAE_STORE", "s3")))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_MISSING, "HIKAE_S3_BUCKET"));
    assertThat(look(Map.of("HIKAE_STORE", "s3", "HIKAE_S3_BUCKET", "hikae")))
        .containsExactly(
            DoctorFinding.of(FindingCode.SETTINGS_MISSING, "HIKAE_S3_ENDPOINT"),
            DoctorFinding.of(FindingCode.SETTINGS_MISSING, "HIKAE_S3_ACCESS_KEY"),
            DoctorFinding.of(FindingCode.SETTINGS_MISSING, "HIKAE_S3_SECRET_KEY"));
    Path file = Files.createFile(folder.resolve("credentials"));
    Map<String, String> bucket =
        Map.of(
            "HIKAE_S3_BUCKET", "hikae",
            "HIKAE_S3_ENDPOINT", "https://s3.example.org",
            "HIKAE_S3_CREDENTIALS", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(look(bucket))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.SETTINGS_WRONG);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(look(bucket)).containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
    Files.delete(file);
    assertThat(look(bucket))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.SETTINGS_WRONG);
  }

  @Test
  void the_folder_of_packages_is_there_and_written_by_its_owner_only(@TempDir Path folder)
      throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(look(Map.of("HIKAE_PACKAGES", folder.toString())))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
    for (String open : List.of("rwxrwxr-x", "rwxr-xrwx")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));
      assertThat(look(Map.of("HIKAE_PACKAGES", folder.toString())))
          .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OPEN, folder, open));
    }
    for (String wrong : List.of("packages", folder.resolve("none").toString())) {
      assertThat(look(Map.of("HIKAE_PACKAGES", wrong)))
          .extracting(DoctorFinding::code)
          .containsExactly(FindingCode.SETTINGS_WRONG);
    }
  }

  @Test
  void the_key_of_packages_is_one_of_ed25519() {
    String key = "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    assertThat(look(Map.of("HIKAE_PACKAGES_KEY", key)))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
    for (String wrong : List.of("key.pem", key.substring(1), key + "\n" + key)) {
      assertThat(look(Map.of("HIKAE_PACKAGES_KEY", wrong)))
          .extracting(DoctorFinding::code)
          .containsExactly(FindingCode.SETTINGS_WRONG);
    }
  }

  @Test
  void files_of_the_folder_that_others_may_write_are_named(@TempDir Path folder)
      throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = Files.createFile(folder.resolve("hikae_1.1.0_amd64.deb"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("SHA256SUMS"));
    for (String open : List.of("rw-rw-r--", "rw-r--rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
      assertThat(look(Map.of("HIKAE_PACKAGES", folder.toString())))
          .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OPEN, file, open));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(look(Map.of("HIKAE_PACKAGES", folder.toString())))
        .containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
    for (int i = 0; i <= PackageFolderInspection.MAX_FINDINGS; i++) {
      Path more = Files.createFile(folder.resolve("more " + i));
      Files.setPosixFilePermissions(more, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    assertThat(look(Map.of("HIKAE_PACKAGES", folder.toString())))
        .hasSize(PackageFolderInspection.MAX_FINDINGS);
  }

  @Test
  void the_folder_of_packages_is_not_the_portals_own_unless_that_is_root(@TempDir Path folder)
      throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> packages = Map.of("HIKAE_PACKAGES", folder.toString());
    if (Files.getOwner(folder).getName().equals("root")) {
      assertThat(look(packages, folder)).containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
      Files.setAttribute(folder, "unix:uid", 12_345);
    }
    assertThat(look(packages, folder))
        .containsExactly(
            DoctorFinding.of(FindingCode.SETTINGS_OWNER, folder, Files.getOwner(folder).getName()));
    assertThat(look(packages, ROOTS)).containsExactly(DoctorFinding.of(FindingCode.SETTINGS_OK));
  }

  @Test
  void what_cannot_be_right_is_named() {
    Map<String, String> wrong =
        Map.of(
            "HIKAE_OIDC_PROVIDER_URL", "sso.example.org",
            "HIKAE_PORTAL_URL", "https://",
            "HIKAE_DIRECTORY_MINUTES", "five",
            "HIKAE_DB_KIND", "Oracle",
            "HIKAE_STORE", "file",
            "HIKAE_STORE_FOLDER", "srv/hikae",
            "HIKAE_VAULT_SOCKET", "/nowhere/vault.sock");
    wrong.forEach(
        (name, value) ->
            assertThat(look(Map.of(name, value)))
                .as(name)
                .anyMatch(
                    finding ->
                        finding.code() == FindingCode.SETTINGS_WRONG
                            && finding.arguments().getFirst().equals(name)));
    assertThat(look(Map.of("HIKAE_DB_URL", "jdbc:h2:mem:x", "HIKAE_DB_USER", "hikae_owner")))
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.SETTINGS_WRONG, FindingCode.SETTINGS_WRONG);
  }

  @Test
  void a_vault_elsewhere_needs_its_link_and_no_socket() {
    assertThat(look(Map.of("HIKAE_VAULT_ADDRESS", "vault:port", "HIKAE_VAULT_SOCKET", "/v.sock")))
        .extracting(DoctorFinding::code)
        .containsExactly(
            FindingCode.SETTINGS_WRONG,
            FindingCode.SETTINGS_WRONG,
            FindingCode.SETTINGS_MISSING,
            FindingCode.SETTINGS_MISSING,
            FindingCode.SETTINGS_MISSING);
  }

  private static List<DoctorFinding> look(Map<String, String> changed) {
    return look(changed, ROOTS);
  }

  private static List<DoctorFinding> look(Map<String, String> changed, Path self) {
    Map<String, String> all = new HashMap<>(GOOD);
    all.putAll(changed);
    return new SettingsCheck(new PortalSettings(all), self).look();
  }
}
