package org.hikae.device.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.files.TreeComparator;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.VerifierProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code hikae bundle} has written is restored by the independent verifier, with the digits
 * and nothing else: no portal, no vault, and no code of the product (HK1-B-01, HK1-B-08). Budget:
 * 10 seconds.
 */
@EveryThirdRun
class IndependentRestoreTest extends CompanyTestBase {

  private Path bundle;
  private Path digits;

  @BeforeEach
  void copy() throws Exception {
    List<String> rows = new ArrayList<>();
    AgentHarness device = device("first");
    assertThat(signIn(device)).as(device.err()).isZero();
    assertThat(optInBoth(device, rows)).as(device.err()).isZero();
    Files.write(tree.resolve("large"), incompressible(300_000));
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
    bundle = folder.resolve("bundle");
    assertThat(device.run("bundle", bundle.toString())).as(device.err()).isZero();
    digits = Files.writeString(folder.resolve("digits"), String.join("\n", rows));
  }

  private static byte[] incompressible(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private VerifierProgram.Ending verifier(String command, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(command, bundle.toString()));
    all.addAll(List.of(more));
    all.addAll(List.of("--digits-file", digits.toString()));
    all.addAll(List.of("--vault-root", company.vault().rootFingerprint()));
    return VerifierProgram.run(folder, all.toArray(new String[0]));
  }

  @Test
  void everything_comes_back_without_portal_and_vault() throws Exception {
    company.close();
    Path target = folder.resolve("restored");
    VerifierProgram.Ending ending = verifier("restore", target.toString());
    assertThat(ending.exit()).as(ending.said()).isZero();
    TreeComparator.assertEqual(
        tree, target.resolve(tree.toString().substring(1)), "restored by the verifier");
    VerifierProgram.Ending verified = verifier("verify");
    assertThat(verified.exit()).as(verified.said()).isZero();
  }

  @Test
  void one_byte_changed_in_the_copy_is_found() throws Exception {
    Path largest;
    try (Stream<Path> all = Files.walk(bundle.resolve("objects"))) {
      largest =
          all.filter(Files::isRegularFile)
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(largest, bytes);
    VerifierProgram.Ending verified = verifier("verify");
    assertThat(verified.exit()).as(verified.said()).isEqualTo(7);
    VerifierProgram.Ending restored = verifier("restore", folder.resolve("restored").toString());
    assertThat(restored.exit()).as(restored.said()).isEqualTo(7);
  }

  @Test
  void a_newest_snapshot_that_is_left_out_is_found() throws Exception {
    Path list = bundle.resolve("snapshots.json");
    String whole = Files.readString(list);
    int second = whole.indexOf("{\"snapshotId\"", 2);
    Files.writeString(list, "[" + whole.substring(second));
    VerifierProgram.Ending ending = verifier("restore", folder.resolve("restored").toString());
    assertThat(ending.exit()).as(ending.said()).isEqualTo(7);
    assertThat(folder.resolve("restored")).doesNotExist();
  }

  @Test
  void other_digits_open_nothing() throws Exception {
    String rows = Files.readString(digits);
    List<String> swapped = new ArrayList<>(Arrays.asList(rows.split("\n", -1)));
    Collections.swap(swapped, 0, 1);
    Files.writeString(digits, String.join("\n", swapped));
    VerifierProgram.Ending ending = verifier("restore", folder.resolve("restored").toString());
    assertThat(ending.exit()).as(ending.said()).isEqualTo(8);
  }
}
