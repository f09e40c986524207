package org.hikae.device.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.Test;

/** What a refusal of Status is to who has the digits, or K. Budget: 15 seconds. */
class RefusedStatusTest extends CompanyTestBase {

  private static final String LETTER = "words to keep";

  private AgentHarness withSnapshot(List<String> digits) throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(optInBoth(device, digits)).as(device.err()).isZero();
    Files.writeString(tree.resolve("letter.txt"), LETTER);
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    return device;
  }

  private void refusesStatus(VaultRefusal refusal, int times) {
    for (int i = 0; i < times; i++) {
      company.vault().refuseNext(VaultMessageType.STATUS, VaultReply.Refused.of(refusal));
    }
  }

  /** HK1-V-48: a portal makes some of them up and brings others about. */
  @Test
  void no_refusal_of_status_stops_who_has_the_digits() throws Exception {
    List<String> digits = new ArrayList<>();
    withSnapshot(digits);
    AgentHarness second = device("second");
    signIn(second);
    refusesStatus(VaultRefusal.TOKEN_REFUSED, 2);
    restores(second, "token", "--digit-key-fd", fd(String.join("\n", digits)));
    refusesStatus(VaultRefusal.DEVICE_REFUSED, 2);
    restores(second, "device");
    refusesStatus(VaultRefusal.MALFORMED, 1);
    restores(second, "malformed");
    refusesStatus(VaultRefusal.SEALED, 1);
    restores(second, "sealed");
    byte[] card = VaultReply.Refused.of(VaultRefusal.UNKNOWN_CARD).encode();
    company.vault().changeReplies(reply -> new VaultReply.Outer(false, card).encode());
    restores(second, "in-clear");
  }

  /** With the word that it takes when the vault is silent. */
  private void restores(AgentHarness device, String name, String... more) {
    Path target = folder.resolve("restored-" + name);
    List<String> command = new ArrayList<>(List.of("restore", "--accept-unchecked"));
    command.addAll(List.of("--path", tree.toString(), "--target", target.toString()));
    command.addAll(List.of(more));
    assertThat(device.run(command.toArray(new String[0]))).as(device.err()).isZero();
    assertThat(device.err()).contains("could not be checked", "Only the portal says");
    assertThat(target.resolve("letter.txt")).hasContent(LETTER);
  }

  /** HK1-V-27: another process of the vault may take over. */
  @Test
  void a_vault_that_cannot_serve_now_is_asked_again() throws Exception {
    withSnapshot(new ArrayList<>());
    AgentHarness second = device("second");
    signIn(second);
    refusesStatus(VaultRefusal.UNAVAILABLE, 2);
    String target = folder.resolve("restored-later").toString();
    assertThat(second.run("restore", "--target", target, "--password-fd", password()))
        .as(second.err())
        .isZero();
    assertThat(second.err()).doesNotContain("could not be checked");
  }

  /** HK1-V-32: who holds requests back until they are refused must not stay unheard. */
  @Test
  void refusals_of_status_count_as_silence() throws Exception {
    AgentHarness first = withSnapshot(new ArrayList<>());
    refusesStatus(VaultRefusal.TOKEN_REFUSED, 2);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("did not answer as it must").doesNotContain("ALARM");

    HostComputer computer =
        new HostComputer(new FakeProgramRunner(), folder.resolve("power"), false);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
    first.on(Map.of(), later, duration -> {}, computer);
    refusesStatus(VaultRefusal.DEVICE_REFUSED, 2);
    assertThat(first.run("backup", tree.toString())).isZero();
    assertThat(first.err()).contains("ALARM: for 8 days");
  }
}
