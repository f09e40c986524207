package org.hikae.device.cli.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * The portal names a generation of K below the one that a device has or is given (HK1-K-16,
 * HK1-K-20, HK1-K-21). Budget: 20 seconds.
 */
@EveryThirdRun
class GenerationRollbackTest extends CompanyTestBase {

  private static final String NEW = "amber lantern whistle canyon 77";

  private int rotates(AgentHarness device) throws IOException {
    return device.run("keys", "rotate", "--password-fd", password(), "--new-password-fd", fd(NEW));
  }

  private int restores(AgentHarness device, String snapshot, String target, String... more) {
    String[] command = {
      "restore", snapshot, "--path", tree.toString(), "--target", folder.resolve(target).toString()
    };
    String[] all = new String[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return device.run(all);
  }

  private static String idIn(String events) {
    return events.replaceAll("(?s).*\"snapshotId\":\"([0-9a-f]+)\".*", "$1");
  }

  /** A portal that was restored from a backup must not keep a person from what it has. */
  @Test
  void who_has_the_key_of_a_generation_that_was_taken_back_restores_by_name_with_a_word()
      throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    String before = idIn(first.out());
    assertThat(rotates(first)).as(first.err()).isZero();
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    String after = idIn(first.out());
    company.claimsGeneration(1);

    assertThat(restores(first, "latest", "newest", "--accept-older", "2")).isEqualTo(7);
    assertThat(restores(first, before, "without")).isEqualTo(7);
    assertThat(first.err()).contains("--accept-older");
    assertThat(restores(first, before, "wrong-number", "--accept-older", "2")).isEqualTo(7);
    assertThat(restores(first, before, "old", "--accept-older", "1")).as(first.err()).isZero();
    assertSame(folder.resolve("old"));
    assertThat(restores(first, after, "new", "--accept-older", "2")).as(first.err()).isZero();
    assertThat(first.run("backup", tree.toString())).as("seals nothing").isEqualTo(7);

    company.claimsGeneration(0);
    assertThat(restores(first, "latest", "again")).as(first.err()).isZero();
  }

  /** HK1-K-21: nor must one that names a key that nobody has. */
  @Test
  void who_has_a_key_below_the_one_that_the_portal_names_restores_by_name_with_a_word()
      throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    String snapshot = idIn(first.out());
    company.claimsGeneration(2);

    assertThat(restores(first, "latest", "newest", "--accept-older", "1")).isNotZero();
    assertThat(restores(first, snapshot, "without")).isEqualTo(7);
    assertThat(first.err()).contains("earlier key that it has", "--accept-older");
    assertThat(restores(first, snapshot, "old", "--accept-older", "1")).as(first.err()).isZero();
    assertSame(folder.resolve("old"));
    assertThat(first.run("backup", tree.toString())).as("seals nothing").isNotZero();
  }

  /** HK1-K-15: what is kept of an unended rotation locks nobody out, neither now nor later. */
  @Test
  void who_opened_the_key_of_a_rotation_that_was_not_ended_restores_as_often_as_they_like()
      throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    company.cut("rotation", 0, true);
    assertThat(rotates(first)).isEqualTo(5);
    AgentHarness second = device("second");
    signIn(second);
    assertThat(restores(second, "latest", "once", "--password-fd", fd(NEW)))
        .as(second.err())
        .isZero();
    for (AgentHarness device : new AgentHarness[] {second, first, second}) {
      String target = "again" + company.requests().size();
      assertThat(restores(device, "latest", target)).as(device.err()).isZero();
    }
  }

  /** HK1-K-20: the portal was restored from before two rotations, the vault was not. */
  @Test
  void hk1_k_20_what_opens_two_generations_above_the_set_is_no_key_of_it() throws Exception {
    AgentHarness first = optedIn("first");
    Map<String, WrapView> before = Map.copyOf(company.wraps());
    assertThat(first.run("backup", tree.toString(), "--json")).as(first.err()).isZero();
    String snapshot = idIn(first.out());
    assertThat(rotates(first)).as(first.err()).isZero();
    assertThat(
            first.run("keys", "rotate", "--password-fd", fd(NEW), "--new-password-fd", password()))
        .as(first.err())
        .isZero();
    company.wraps().putAll(before);
    company.claimsGeneration(1);

    AgentHarness word = device("word");
    signIn(word);
    assertThat(restores(word, "latest", "a", "--password-fd", password(), "--accept-older", "1"))
        .isEqualTo(7);
    assertThat(word.err()).contains("from another time");
    assertThat(restores(word, snapshot, "b", "--password-fd", password())).isEqualTo(7);
    assertThat(word.err()).contains("from another time");
    assertThat(restores(word, snapshot, "c", "--password-fd", password(), "--accept-older", "1"))
        .as(word.err())
        .isZero();
    assertThat(word.run("backup", tree.toString(), "--password-fd", password()))
        .as("nothing is sealed under it")
        .isEqualTo(7);
    assertThat(word.run("snapshots")).isZero();
    assertThat(word.err()).as("nor is it kept").contains("has no key yet");
  }
}
