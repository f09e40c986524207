package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.enrollment.distribution.boundary.AgentPackageDownloads;
import org.hikae.enrollment.distribution.boundary.AgentPackageQueries;
import org.hikae.enrollment.distribution.boundary.UpdateQueries;
import org.hikae.enrollment.distribution.view.AgentDownload;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.RefusedPackageView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.AgentPackageFixture;
import org.hikae.transparency.boundary.TransparencyLogQueries;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who gets the agent's packages, how many at once, and what is noted of it. Time budget: 5 seconds
 * on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class AgentPackageContainerIT {

  private static final String DEB = "hikae_1.1.0_amd64.deb";
  private static final TestCaller EMPLOYEE =
      TestCaller.portal("package-employee", RealmNames.EMPLOYEE);
  private static final TestCaller AUDITOR =
      TestCaller.portal("package-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);

  @Inject private AgentPackageQueries packageQueries;
  @Inject private AgentPackageDownloads packageDownloads;
  @Inject private UpdateQueries updateQueries;
  @Inject private TransparencyLogQueries log;
  @Inject private AuditQueries auditQueries;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private long logged() {
    String end = new String(log.checkpoint(), StandardCharsets.UTF_8);
    return Long.parseLong(end.lines().skip(1).findFirst().orElseThrow());
  }

  /** HK1-U-08. */
  @Test
  void what_says_which_packages_count_is_in_the_log_before_anybody_gets_it() throws Exception {
    byte[] deb = fill();
    AgentPackageFixture.sign(folder());
    int version = 1 + (int) (System.nanoTime() % 900_000_000);
    String name = version + ".targets";
    Path file = Files.createDirectories(folder().resolve("updates")).resolve(name);
    Files.writeString(
        file,
        "hikae update targets\nversion "
            + version
            + "\nexpires 2126-01-01T00:00:00Z\ndeb amd64 1.1.0 "
            + deb.length
            + " "
            + AgentPackageFixture.sha256(deb)
            + "\n\n\u2014 nobody AAAAAAA=\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    long before = logged();
    assertThat(updateQueries.file(name)).isEqualTo(Files.readAllBytes(file));
    assertThat(logged()).isEqualTo(before + 1);
    assertThat(updateQueries.file(name)).isEqualTo(Files.readAllBytes(file));
    assertThat(logged()).as("once").isEqualTo(before + 1);
    for (String none : List.of("0.targets", "timestamp", "../" + DEB, DEB, "")) {
      ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, () -> updateQueries.file(none));
    }
    ContainerAwait.until(() -> !EMPLOYEE.call(packageQueries::install).offered().isEmpty());
    assertThat(updateQueries.part(DEB, "0")).isEqualTo(deb);
    for (String none : List.of("1", "-1", "00", "", "99999999999")) {
      ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, () -> updateQueries.part(DEB, none));
    }
    ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, () -> updateQueries.part(name, "0"));
  }

  private byte[] download(TestCaller caller) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AgentDownload download = caller.call(() -> packageDownloads.open(DEB))) {
      download.body().writeTo(out);
    }
    return out.toByteArray();
  }

  private static Path folder() {
    return Path.of(System.getenv("HIKAE_PACKAGES"));
  }

  /** Fills the folder that the portal's settings name. */
  private static byte[] fill() throws Exception {
    Path folder = Files.createDirectories(folder());
    Files.deleteIfExists(folder.resolve("SHA256SUMS.sig"));
    byte[] deb = AgentPackageFixture.debian("1.1.0", "amd64");
    Files.write(folder.resolve(DEB), deb);
    Files.writeString(folder.resolve("notes.txt"), "not a package");
    AgentPackageFixture.writeSums(folder);
    return deb;
  }

  @Test
  void employees_get_what_is_offered_within_limits_and_each_download_leaves_a_trace()
      throws Exception {
    byte[] deb = fill();
    ContainerAwait.until(() -> AUDITOR.call(packageQueries::packages).refused().size() == 3);
    assertThat(AUDITOR.call(packageQueries::packages).refused())
        .as("not signed by the key that is set")
        .contains(new RefusedPackageView("SHA256SUMS", AgentPackageFault.SIGNATURE));
    assertThat(EMPLOYEE.call(packageQueries::install).offered()).isEmpty();
    ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, packageDownloads::checksums);
    AgentPackageFixture.sign(folder());
    // What the folder held is kept for two seconds.
    ContainerAwait.until(() -> !EMPLOYEE.call(packageQueries::install).offered().isEmpty());
    AgentPackageView offered = EMPLOYEE.call(packageQueries::install).offered().getFirst();
    assertThat(offered.fileName()).isEqualTo(DEB);
    assertThat(AUDITOR.call(packageQueries::packages).refused())
        .containsExactly(new RefusedPackageView("notes.txt", AgentPackageFault.NAME));
    ExpectedRefusal.byRole(EMPLOYEE, packageQueries::packages);
    assertThat(AUDITOR.call(packageQueries::isSignatureRequired)).isTrue();
    assertThat(EMPLOYEE.call(packageQueries::install).signed()).isTrue();
    assertThat(EMPLOYEE.call(packageDownloads::checksums).signature())
        .isEqualTo(Files.readAllBytes(folder().resolve("SHA256SUMS.sig")));
    ExpectedRefusal.byRole(TestCaller.portal("package-nobody"), () -> packageDownloads.open(DEB));
    ExpectedRefusal.with(
        ProblemCode.FORBIDDEN,
        TestCaller.agent("package-employee"),
        () -> packageDownloads.open(DEB));
    for (String none : List.of("notes.txt", "../" + DEB, "SHA256SUMS", "")) {
      ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, () -> packageDownloads.open(none));
    }
    ExpectedRefusal.with(ProblemCode.NOT_FOUND, EMPLOYEE, packageDownloads::authority);

    assertThat(download(EMPLOYEE)).isEqualTo(deb);
    AuditCriteria downloads = new AuditCriteria(null, null, null, null, "agent.download", null);
    assertThat(
            EnrollmentFixture.ADMIN
                .call(() -> auditQueries.page(downloads, null, new PageRequest(10)))
                .events())
        .singleElement()
        .satisfies(event -> assertThat(event.toString()).contains(offered.sha256()));

    try (AgentDownload _ = EMPLOYEE.call(() -> packageDownloads.open(DEB));
        AgentDownload _ = EMPLOYEE.call(() -> packageDownloads.open(DEB))) {
      ExpectedRefusal.with(ProblemCode.BUSY, EMPLOYEE, () -> packageDownloads.open(DEB));
      assertThat(download(AUDITOR)).isEqualTo(deb);
    }
    for (int i = 3; i < AgentPackageDownloads.MAX_PER_HOUR; i++) {
      assertThat(download(EMPLOYEE)).isEqualTo(deb);
    }
    ExpectedRefusal.with(ProblemCode.TOO_MANY_REQUESTS, EMPLOYEE, () -> packageDownloads.open(DEB));
    assertThat(download(AUDITOR)).isEqualTo(deb);
  }
}
