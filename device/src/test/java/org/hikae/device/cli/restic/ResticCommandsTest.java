package org.hikae.device.cli.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.ResticPasswordView;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.state.AgentState;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * restic's password under K and its sign-in, as a person and restic see them (HK1-G-10, HK1-G-11),
 * against a company on a local port.
 */
@EveryThirdRun
class ResticCommandsTest extends CompanyTestBase {

  private final List<String> digits = new ArrayList<>();

  private AgentHarness optedIn() throws Exception {
    AgentHarness device = device("first");
    signIn(device);
    assertThat(optInBoth(device, digits)).as(device.err()).isZero();
    return device;
  }

  private AgentHarness setUp() throws Exception {
    AgentHarness device = optedIn();
    assertThat(device.run("restic", "setup")).as(device.err()).isZero();
    return device;
  }

  private OwnResticRepository repository() {
    assertThat(company.responses().restic.repositories()).hasSize(1);
    return company.responses().restic.repositories().values().iterator().next();
  }

  private static String printed(AgentHarness device, String... more) {
    List<String> words = new ArrayList<>(List.of("restic", "password"));
    words.addAll(List.of(more));
    assertThat(device.run(words.toArray(new String[0]))).as(device.err()).isZero();
    assertThat(device.out()).endsWith("\n").hasLineCount(1);
    return device.out().strip();
  }

  @Test
  void setting_up_twice_changes_nothing_and_the_password_stays_on_the_devices() throws Exception {
    AgentHarness device = setUp();
    String password = printed(device);
    assertThat(password).hasSizeGreaterThanOrEqualTo(43);
    String before = AgentJson.mapper().writeValueAsString(repository());
    assertThat(before).doesNotContain(password);
    assertThat(device.run("restic", "setup", "--json")).as(device.err()).isZero();
    assertThat(device.out())
        .contains("\"credential\":\"KEPT\"", "\"password\":\"KEPT\"")
        .doesNotContain(password, "secret-of");
    assertThat(AgentJson.mapper().writeValueAsString(repository())).isEqualTo(before);
    assertThat(company.responses().restic.credentials()).hasSize(1);
    assertThat(printed(device)).isEqualTo(password);
    assertThat(device.run("restic", "--json")).isZero();
    assertThat(device.out())
        .contains("\"thisDevice\":true", "\"passwordKept\":true", "\"credentialHere\":true");
  }

  @Test
  void what_restic_signs_in_with_lies_in_the_secrets_file_and_can_be_replaced() throws Exception {
    AgentHarness device = setUp();
    Path secrets = folder.resolve("first/hikae/secrets.json");
    AgentState state = AgentJson.mapper().readValue(Files.readAllBytes(secrets), AgentState.class);
    String username = state.restic().get(repository().repository()).username();
    assertThat(state.restic().toString()).doesNotContain("secret-of");
    assertThat(device.run("restic", "setup", "--replace-credential", "--json")).isZero();
    assertThat(device.out()).contains("\"credential\":\"NEW\"", "\"password\":\"KEPT\"");
    assertThat(company.responses().restic.credentials().get(username).usable()).isFalse();
    assertThat(company.responses().restic.credentials()).hasSize(2);
  }

  @Test
  void another_device_prints_it_with_the_password_or_the_digits_alone() throws Exception {
    String password = printed(setUp());
    AgentHarness second = device("second");
    signIn(second);
    assertThat(printed(second, "--unlock", "password", "--password-fd", password()))
        .isEqualTo(password);
    AgentHarness third = device("third");
    signIn(third);
    String typed = String.valueOf(descriptors.with(String.join("\n", digits) + "\n"));
    assertThat(printed(third, "--unlock", "digit-key", "--digit-key-fd", typed))
        .isEqualTo(password);
    // It has the key now, so that restic can ask without anybody typing.
    assertThat(printed(third)).isEqualTo(password);
    assertThat(third.run("restic", "show", "--json")).isZero();
    assertThat(third.out()).contains("\"RESTIC_PASSWORD\":\"" + password + "\"");
  }

