package org.hikae.device.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.device.cli.harness.AcceptedPassword;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.PasswordReminder;
import org.hikae.device.state.StateFile;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** {@code hikae remind}: the vault never hears of it. */
@EveryThirdRun
class RemindCommandTest extends FirstDeviceTestBase {

  private static final String OTHER = "amber lantern whistle canyon 77";

  @Test
  void opting_in_with_a_password_starts_the_schedule() throws Exception {
    companyFixture.optsIn(device);
    int guesses = companyFixture.company().vault().guesses();

    assertThat(remind(CompanyFixture.PASSWORD)).as(device.err()).isZero();
    assertThat(device.out()).contains("\"answer\":\"RIGHT\"", "\"wrong\":0", "\"dueAt\":\"20");
    assertThat(companyFixture.company().requests().getLast())
        .isEqualTo("POST /api/v1/device/recovery-proofs");
    // A wrong password, and putting it off, are nobody's business.
    int requests = companyFixture.company().requests().size();
    assertThat(remind("Not the password of Ann")).isIn(8, 0);
    assertThat(device.run("remind", "--later")).isZero();
    assertThat(device.out()).contains("Not now");

    assertThat(companyFixture.company().vault().guesses()).isEqualTo(guesses);
    assertThat(companyFixture.company().requests()).hasSize(requests);
  }

  @Test
  void three_wrong_answers_point_to_choosing_another_password() throws Exception {
    companyFixture.optsIn(device);
    int wrong = 0;
    for (int i = 0; wrong < 3; i++) {
      int exit = remind("Not the password of Ann " + i);
      // One in 256 passes and starts the count anew.
      wrong = exit == 8 ? wrong + 1 : 0;
      assertThat(exit).isIn(8, 0);
    }
    assertThat(device.out()).contains("\"answer\":\"WRONG\"", "\"wrong\":3");
    assertThat(device.err()).contains("cost nothing").contains("hikae password");
  }

  @Test
  void unlocking_with_the_password_starts_it_on_another_device_too() throws Exception {
    companyFixture.optsIn(device);
    AgentHarness second = companyFixture.device("second");
    assertThat(second.run("optin", "--password-fd", companyFixture.line(CompanyFixture.PASSWORD)))
        .as(second.err())
        .isZero();

    assertThat(second.run("status", "--json")).isZero();
    assertThat(second.out()).contains("\"reminderDueAt\":\"20");
  }

  @Test
  void a_device_that_never_saw_the_password_has_nothing_to_practise() throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    AgentHarness second = companyFixture.device("second");
    second.run(
        "optin", "--digit-key-fd", companyFixture.line(String.join(" ", newKeyCommand.rows())));

    assertThat(second.run("remind", "--password-fd", companyFixture.line(CompanyFixture.PASSWORD)))
        .isEqualTo(6);
    assertThat(second.err()).contains("no password to practise");
    assertThat(second.run("status", "--json")).isZero();
    assertThat(second.out()).doesNotContain("reminderDueAt");
  }

  @Test
  void without_a_terminal_nobody_is_asked_or_told() throws Exception {
    companyFixture.optsIn(device);

    assertThat(device.run("remind")).isEqualTo(6);
    assertThat(device.err()).contains("--password-fd");
    assertThat(device.run("status")).isZero();
    assertThat(device.out() + device.err()).doesNotContain("remind");
  }

  @Test
  void a_changed_password_is_practised_instead_of_the_old_one() throws Exception {
    companyFixture.optsIn(device);
    remind(CompanyFixture.PASSWORD);
    PasswordReminder old = reminder();
    assertThat(old.step()).isEqualTo(1);

    assertThat(change("Not the password of Ann")).isEqualTo(8);
    assertThat(reminder()).as("the old one still counts").isEqualTo(old);
    assertThat(change(CompanyFixture.PASSWORD)).as(device.err()).isZero();

    PasswordReminder fresh = reminder();
    assertThat(fresh.salt()).isNotEqualTo(old.salt());
    assertThat(fresh.setId()).isEqualTo(old.setId());
    assertThat(fresh.step()).isZero();
    assertThat(remind(OTHER)).as(device.err()).isZero();
    assertThat(device.out()).contains("\"answer\":\"RIGHT\"");
  }

  @Test
  void a_password_that_is_only_announced_is_not_practised_and_neither_is_the_forgotten_one()
      throws Exception {
    companyFixture.optsIn(device);

    assertThat(
            device.run("password", "--forgotten", "--new-password-fd", companyFixture.line(OTHER)))
        .as(device.err())
        .isZero();

    assertThat(device.out()).contains("begins to work at");
    assertThat(reminder()).isNull();
  }

  @Test
  void a_password_that_replaces_a_locked_one_at_once_is_practised() throws Exception {
    companyFixture.optsIn(device);
    PasswordReminder old = reminder();
    for (int i = 0; i < 10; i++) {
      change("Not the password of Ann");
    }
    String another =
        AcceptedPassword.chosen(
            device,
            password ->
                device.run(
                    "password", "--forgotten", "--new-password-fd", companyFixture.line(password)));

    assertThat(reminder().salt()).isNotEqualTo(old.salt());
    assertThat(remind(another)).as(device.err()).isZero();
  }

  @Test
  void an_erased_password_is_not_practised() throws Exception {
    companyFixture.optsIn(device);

    assertThat(device.run("forget", "--password-fd", companyFixture.line(CompanyFixture.PASSWORD)))
        .as(device.err())
        .isZero();

    assertThat(reminder()).isNull();
    assertThat(remind(CompanyFixture.PASSWORD)).isEqualTo(6);
    assertThat(device.err()).contains("replaced or erased");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).doesNotContain("reminderDueAt");
  }

  @Test
  void a_password_whose_erasure_is_announced_is_not_practised() throws Exception {
    companyFixture.optsIn(device);

    assertThat(device.run("forget", "--without-password")).as(device.err()).isZero();

    assertThat(reminder()).isNull();
  }

  private int change(String old) throws Exception {
    return device.run(
        "password",
        "--password-fd",
        companyFixture.line(old),
        "--new-password-fd",
        companyFixture.line(OTHER));
  }

  private PasswordReminder reminder() throws Exception {
    return new StateFile(new AgentHome(folder.resolve("first/hikae"))).require().reminder();
  }

  private int remind(String password) throws Exception {
    return device.run("remind", "--json", "--password-fd", companyFixture.line(password));
  }
}
