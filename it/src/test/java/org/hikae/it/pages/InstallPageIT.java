package org.hikae.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.it.pages.browser.Browser;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.testing.AgentPackageFixture;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How an employee gets the agent from the portal, and what IT is told of files that are no
 * packages. Time budget: 20 seconds beside the system's start.
 */
@EveryThirdRun
class InstallPageIT {

  private static PagesFixture pagesFixture;

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
  }

  @Test
  void an_employee_downloads_the_package_and_reads_what_to_type() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.company().employee(), "/my/install");
      browser.waitForHeading("Install the agent");
      browser.waitForText(
          "sudo apt install ./hikae_1.1.0_amd64.deb",
          "Open Hikae among your programs",
          "help@example.com");
      assertThat(browser.textOf("#cmdAddress"))
          .isEqualTo(pagesFixture.stack().portalUrl().toString());
      assertThat(browser.text()).doesNotContain("hikae login");
      browser.click(".ins-terminal summary");
      browser.waitForTextIn("#cmdLogin", "--ca-file hikae-ca.pem --vault-root FINGERPRINT");
      assertThat(browser.text()).doesNotContain("hikae_1.0.0");
      byte[] deb = AgentPackageFixture.debian("1.1.0", "amd64");
      assertThat(browser.text()).contains(AgentPackageFixture.sha256(deb));
      Path file = browser.download("[id='install:best']");
      assertThat(file.getFileName()).hasToString("hikae_1.1.0_amd64.deb");
      assertThat(file).hasBinaryContent(deb);
      Path list = browser.download("[id='install:checksums']");
      assertThat(list.getFileName()).hasToString("SHA256SUMS");
      assertThat(Files.readString(list)).contains(AgentPackageFixture.sha256(deb));
      Path signature = browser.download("[id='install:signature']");
      assertThat(signature.getFileName()).hasToString("SHA256SUMS.sig");
      assertThat(Files.readAllBytes(signature)).hasSize(64);
      Path authority = browser.download("[id='install:authority']");
      assertThat(authority.getFileName()).hasToString("hikae-ca.pem");
      assertThat(Files.readString(authority))
          .startsWith("-----BEGIN CERTIFICATE-----")
          .doesNotContain("PRIVATE");
      browser.click(".ins-others summary");
      Path other = browser.download("[id='install:packages_data'] tr:nth-child(2) button");
      assertThat(other.getFileName()).hasToString("hikae_1.1.0_arm64.deb");
      assertThat(other).hasBinaryContent(AgentPackageFixture.debian("1.1.0", "arm64"));
    }
  }

  @Test
  void it_reads_which_files_are_not_offered_and_why() throws Exception {
    try (Browser browser = pagesFixture.browser()) {
      browser.signIn(pagesFixture.people().named("auditor"), "/admin/system");
      browser.waitForTextIn(
          "[id='system:refused_data']",
          "hikae_1.0.0_amd64.deb",
          "It is no package, or it is cut off or damaged.");
      browser.waitForTextIn("[id='system:packages_data']", "hikae_1.1.0_arm64.deb");
      browser.waitForTextIn("#packagesSigned", "SHA256SUMS is signed");
    }
  }
}
