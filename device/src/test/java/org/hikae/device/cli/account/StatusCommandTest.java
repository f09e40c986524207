package org.hikae.device.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Instant;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.company.FakePortalResponses;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.Reconsent;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** {@code hikae status}: what the portal tells the employee. */
@EveryThirdRun
class StatusCommandTest extends FirstDeviceTestBase {

  @Test
  void a_legal_hold_is_told() throws Exception {
    assertThat(device.run("status", "--json")).as(device.err()).isZero();
    assertThat(device.out()).doesNotContain("legalHoldSince");
    companyFixture.company().responses().legalHoldSince = Instant.parse("2026-04-05T12:07:08Z");
    assertThat(device.run("status")).isZero();
    assertThat(device.out()).contains("legal hold since 2026-04-0");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"legalHoldSince\":\"2026-04-05T12:07:08Z\"");
  }

  @Test
  void a_later_consent_text_is_told_and_agreed_to_and_backups_pause_without() throws Exception {
    String file = Files.writeString(folder.resolve("file"), "x").toString();
    assertThat(companyFixture.optsIn(device).exit()).as(device.err()).isZero();
    FakePortalResponses responses = companyFixture.company().responses();
    responses.reconsent = new Reconsent(Instant.parse("2099-04-05T12:07:08Z"), false);
    assertThat(device.run("status")).isZero();
    assertThat(device.out()).contains("Agree to it by 2099-04-0").contains("hikae optin");
    assertThat(device.run("backup", file)).as(device.err()).isZero();
    assertThat(device.err()).contains("Agree to it by 2099-04-0");

    responses.reconsent = new Reconsent(Instant.parse("2026-04-05T12:07:08Z"), true);
    assertThat(device.run("backup", file)).isEqualTo(AgentExitCode.of(RunResult.REFUSED));
    assertThat(device.err()).contains("backups pause");
    assertThat(device.run("restore", "--target", folder.resolve("back").toString()))
        .as(device.err())
        .isZero();
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"backupsPaused\":true");

    assertThat(device.run("optin", "--yes")).as(device.err()).isZero();
    assertThat(responses.agreed).containsExactly(new AgreeConsent(3, "en"));
    assertThat(device.out()).contains("You have agreed to the new text");
    assertThat(device.run("backup", file)).as(device.err()).isZero();
  }
}
