package org.hikae.device.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultMessageType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The log is looked at before a new password is sealed to a card (HK1-X-10). Budget: 10 seconds.
 */
@EveryThirdRun
class LoggedPasswordTest extends CompanyTestBase {

  private static final String OTHER = "amber lantern whistle canyon 77";
  private static final int REFUSED = 6;

  private byte[] card() throws Exception {
    return LogEntry.ofCard(SignedCard.parse(company.vault().card())).encode();
  }

  private static byte[] text(int number) {
    return LogEntry.ofConsent(number, "en", "Consent", "Text " + number).encode();
  }

  private void publish(byte[]... entries) {
    company.log.publish(List.of(entries));
  }

  private int changePassword(AgentHarness device) throws IOException {
    return device.run("password", "--password-fd", password(), "--new-password-fd", fd(OTHER));
  }

  private int registrations() {
    return company.vault().asked(VaultMessageType.REG_FINISH);
  }

  /** The portal answers the message that carries the password with a card of its own. */
  @Test
  void a_card_that_comes_in_the_middle_is_looked_for_before_it_gets_the_password()
      throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    company.vault().newCardBefore(VaultMessageType.REG_FINISH);
    int before = registrations();
    assertThat(changePassword(device)).isEqualTo(REFUSED);
    assertThat(device.err()).contains("ALARM", "is not in the log", "was not registered");
    assertThat(registrations()).as("nothing was sealed to the new card").isEqualTo(before + 1);
  }

  @Test
  void opting_in_looks_before_the_first_password_too() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    publish(text(1));
    assertThat(optInPassword(device)).isEqualTo(REFUSED);
    assertThat(device.err()).contains("ALARM", "was not registered");
    assertThat(company.vault().asked(VaultMessageType.REG_INIT)).isZero();
  }

  @Test
  void silence_is_told_and_keeps_no_script_from_it() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    company.log.refusesWith(503);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.err()).contains("could not be read");
  }

  /** Asked, not refused. */
  @Test
  void the_person_can_go_on_all_the_same() throws Exception {
    AgentHarness device = optedIn("first");
    publish(text(1), card());
    assertThat(device.run("log")).isZero();
    publish(text(2), card());
    List<String> prompts = new ArrayList<>();
    device.at(
        new PersonTerminal() {
          @Override
          public char @Nullable [] hidden(String prompt) {
            return null;
          }

          @Override
          public @Nullable String visible(String prompt) {
            prompts.add(prompt);
            return "register it all the same";
          }
        });
    assertThat(changePassword(device)).as(device.err()).isZero();
    assertThat(prompts).as("once").hasSize(1);
    assertThat(device.err()).contains("ALARM");
  }
}
