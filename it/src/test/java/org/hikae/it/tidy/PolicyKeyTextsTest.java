package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hikae.policy.control.PolicyKey;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each value of a policy stands where no compiler misses it: in the specification and in the texts
 * of the agent, which has no list of the values.
 */
class PolicyKeyTextsTest {

  private static final Path SPECIFICATION = BuildOutput.root().resolve("docs/spec/policy.md");
  private static final Path AGENT =
      BuildOutput.root().resolve("device/src/main/resources/org/hikae/device/cli");

  @ParameterizedTest
  @EnumSource(PolicyKey.class)
  void the_specification_lists_it(PolicyKey key) {
    assertThat(SPECIFICATION).content().containsPattern("(?m)^\\| [^|]*`" + key.wireName() + "`");
  }

  /** The agent is told of all values but one (HK1-P-12), and shows each by its name. */
  @ParameterizedTest
  @EnumSource(value = PolicyKey.class, names = "SHOWS_LEGAL_HOLD", mode = EnumSource.Mode.EXCLUDE)
  void the_agent_has_a_name_for_it(PolicyKey key) {
    assertThat(AGENT.resolve("messages.properties"))
        .content()
        .containsPattern("(?m)^policy\\.name\\." + key.wireName() + "=\\S");
  }
}
