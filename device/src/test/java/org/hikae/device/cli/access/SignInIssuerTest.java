package org.hikae.device.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.FakeOidcServer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.junit.jupiter.api.Test;

/** Where a device signs its person in, and what it does not give up for it (HK1-E-20). */
class SignInIssuerTest extends CompanyTestBase {

  private static final UnlockedSet SET = UnlockedSet.of("00".repeat(16), 1, "K");
  private static final String BOBS = FakeOidcServer.offlineToken("subject-of-bob");

  private void companySets(AgentHarness device, String realm) throws IOException {
    Files.writeString(
        device.environment().managed(), "issuer=" + company.url() + "/realms/" + realm + "\n");
  }

  private static StateFile state(AgentHarness device) {
    AgentEnvironment here = device.environment();
    return new StateFile(AgentHome.of(here.environment(), here.userHome()));
  }

  @Test
  void a_sign_on_that_moved_does_not_take_the_key_away() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    company.signsInAt("moved");
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("must stay the same text").doesNotContain("--forget");

    companySets(device, "moved");
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("/realms/hikae", "/realms/moved", "hikae logout --forget");
    assertThat(device.out()).doesNotContain("verify");
    company.signsInAt("hikae");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @Test
  void who_gives_the_key_up_signs_in_at_another_one() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    company.signsInAt("moved");
    companySets(device, "moved");
    assertThat(device.run("logout", "--forget")).as(device.err()).isZero();
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(state(device).require().profile().issuer()).endsWith("/realms/moved");
  }

  /** A sign-in takes minutes, in which another command may opt in. */
  @Test
  void a_key_that_came_during_the_sign_in_is_kept_too() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    company.signsInAt("moved");
    companySets(device, "moved");
    optsInAt("POST /realms/moved/token", device);
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("hikae logout --forget");
    assertThat(state(device).require().set()).isEqualTo(SET);
    assertThat(company.requests()).contains("POST /realms/moved/revoke");
  }

  /** A browser in which an administrator is signed in, say. */
  @Test
  void another_person_does_not_take_the_key_away() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    assertThat(optInPassword(device)).as(device.err()).isZero();
    AgentState before = state(device).require();
    company.signsIn("subject-of-bob", "Bob");
    long enrolled = enrolments();
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("Ann's backup", "Bob has signed in", "hikae logout --forget");
    assertThat(enrolments()).isEqualTo(enrolled);
    assertThat(state(device).require()).isEqualTo(before);
    assertThat(company.signOn().revoked()).containsExactly(BOBS);

    company.signsIn(FakeCompany.SUBJECT, "Ann");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    company.signsIn("subject-of-bob", "Bob");
    assertThat(device.run("logout", "--forget")).as(device.err()).isZero();
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(state(device).require().profile().displayName()).isEqualTo("Bob");
  }

  @Test
  void a_refused_sign_in_is_ended_once_and_said_when_it_could_not_be() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    optsIn(device);
    company.signsIn("subject-of-bob", "Bob");
    company.signOn().takesNothingBack();
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("could not be told", "Bob has signed in");
    assertThat(company.signOn().revoked()).as("one try").containsExactly(BOBS);
  }

  /** Keycloak keeps the sign-ins of several devices in one session of the browser. */
  @Test
  void a_sign_in_of_the_right_person_that_fails_ends_nothing() throws Exception {
    AgentHarness device = device("first");
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.equals("POST /api/v1/enrollment/devices")) {
              throw new IOException("cut");
            }
            return body.readAllBytes();
          }
        });
    assertThat(signIn(device)).isEqualTo(5);
    assertThat(company.signOn().revoked()).isEmpty();
  }

  private long enrolments() {
    return company.requests().stream()
        .filter(request -> request.contains("POST /api/v1/enrollment/devices"))
        .count();
  }

  @Test
  void a_key_that_came_while_another_person_signed_in_is_kept_too() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    company.signsIn("subject-of-bob", "Bob");
    optsInAt("POST /realms/hikae/token", device);
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("Ann's backup");
    assertThat(enrolments()).isEqualTo(1);
    assertThat(state(device).require().set()).isEqualTo(SET);
    assertThat(company.signOn().revoked()).containsExactly(BOBS);
  }

  @Test
  void a_key_that_came_while_the_device_enrolled_is_kept_whoever_signed_in() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    optsInAt("POST /api/v1/enrollment/devices", device);
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(state(device).require().set()).isEqualTo(SET);

    assertThat(state(device).update(newest -> newest.withSet(null)).set()).isNull();
    company.signsIn("subject-of-bob", "Bob");
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("Ann's backup");
    assertThat(state(device).require().set()).isEqualTo(SET);
    assertThat(company.signOn().revoked()).containsExactly(BOBS);
  }

  /** From now on another command opts in whenever such a request arrives. */
  private void optsInAt(String moment, AgentHarness device) {
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.equals(moment)) {
              optsIn(device);
            }
            return body.readAllBytes();
          }
        });
  }

  private static void optsIn(AgentHarness device) {
    try {
      state(device).update(newest -> newest.withSet(SET));
    } catch (AgentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** HK1-D-12. */
  @Test
  void without_a_key_another_person_gets_nothing_of_the_first_ones() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    AgentState first =
        state(device)
            .update(
                newest ->
                    newest
                        .withCardSequence(7)
                        .withVault(
                            new RememberedVault(newest.profile().vaultRoot(), "CARD", "HEAD", 3)));
    company.signsIn("subject-of-bob", "Bob");
    assertThat(signIn(device)).as(device.err()).isZero();
    AgentState second = state(device).require();
    assertThat(second.profile().subject()).isEqualTo("subject-of-bob");
    assertThat(second.device().publicKey()).isNotEqualTo(first.device().publicKey());
    assertThat(second.cardSequence()).isEqualTo(7);
    assertThat(second.vault())
        .as("the vault never falls, and Bob was told nothing")
        .isEqualTo(new RememberedVault(first.profile().vaultRoot(), "CARD", "HEAD", 0));
  }

  @Test
  void the_first_sign_on_is_shown_to_people_and_to_programs_before_the_code() throws Exception {
    AgentHarness device = device("first");
    assertThat(device.run("login", "--server", company.url(), "--json")).isZero();
    assertThat(device.out())
        .containsSubsequence(
            "\"event\":\"realm\"", "/realms/hikae\"", "\"event\":\"verification\"");
    assertThat(device.run("login", "--json")).isZero();
    assertThat(device.out()).contains("\"event\":\"verification\"").doesNotContain("\"realm\"");
  }

  @Test
  void what_a_portal_names_does_not_control_the_terminal() throws Exception {
    AgentHarness device = device("first");
    company.signsInAt("hikae\u001b[2Jtrap");
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("hikae?[2Jtrap");
    assertThat(device.out() + device.err()).doesNotContain("\u001b");

    company.signsInAt("hikae\u202etrap");
    signIn(device);
    assertThat(device.out()).contains("hikae?trap").doesNotContain("\u202e");
  }

  /** Of {@code password}, {@code freeze --renew} and others, which sign in anew on their way. */
  @Test
  void a_command_that_signs_in_again_takes_the_same_person_at_the_same_sign_on() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    AgentEnvironment here = device.environment();
    CommandOutput output = new CommandOutput(here, Messages.in("en"), false, false);
    SignInFlow signing = new SignInFlow(here, output, state(device));
    signing.again(tokens -> {});

    company.signsIn("subject-of-bob", "Bob");
    assertThatThrownBy(() -> signing.again(tokens -> {})).hasMessage("login.other-person");
    assertThat(state(device).require().profile().displayName()).isEqualTo("Ann");
    assertThat(company.signOn().revoked()).containsExactly(BOBS);
    company.signsIn(FakeCompany.SUBJECT, "Ann");

    companySets(device, "pinned");
    assertThatThrownBy(() -> signing.again(tokens -> {})).hasMessage("login.wrong-issuer");
  }
}
