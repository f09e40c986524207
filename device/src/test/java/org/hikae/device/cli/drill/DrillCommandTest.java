package org.hikae.device.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.junit.jupiter.api.Test;

/** {@code hikae drill} (HK1-R-18), against a company on a local port. */
class DrillCommandTest extends CompanyTestBase {

  private static final int REFUSED = 6;

  private List<String> sent() {
    return company.responses().recoveryProofs;
  }

  @Test
  void without_a_snapshot_nothing_is_shown() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("drill")).isEqualTo(REFUSED);
    assertThat(device.err()).contains("There is no snapshot to open yet");
    assertThat(sent()).isEmpty();
  }

  @Test
  void what_was_opened_is_shown_with_a_signature_and_no_name() throws Exception {
    AgentHarness device = optedIn("first");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    assertThat(device.run("drill")).as(device.err()).isZero();
    RecoveryProof proof = AgentJson.mapper().readValue(sent().getFirst(), RecoveryProof.class);
    proof.requireValid();
    assertThat(proof.kind()).isEqualTo(RecoveryProofKind.DRILL);
    assertThat(proof.snapshotId()).isEqualTo(company.store().committed().getFirst().snapshotId());
    assertThat(proof.files()).isPositive();
    assertThat(sent().getFirst()).doesNotContain("letter.txt");
    assertThat(device.run("status")).as(device.err()).isZero();
    assertThat(device.out()).contains("The last drill on this device went well");
  }
}
