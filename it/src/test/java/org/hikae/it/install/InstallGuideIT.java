package org.hikae.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hikae.it.TestStory;
import org.hikae.it.stack.Ports;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Cookie;

/**
 * An administrator follows docs/install-guide.md, block after block: three PostgreSQL servers,
 * Keycloak in production mode and the portal on two sites over TLS, the vault as a user of its own
 * with its root in a token. Then people sign in across the sites, an employee backs up and
 * restores, and the guide's upgrade is done on a database of an earlier schema that has this
 * employee's data. Each test is a step and needs the one before. Time budget: 240 seconds, most of
 * it Keycloak's first start and three starts of other servers.
 */
@Order(1) // takes minutes
@FullRunOnly
@TestStory
class InstallGuideIT {

  private static final String PORTAL_HOST = "portal.backup-a.test";
  private static final String SSO_HOST = "sso.login-b.test";
  private static final String ADMIN = "akiko";
  private static final String ADMIN_PASSWORD = "hototogisu-no-asa-4";
  private static final String EMPLOYEE = "hanako";
  private static final String EMPLOYEE_PASSWORD = "uguisu-no-koe-1234";
  private static final String BACKUP_PASSWORD = "tsubame-ga-kaette-kuru-5";
  private static final int FIRST_ADMINISTRATOR = 12;

  private static final String COUNTS =
      "select (select count(*) from employee) || ' ' || (select count(*) from device) || ' ' ||"
          + " (select count(*) from snapshot) || ' ' || (select count(*) from ciphertext_page)";

  private static final String DNS_AND_CERTIFICATES =
      """
      echo "127.0.0.1 $PORTAL_HOST $SSO_HOST" >> /etc/hosts
      mkdir "$CERTIFICATES"
      cd "$CERTIFICATES"
      key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 60)
      openssl req -x509 "${key[@]}" -keyout ca.key -out ca.pem -subj /CN=Authority -addext keyUsage=critical,keyCertSign,cRLSign
      certificate() {
        openssl req -x509 "${key[@]}" -keyout "$1.key" -out "$1.pem" -CA ca.pem -CAkey ca.key -subj "/CN=$2" \\
          -addext "subjectAltName=DNS:$2" -addext basicConstraints=critical,CA:false -addext extendedKeyUsage=serverAuth
      }
      certificate portal "$PORTAL_HOST"
      certificate sso "$SSO_HOST"
      """;

  private static GuestMachine machine;
  private static InstallGuide guide;
  private static int databasePort;
  private static String portal;
  private static String sso;
  private static String firstPassword;
  private static InstalledAgent installedAgent;

  @BeforeAll
  static void the_guide_is_followed() throws Exception {
    guide = InstallGuide.read();
    assertThat(guide.install()).hasSizeGreaterThan(FIRST_ADMINISTRATOR);
    assertThat(guide.upgrade()).isNotEmpty();
    machine = GuestMachine.start(BuildOutput.root().resolve("it/target/install"));
    machine.settings(guide.settings(own()));
    machine.run(DNS_AND_CERTIFICATES);
    for (int step = 1; step <= guide.install().size(); step++) {
      machine.run(guide.install().get(step - 1));
      if (step == FIRST_ADMINISTRATOR) {
        firstPassword = Files.readString(machine.at("/etc/hikae-secrets/first"));
        machine.run(anEmployee(guide.install().get(step - 1)));
      }
    }
  }

