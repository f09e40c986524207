package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The n-th write of the portal to its database fails, n = 1, 2, 3 … until a backup runs through:
 * whatever is written, by the portal that ships, in its own transactions, the commit included. The
 * agent says that the portal's storage is full, never that somebody has a defect; after each
 * failure no object and no snapshot is there in part. On PostgreSQL, because triggers that count
 * need classes inside H2; there {@code FailingWritesTest} does the same to the repositories and the
 * store. Time budget: 40 seconds beside the systems' start.
 */
@FullRunOnly
@Isolated
class NthWriteIT {

  private static final int NETWORK = 5;

  /** A backup writes some dozens of times; many more would be another fault. */
  private static final int MOST_WRITES = 200;

  @Test
  void whatever_write_fails_a_backup_ends_well_or_says_why_and_nothing_is_half() throws Exception {
    DisturbedEmployee disturbedEmployee = DisturbedEmployee.on(StackDatabase.Kind.POSTGRESQL);
    Random random = new Random(TestEffort.seed());
    Map<String, Integer> ends = new TreeMap<>();
    String told = "seed " + TestEffort.seed();
    try (NthWriteFailure writes = NthWriteFailure.plantedIn(disturbedEmployee.stack().db())) {
      for (int pass = 1; pass <= TestEffort.factor(); pass++) {
        untilThrough(disturbedEmployee, writes, random, told + ", pass " + pass, ends);
      }
    }
    System.out.println("n-th write, " + told + ": " + ends);
    assertThat(ends).containsKey("problem.storage-full");
    disturbedEmployee.completeAndRestore(told);
    disturbedEmployee.requireAllAcknowledged(random, told);
  }

  /** Lets the first write of a backup fail, of the next one the second, and so on. */
  private static void untilThrough(
      DisturbedEmployee disturbedEmployee,
      NthWriteFailure writes,
      Random random,
      String told,
      Map<String, Integer> ends)
      throws Exception {
    int number = 0;
    boolean through = false;
    while (!through) {
      number++;
      assertThat(number).as(told).isLessThan(MOST_WRITES);
      String round = told + ", write " + number;
      disturbedEmployee.tree().change(random);
      writes.fail(number);
      AgentResult agentResult = disturbedEmployee.backUp();
      through = writes.count() < number;
      ends.merge(outcome(agentResult, round), 1, Integer::sum);
      StoreIntegrity.require(disturbedEmployee.stack().db(), disturbedEmployee.setId(), round);
    }
    // Sessions, reports, the object's four, the root's, the snapshot's, the series, the device.
    assertThat(number).as(told).isGreaterThan(15);
  }

  private static String outcome(AgentResult agentResult, String round) {
    if (agentResult.exitCode() == AgentResult.DONE) {
      return "done";
    }
    assertThat(agentResult.exitCode()).as("%s: %s", round, agentResult).isEqualTo(NETWORK);
    JsonNode error = agentResult.event("error");
    String code = error.path("code").asText();
    assertThat(code).as("%s: %s", round, agentResult).isEqualTo("problem.storage-full");
    assertThat(error.path("message").asText()).contains("storage is full");
    return code;
  }
}
