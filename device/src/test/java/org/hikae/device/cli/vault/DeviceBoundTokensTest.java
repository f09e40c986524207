package org.hikae.device.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.vaultclient.FakeVault.AcceptedTokens;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * HK1-E-16: what the vault gets is bound to this device's key, and what the portal sees is not what
 * the vault takes. The company's portal refuses bound tokens, its vault all others, unless a test
 * says otherwise. Budget: 15 seconds.
 */
@DisplayName("HK1-E-16: tokens for the vault are bound to the device")
@EveryThirdRun
class DeviceBoundTokensTest extends CompanyTestBase {

  @Test
  void a_vault_that_takes_nothing_else_is_spoken_to_on_every_way() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    AgentHarness second = device("second");
    signIn(second);
    assertThat(restore(second, folder.resolve("x"), "--password-fd", PASSWORD + "\n"))
        .as(second.err())
        .isZero();
    assertThat(second.run("freeze")).as(second.err()).isZero();

    assertThat(company.vault().tokensRefused()).isZero();
    assertThat(company.vault().witnessed()).isEqualTo(1);
  }

  @Test
  void one_token_serves_a_whole_command() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    int before = company.signOn().proofs();
    assertThat(optInPassword(first)).as(first.err()).isZero();

    assertThat(company.signOn().proofs() - before).isEqualTo(1);
  }

  @Test
  void the_time_of_a_proof_is_the_sign_ons_not_this_computers() throws Exception {
    company.signOn().ahead(Duration.ofMinutes(4));
    AgentHarness slow = optedIn("slow");
    company.signOn().ahead(Duration.ofMinutes(-4));
    assertThat(slow.run("backup", tree.toString())).as(slow.err()).isZero();

    assertThat(company.vault().witnessed()).isEqualTo(1);
  }

  /** HK1-E-18: whoever sets a new computer's clock, the vault is asked in the company's time. */
  @Test
  void a_computer_whose_clock_is_wrong_asks_the_vault_by_the_sign_ons_time() throws Exception {
    company.signOn().ahead(Duration.ofHours(3));
    company.vault().ahead(Duration.ofHours(3));
    AgentHarness slow = optedIn("slow");
    company.signOn().ahead(Duration.ofHours(-3));
    company.vault().ahead(Duration.ofHours(-3));
    assertThat(slow.run("backup", tree.toString())).as(slow.err()).isZero();

    assertThat(company.vault().witnessed()).isEqualTo(1);
  }

  /** HK1-E-18: by a clock that is ahead no sign-in would ever be new enough. */
  @Test
  void a_computer_whose_clock_is_ahead_needs_no_other_sign_in_for_the_password() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    Duration behind = Duration.ofHours(-3);
    company.signOn().ahead(behind);
    company.vault().ahead(behind);
    AgentHarness fast = device("fast");
    signIn(fast);
    assertThat(restore(fast, folder.resolve("x"), "--password-fd", PASSWORD + "\n"))
        .as(fast.err())
        .isZero();
  }

  @Test
  void a_clock_that_is_set_in_the_middle_is_compared_anew() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    company
        .vault()
        .refuseNext(VaultMessageType.REG_INIT, VaultReply.Refused.of(VaultRefusal.DEVICE_REFUSED));
    assertThat(optInPassword(first)).as(first.err()).isZero();
  }

  @Test
  void a_proof_that_came_too_late_is_made_once_more() throws Exception {
    AgentHarness first = device("first");
    signIn(first);
    company.signOn().refuseProofs(1);
    assertThat(optInPassword(first)).as(first.err()).isZero();

    assertThat(company.vault().tokensRefused()).isZero();
  }

  @Test
  void a_sign_on_without_bound_tokens_goes_with_a_vault_that_does_not_want_them() throws Exception {
    company.signOn().bindsNothing();
    company.vault().takes(AcceptedTokens.ANY_TOKENS);
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();

    assertThat(company.vault().witnessed()).isEqualTo(1);
    assertThat(company.signOn().proofs()).isZero();
  }

  @Test
  void a_vault_that_wants_them_in_vain_is_told_with_the_reason() throws Exception {
    company.signOn().bindsNothing();
    AgentHarness first = device("first");
    signIn(first);
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("binds no tokens to devices (dpop-not-offered)");
  }

  @Test
  void a_sign_on_that_takes_no_proof_says_why() throws Exception {
    company.signOn().refuseProofs(Integer.MAX_VALUE);
    AgentHarness first = device("first");
    signIn(first);
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("(DPoP proof is not active)");
  }

  @Test
  void where_offline_tokens_are_exchanged_none_is_spent_and_the_device_stays_signed_in()
      throws Exception {
    company.signOn().exchangesOfflineTokens();
    company.vault().takes(AcceptedTokens.ANY_TOKENS);
    AgentHarness first = optedIn("first");
    for (int day = 1; day <= 3; day++) {
      assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    }
    assertThat(company.vault().witnessed()).isEqualTo(3);

    company.vault().takes(AcceptedTokens.BOUND_TOKENS);
    assertThat(first.run("freeze")).isEqualTo(6);
    assertThat(first.err()).contains("(offline-tokens-exchanged)");
  }

  @Test
  void a_bound_token_of_an_older_sign_in_gives_way_where_the_vault_does_not_mind()
      throws Exception {
    company.signOn().bindsToAnOlderSignIn(Duration.ofHours(1));
    company.vault().takes(AcceptedTokens.ANY_TOKENS);
    AgentHarness first = device("first");
    signIn(first);
    company
        .vault()
        .refuseNext(VaultMessageType.REG_INIT, VaultReply.Refused.of(VaultRefusal.REAUTHENTICATE));
    assertThat(optInPassword(first)).as(first.err()).isZero();
  }

  @Test
  void else_the_person_is_told_to_sign_out_of_the_browser_first() throws Exception {
    company.signOn().bindsToAnOlderSignIn(Duration.ofHours(1));
    AgentHarness first = device("first");
    signIn(first);
    company
        .vault()
        .refuseNext(VaultMessageType.REG_INIT, VaultReply.Refused.of(VaultRefusal.REAUTHENTICATE));
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("Sign out there, also of the portal");
  }

  @Test
  void a_vault_of_an_earlier_release_gets_the_tokens_that_it_knows() throws Exception {
    company.vault().takes(AcceptedTokens.PLAIN_TOKENS);
    AgentHarness first = device("first");
    signIn(first);
    assertThat(optInPassword(first)).as(first.err()).isZero();

    assertThat(company.vault().tokensRefused()).as("told once").isEqualTo(1);
  }
}
