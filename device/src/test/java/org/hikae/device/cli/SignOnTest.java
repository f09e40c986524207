package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.schedule.Computer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.junit.jupiter.api.Test;

/** Where a device signs its person in, and what it does not give up for it (HK1-E-20). */
class SignOnTest extends AtACompany {

  private void companySets(TestSurroundings device, String realm) throws IOException {
    Files.writeString(
        device.surroundings().managed(), "issuer=" + company.url() + "/realms/" + realm + "\n");
  }

  private static StateFile state(TestSurroundings device) {
    Surroundings here = device.surroundings();
    return new StateFile(AgentHome.of(here.environment(), here.userHome()));
  }

  @Test
  void a_sign_on_that_moved_does_not_take_the_key_away() throws Exception {
    TestSurroundings device = device("first");
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
    TestSurroundings device = device("first");
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
    TestSurroundings device = device("first");
    assertThat(signIn(device)).isZero();
    company.signsInAt("moved");
    companySets(device, "moved");
    UnlockedSet set = UnlockedSet.of("00".repeat(16), 1, "K");
    device.on(
        Map.of(),
        Clock.systemUTC(),
        duration -> {
          try {
            state(device).update(newest -> newest.withSet(set));
          } catch (org.hikae.device.AgentException e) {
            throw new IllegalStateException(e);
          }
        },
        new Computer(command -> Optional.empty(), folder.resolve("power"), false));
    assertThat(signIn(device)).isEqualTo(6);
    assertThat(device.err()).contains("hikae logout --forget");
    assertThat(state(device).require().set()).isEqualTo(set);
  }

  @Test
  void the_first_sign_on_is_shown_to_people_and_to_programs_before_the_code() throws Exception {
    TestSurroundings device = device("first");
    assertThat(device.run("login", "--server", company.url(), "--json")).isZero();
    assertThat(device.out())
        .containsSubsequence(
            "\"event\":\"realm\"", "/realms/hikae\"", "\"event\":\"verification\"");
    assertThat(device.run("login", "--json")).isZero();
    assertThat(device.out()).contains("\"event\":\"verification\"").doesNotContain("\"realm\"");
  }

  @Test
  void what_a_portal_names_does_not_control_the_terminal() throws Exception {
    TestSurroundings device = device("first");
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
  void what_the_company_sets_counts_when_a_command_signs_in_again() throws Exception {
    TestSurroundings device = device("first");
    assertThat(signIn(device)).isZero();
    Surroundings here = device.surroundings();
    Output output = new Output(here, Messages.in("en"), false, false);
    SigningIn signing = new SigningIn(here, output, state(device));
    signing.again(tokens -> {});

    companySets(device, "pinned");
    assertThatThrownBy(() -> signing.again(tokens -> {})).hasMessage("login.wrong-issuer");
  }
}
