package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.vault.root.contract.RootLocation;
import org.hikae.vault.root.pkcs11.AnchorRaiserMain;
import org.hikae.vault.root.pkcs11.SoftHsmTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A process that does nothing but raise the anchor in a token is killed: SoftHSM writes an object
 * in several steps, and what a kill leaves between two of them must not keep the next process from
 * finding the anchor. Time budget: 15 seconds.
 */
@DisplayName("HK1-V-09: kill -9 while the anchor is raised")
@EveryThirdRun
class AnchorKillTest {

  private static final int KILLS = 40;

  /** Time for some ten points, once the process is at work. */
  private static final int MOST_MILLIS = 150;

  @Test
  void the_anchor_is_found_where_it_was_raised_to_or_one_further() throws Exception {
    long seed = TestEffort.seed();
    Random random = new Random(seed);
    RootLocation.Pkcs11 place = SoftHsmTokens.freshToken();
    long raised = 0;
    int kills = TestEffort.times(AnchorKillTest.class, KILLS, 4);
    for (int kill = 1; kill <= kills; kill++) {
      String told = "seed " + seed + ", kill " + kill;
      try (VaultChildProcess child =
          VaultChildProcess.start(
              AnchorRaiserMain.class,
              Map.of(),
              place.library().toString(),
              Integer.toString(place.slotIndex()))) {
        long at = number(child.await("at "));
        assertThat(at).as(told).isBetween(raised, raised + 1);
        raised = number(child.await("raised "));
        assertThat(child.endsWithin(random.nextLong(MOST_MILLIS * 1_000_000L))).as(told).isFalse();
        child.kill();
        raised = child.rest().map(AnchorKillTest::number).reduce(raised, (_, next) -> next);
      }
    }
    System.out.println("seed " + seed + ": the anchor was raised to " + raised);
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }
}