  private static Map<String, String> own() throws IOException {
    List<Integer> ports = Ports.free(7);
    Map<String, String> own = new HashMap<>();
    own.put("JAVA_HOME", "/srv/jdk");
    own.put("ADMIN", ADMIN);
    own.put("PORTAL_HOST", PORTAL_HOST);
    own.put("SSO_HOST", SSO_HOST);
    own.put("PG_VERSION", newestPostgres());
    int next = 0;
    for (String port :
        List.of(
            "PORTAL_PORT",
            "PORTAL_MANAGEMENT_PORT",
            "SSO_PORT",
            "SSO_MANAGEMENT_PORT",
            "PG_PORT_PORTAL",
            "PG_PORT_VAULT",
            "PG_PORT_KEYCLOAK")) {
      own.put(port, String.valueOf(ports.get(next++)));
    }
    databasePort = Integer.parseInt(Objects.requireNonNull(own.get("PG_PORT_PORTAL")));
    portal = "https://" + PORTAL_HOST + ":" + own.get("PORTAL_PORT");
    sso = "https://" + SSO_HOST + ":" + own.get("SSO_PORT");
    return own;
  }

  private static String newestPostgres() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> Integer.valueOf(String.valueOf(version.getFileName())))
          .max(Integer::compare)
          .orElseThrow()
          .toString();
    }
  }

  /** Makes an employee by the request that makes the first administrator. */
  private static String anEmployee(String firstAdministrator) {
    return firstAdministrator
        .replace("\"$ADMIN\"", "\"" + EMPLOYEE + "\"")
        .replace("$ADMIN_MAIL", EMPLOYEE + "@example.com")
        .replace(", \"backup-admin\"", "")
        .replace("$(cat /etc/hikae-secrets/first)", EMPLOYEE_PASSWORD)
        .replace(", \"requiredActions\": [\"UPDATE_PASSWORD\"]", "");
  }

  @AfterAll
  static void end() throws Exception {
    if (machine != null) {
      machine.end();
    }
  }

  @Test
  @Order(1)
  void the_units_are_what_systemd_understands() throws Exception {
    assertThat(machine.run("systemd-analyze verify --man=no /etc/systemd/system/hikae-*.service"))
        .isBlank();
  }

  @Test
  @Order(2)
  void each_program_runs_as_its_user_and_the_portals_cannot_read_the_vaults_files()
      throws Exception {
    String running = machine.run("ps -eo user:20,args --no-headers");
    assertThat(running.lines().filter(line -> line.contains("org.hikae.vault.cli.VaultMain")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("hikae-vault "));
    assertThat(running.lines().filter(line -> line.contains("jboss-modules.jar")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("hikae-portal "));
    assertThat(running.lines().filter(line -> line.contains("io.quarkus")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("keycloak "));
    String readable =
        machine.run(
            """
            as() { setpriv --reuid "$1" --regid "$1" --init-groups "${@:2}"; }
            find /var/lib/hikae-vault /etc/hikae-vault/pin /etc/hikae-vault/database-password -type f | while read -r file; do
              echo "a file"
              ! as hikae-portal cat "$file" 2> /dev/null || echo "the portal reads $file"
            done
            ! as hikae-portal cat "/proc/$(pgrep -o -u hikae-vault)/environ" 2> /dev/null || echo "the portal reads memory"
            ! as hikae-vault cat /etc/hikae/portal.env 2> /dev/null || echo "the vault reads the portal's settings"
            """);
    assertThat(readable).contains("a file").doesNotContain("reads");
    assertThat(
            machine.run(
                """
                runuser -u hikae-vault -- env JAVA_HOME="$JAVA_HOME" /opt/hikae-vault/bin/hikae-vault status \\
                  --config /etc/hikae-vault/vault.properties
                """))
        .contains("serving: yes", "root key kept in: pkcs11");
  }

  @Test
  @Order(3)
  void the_first_administrator_signs_in_across_two_sites_and_offers_the_backup() {
    try (GuideBrowser guideBrowser = visitor()) {
      guideBrowser.signIn("/", ADMIN, firstPassword);
      guideBrowser.choosePassword(ADMIN_PASSWORD);
      guideBrowser.awaitPortal();
      Cookie session = guideBrowser.session();
      assertThat(session.getSameSite()).isEqualTo("Lax");
      assertThat(session.isSecure()).isTrue();
      assertThat(session.isHttpOnly()).isTrue();
      guideBrowser.comeFromTheOtherSite();
      assertThat(guideBrowser.session().getValue()).isEqualTo(session.getValue());

      guideBrowser.open("/admin/rollout");
      guideBrowser.click("[id$=':offerAll']");
      guideBrowser.click(".ui-confirmdialog-yes");
      guideBrowser.awaitNone("[id$=':offerAll']");
    }
  }

  @Test
  @Order(4)
  void an_employee_opts_in_with_a_password_backs_up_and_restores_equal() throws Exception {
    installedAgent = new InstalledAgent(machine, "laptop");
    machine.run(
        """
        mkdir -p /srv/laptop/tree
        cp -r /srv/hikae/docs /srv/laptop/tree/
        head -c 3000000 /dev/urandom > /srv/laptop/tree/photo
        """);
    admit(installedAgent);
    assertThat(
            installedAgent
                .withPassword(BACKUP_PASSWORD, "optin", "--yes", "--protect", "password", "--json")
                .event("optin")
                .path("outcome")
                .asText())
        .isEqualTo("OPTED_IN");
    backsUp(1);
    restoresEqual(installedAgent, "restored");
  }

  @Test
  @Order(5)
  void the_guides_upgrade_keeps_the_data_of_an_earlier_schema() throws Exception {
    EarlierSchema.bringBack(machine, databasePort);
    assertThat(ask("select max(version) from flyway_schema_history"))
        .isEqualTo(EarlierSchema.VERSION);
    String before = ask(COUNTS);
    List<String> said = new ArrayList<>();
    for (String block : guide.upgrade()) {
      said.add(machine.run(block));
    }
    assertThat(said.getFirst()).contains("V050");
    assertThat(ask(COUNTS)).isEqualTo(before);
    assertThat(Integer.parseInt(ask("select max(version) from flyway_schema_history")))
        .isGreaterThan(Integer.parseInt(EarlierSchema.VERSION));
    assertThat(ask("select count(*) from employee_summary where standing = 3")).isEqualTo("1");
  }

  @Test
  @Order(6)
  void after_the_upgrade_a_new_device_restores_equal_and_the_old_one_backs_up() throws Exception {
    InstalledAgent fresh = new InstalledAgent(machine, "fresh");
    admit(fresh);
    restoresEqual(fresh, "restored-after-upgrade");
    machine.run("head -c 100000 /dev/urandom > /srv/laptop/tree/letter");
    backsUp(2);
    restoresEqual(installedAgent, "restored-again");
  }

  private static GuideBrowser visitor() {
    return new GuideBrowser(PORTAL_HOST, portal, SSO_HOST, sso);
  }

  private static void admit(InstalledAgent device) throws IOException, InterruptedException {
    try (GuideBrowser guideBrowser = visitor()) {
      device.login(
          portal, uri -> guideBrowser.admitDevice(uri.toString(), EMPLOYEE, EMPLOYEE_PASSWORD));
    }
  }

  private static void backsUp(int sequence) throws IOException, InterruptedException {
    assertThat(
            installedAgent
                .run("backup", "--json", "/srv/laptop/tree")
                .event("backup")
                .path("sequence")
                .asInt())
        .isEqualTo(sequence);
  }

  private static void restoresEqual(InstalledAgent device, String target)
      throws IOException, InterruptedException {
    String folder = "/srv/laptop/" + target;
    device.withPassword(
        BACKUP_PASSWORD, "restore", "--json", "--path", "/srv/laptop/tree", "--target", folder);
    machine.run("/srv/hikae/scripts/compare-trees /srv/laptop/tree " + folder);
  }

  private static String ask(String query) throws IOException, InterruptedException {
    return machine
        .run("runuser -u postgres -- psql -At -p \"$PG_PORT_PORTAL\" -d hikae -c \"" + query + "\"")
        .strip();
  }
}
