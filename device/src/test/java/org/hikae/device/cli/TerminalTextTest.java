package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.device.TextControl;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.junit.jupiter.api.Test;

/**
 * HK1-D-16: what a portal says of people, devices and texts reaches the terminal as text: it moves
 * no cursor, begins no line and turns no text around. Budget: 5 seconds.
 */
class TerminalTextTest extends CompanyTestBase {

  /** Clears the screen, goes back to the start of the line, turns what follows. */
  private static final String HOSTILE = "\u001b[2J\r\u202e\u2028\u009bhikae: all is well";

  private static void assertPlain(AgentHarness device, String of) {
    String said = device.out() + device.err();
    assertThat(said).as(of).contains("all is well");
    assertThat(said.codePoints().filter(c -> c != '\n')).as(of).noneMatch(TextControl::isControl);
  }

  @Test
  void names_and_texts_of_the_portal_are_made_plain() throws Exception {
    AgentHarness device = device("first");
    company.endsTextsWith(HOSTILE);
    assertThat(signIn(device)).as(device.err()).isZero();
    assertPlain(device, "login");
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertPlain(device, "optin");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    for (String command : List.of("status", "devices", "snapshots")) {
      assertThat(device.run(command)).as(device.err()).isZero();
      assertPlain(device, command);
    }
    assertThat(device.run("devices", "--json")).as(device.err()).isZero();
    assertPlain(device, "JSON");
  }
}
