package org.hikae.device.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.login.SignInCache;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.junit.jupiter.api.Test;

/** What is done beside the reading of a command line serves the command, and changes nothing. */
class ColdStartTest extends CompanyTestBase {

  private static AgentHome home(AgentEnvironment here) throws Exception {
    return AgentHome.of(here.environment(), here.userHome());
  }

  @Test
  void the_command_has_what_was_got_ready() throws Exception {
    AgentHarness device = device("first");
    assertThat(signIn(device)).isZero();
    AgentEnvironment here = device.newProcess();
    AgentState state = new StateFile(home(here)).require();
    SignInCache.Entry ready = here.signIns().of(state, here.clock(), here.pause());
    byte[] before = Files.readAllBytes(home(here).secretsFile());

    assertThat(ColdStart.run(here, true)).isTrue();

    assertThat(here.signIns().of(state, here.clock(), here.pause())).isSameAs(ready);
    assertThat(Files.readAllBytes(home(here).secretsFile())).isEqualTo(before);
  }

  @Test
  void says_nothing_where_nobody_has_signed_in() throws Exception {
    AgentHarness device = device("first");

    assertThat(ColdStart.run(device.environment(), true)).isFalse();

    assertThat(device.out()).isEmpty();
    assertThat(device.err()).isEmpty();
  }
}
