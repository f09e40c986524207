package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.junit.jupiter.api.Test;

/** Opting out in the window, and what comes after it. */
class WindowOptOutTest extends WindowDialogTestBase {

  @Test
  void opting_out_is_done_at_the_portal_which_is_asked_whether_it_is() throws Exception {
    open(device("first"));
    signIn();
    optIn();
    JsonNode asked = begin("OPT_OUT");
    assertThat(step(asked)).isEqualTo("OPT_OUT");
    assertThat(asked.get("facts").get("page").textValue()).isEqualTo(company.url() + "/my/consent");
    assertThat(result(answer(asked, "yes"))).contains("CANCELLED", "optout.not-yet");

    asked = begin("OPT_OUT");
    company.withdraw();
    JsonNode ended = answer(asked, "yes");
    assertThat(result(ended)).isEqualTo("SUCCESS");
    assertThat(ended.get("said").toString()).contains("take it back");
    assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("OPT_IN");
  }

  @Test
  void the_password_is_deleted_with_the_password_and_the_keys_go_from_this_computer()
      throws Exception {
    open(device("first"));
    signIn();
    optIn();
    JsonNode password = begin("FORGET");
    assertThat(step(password)).isEqualTo("PASSWORD");
    assertThat(password.get("said").toString()).contains("64-digit key");
    assertThat(result(secret(password, PASSWORD))).isEqualTo("SUCCESS");

    assertThat(result(begin("SIGN_OUT"))).isEqualTo("SUCCESS");
    assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("SIGN_IN");
    StateFile file =
        new StateFile(
            AgentHome.of(device.environment().environment(), device.environment().userHome()));
    assertThat(file.read()).as("the keys").isEmpty();
  }

  @Test
  void without_the_digits_only_who_types_the_phrase_has_the_password_deleted() throws Exception {
    open(optedIn("first"));
    JsonNode phrase = begin("FORGET");
    assertThat(step(phrase)).isEqualTo("PHRASE");
    assertThat(phrase.get("said").toString()).contains("nobody can restore it");
    assertThat(result(answer(phrase, "yes"))).contains("CANCELLED", "forget.needs-yes");
  }
}