  @Test
  void a_password_that_was_altered_or_belongs_elsewhere_is_not_believed() throws Exception {
    AgentHarness device = setUp();
    String password = printed(device);
    OwnResticRepository own = repository();
    ResticPasswordView kept = own.passwords().getFirst();
    byte[] altered = TextCodec.parseBase64("blob", kept.blob(), 1000);
    altered[200] ^= 1;
    ResticPasswordView wrong =
        new ResticPasswordView(2, 1, kept.deviceId(), kept.storedAt(), TextCodec.base64(altered));
    company.responses().restic.serve(own.repository(), List.of(wrong));
    assertThat(device.run("restic", "password")).isEqualTo(7);
    assertThat(device.out()).isEmpty();
    assertThat(device.run("restic", "setup")).isEqualTo(7);
    company.responses().restic.serve(own.repository(), List.of(wrong, kept));
    assertThat(printed(device)).isEqualTo(password);
    assertThat(device.err()).contains("1");

    String other = "cd".repeat(16);
    company
        .responses()
        .restic
        .repositories()
        .put(
            other,
            new OwnResticRepository(
                other, own.setId(), "ef".repeat(16), kept.storedAt(), List.of(kept)));
    assertThat(device.run("restic", "password", "--of", other)).isEqualTo(7);
  }

  @Test
  void of_several_repositories_the_device_s_own_is_meant_or_that_which_is_named() throws Exception {
    AgentHarness first = setUp();
    String ofFirst = repository().repository();
    String password = printed(first);
    AgentHarness second = device("second");
    signIn(second);
    String typed = password();
    assertThat(second.run("restic", "setup", "--unlock", "password", "--password-fd", typed))
        .as(second.err())
        .isZero();
    assertThat(printed(second)).isNotEqualTo(password);
    assertThat(printed(second, "--of", ofFirst.substring(0, 20))).isEqualTo(password);
    assertThat(second.run("restic", "password", "--of", "nothing")).isEqualTo(6);
    AgentHarness third = device("third");
    signIn(third);
    assertThat(third.run("restic", "password")).isEqualTo(6);
    assertThat(third.err()).contains(ofFirst.substring(0, 8));
  }

  @Test
  void an_own_password_is_kept_and_the_one_before_is_not_overwritten() throws Exception {
    AgentHarness device = setUp();
    String own = "前からの パスワード";
    String fd = String.valueOf(descriptors.with(own + "\n"));
    assertThat(device.run("restic", "setup", "--own-password-fd", fd)).as(device.err()).isZero();
    assertThat(printed(device)).isEqualTo(own);
    assertThat(repository().passwords()).hasSize(2);
    for (String bad : List.of("", " x", "x ", "y".repeat(255))) {
      String wrong = String.valueOf(descriptors.with(bad + "\n"));
      assertThat(device.run("restic", "setup", "--own-password-fd", wrong)).as(bad).isEqualTo(6);
    }
    assertThat(device.run("restic", "setup", "--own-password")).isEqualTo(6);
    assertThat(repository().passwords()).hasSize(2);
  }

  @Test
  void without_restic_or_a_repository_it_says_so() throws Exception {
    AgentHarness device = optedIn();
    assertThat(device.run("restic")).isZero();
    assertThat(device.run("restic", "password")).isEqualTo(6);
    assertThat(device.err()).contains("hikae restic setup");
    assertThat(device.run("restic", "run", "--", "snapshots")).isEqualTo(9);
    assertThat(device.err()).contains("restic");
    assertThat(device.run("restic", "run")).isEqualTo(2);
  }

  /** A program that shows how restic would have been called, and ends as it is told. */
  private AgentHarness withResticThat(AgentHarness device, String script) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path restic = bin.resolve("restic");
    Files.writeString(restic, "#!/bin/sh\n" + script + "\n");
    assertThat(restic.toFile().setExecutable(true)).isTrue();
    return device.on(
        Map.of("PATH", bin.toString(), "HIKAE_PROGRAM", "/some where/hikae"),
        device.environment().clock(),
        device.environment().pause(),
        device.environment().computer());
  }

  @Test
  void restic_gets_its_secrets_by_the_environment_and_its_exit_code_is_passed_on()
      throws Exception {
    AgentHarness device = setUp();
    Path seen = folder.resolve("seen");
    withResticThat(
        device,
        "env | /bin/grep -a '^RESTIC' > '" + seen + "'; echo \"$#:$2\" >> '" + seen + "'; exit 10");
    assertThat(device.run("restic", "run", "--", "backup", "a file", "--json")).isEqualTo(10);
    String name = repository().repository();
    assertThat(Files.readString(seen))
        .containsPattern("RESTIC_REPOSITORY=rest:https?://[0-9]+:secret%2Bof%2F[0-9]+%3D@")
        .contains("@" + company.url().replaceFirst(".*//", "") + "/api/restic/" + name + "/\n")
        .contains(
            "RESTIC_PASSWORD_COMMAND=\"/some where/hikae\" restic password --of " + name + "\n")
        .contains("3:a file")
        .doesNotContain(printed(device));
  }
}
