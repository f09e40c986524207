package org.hikae.device.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeKeyTransfers;
import org.hikae.device.http.Sleeper;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.testing.EveryThirdRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HK1-T-01, HK1-T-11: two computers of a person, as the person sees them. */
@EveryThirdRun
class TransferCommandTest extends CompanyTestBase {

  private static final Pattern CODE = Pattern.compile(":  (\\d{3} \\d{3})");
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(30);

  private AgentHarness oldDevice;
  private AgentHarness newDevice;

  @BeforeEach
  void two_computers() throws Exception {
    oldDevice = hurried(optedIn("old"));
    newDevice = hurried(device("new"));
  }

  /** Whose command waits a moment for each two seconds that it means to wait. */
  private static AgentHarness hurried(AgentHarness device) {
    AgentEnvironment here = device.environment();
    return device.on(Map.of(), here.clock(), new HurriedTime(), here.computer());
  }

  private static final class HurriedTime implements Sleeper {
    private final AtomicLong ahead = new AtomicLong();

    @Override
    public void wait(Duration duration) throws InterruptedException {
      Thread.sleep(MOMENT);
      ahead.addAndGet(duration.toNanos());
    }

    @Override
    public long nanos() {
      return System.nanoTime() + ahead.get();
    }
  }

  private AgentState state(String name) throws Exception {
    Path home = folder.resolve(name).resolve("hikae");
    return new StateFile(new AgentHome(home)).require();
  }

  /** Somebody who reads the digits from the new computer when they are asked for them. */
  private final class Reader implements PersonTerminal {
    private final List<String> prompts = new ArrayList<>();
    private final UnaryOperator<String> types;

    Reader(UnaryOperator<String> types) {
      this.types = types;
    }

    @Override
    public char @Nullable [] hidden(String prompt) {
      return null;
    }

    @Override
    public @Nullable String visible(String prompt) {
      prompts.add(prompt);
      return types.apply(shown());
    }
  }

  private String shown() {
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      Matcher matcher = CODE.matcher(newDevice.out());
      if (matcher.find()) {
        return matcher.group(1);
      }
      LockSupport.parkNanos(MOMENT.toNanos());
    }
    throw new IllegalStateException(newDevice.out() + newDevice.err());
  }

  private CompletableFuture<Integer> receives(String... more) {
    List<String> all = new ArrayList<>(List.of("transfer"));
    all.addAll(List.of(more));
    return CompletableFuture.supplyAsync(
        () -> newDevice.run(all.toArray(new String[0])),
        task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void the_new_computer_restores_without_password_or_paper() throws Exception {
    assertThat(oldDevice.run("backup", tree.toString())).as(oldDevice.err()).isZero();
    signIn(newDevice);
    CompletableFuture<Integer> receiving = receives();
    String code = shown();
    assertThat(newDevice.out()).contains("\u2588\u2580");
    int gave = oldDevice.run("transfer", "--give", "--code-fd", fd(code));
    assertThat(gave).as(oldDevice.err()).isZero();
    assertThat(receiving.get(1, TimeUnit.MINUTES)).as(newDevice.err()).isZero();
    assertThat(newDevice.out()).contains("can back up and restore now");
    assertThat(oldDevice.out()).contains("has confirmed it");
    Path target = folder.resolve("restored");
    assertThat(newDevice.run("restore", "--target", target.toString(), "--path", tree.toString()))
        .as(newDevice.err())
        .isZero();
    assertSame(target);
    // And it is there for good: asked again, there is nothing to do.
    assertThat(newDevice.run("transfer")).isZero();
    assertThat(newDevice.out()).contains("already");
  }

  /** HK1-T-08: where the company has told the new computer no pin. */
  @Test
  void the_pin_of_the_vault_and_what_was_seen_of_it_go_along() throws Exception {
    assertThat(oldDevice.run("backup", tree.toString())).as(oldDevice.err()).isZero();
    assertThat(newDevice.run("login", "--server", company.url())).isZero();
    assertThat(state("new").profile().vaultRoot()).isNull();
    CompletableFuture<Integer> receiving = receives();
    assertThat(oldDevice.run("transfer", "--give", "--code-fd", fd(shown()))).isZero();
    assertThat(receiving.get(1, TimeUnit.MINUTES)).as(newDevice.err()).isZero();
    AgentState given = state("old");
    AgentState got = state("new");
    assertThat(got.profile().vaultRoot()).isEqualTo(company.vault().rootFingerprint());
    assertThat(got.profile().vaultRootFrom()).isEqualTo("DEVICE");
    assertThat(got.vault().card()).isEqualTo(given.vault().card());
    assertThat(got.vault().head()).isEqualTo(given.vault().head());
    assertThat(got.cardSequence()).isEqualTo(given.cardSequence());
    assertThat(got.heads().keySet()).isEqualTo(given.heads().keySet());
    assertThat(got.device().privateKey()).isNotEqualTo(given.device().privateKey());
  }

  /** HK1-T-08: one of the two was deceived. */
  @Test
  void two_computers_that_trust_different_vaults_hand_nothing_over() throws Exception {
    int signedIn =
        newDevice.run("login", "--server", company.url(), "--vault-root", "ab".repeat(32));
    assertThat(signedIn).as(newDevice.err()).isZero();
    CompletableFuture<Integer> receiving = receives();
    oldDevice.run("transfer", "--give", "--code-fd", fd(shown()));
    assertThat(receiving.get(1, TimeUnit.MINUTES)).isEqualTo(6);
    assertThat(newDevice.err()).contains("ALARM", "ab".repeat(32));
    assertThat(state("new").set()).isNull();
    assertThat(oldDevice.out()).contains("did not confirm");
  }

  @Test
  void who_asks_is_said_before_the_digits_are_asked_for() throws Exception {
    signIn(newDevice);
    CompletableFuture<Integer> receiving = receives();
    shown();
    List<String> outBefore = new ArrayList<>();
    Reader reader =
        new Reader(
            code -> {
              outBefore.add(oldDevice.out());
              return code;
            });
    oldDevice.at(reader);
    assertThat(oldDevice.run("transfer", "--give")).as(oldDevice.err()).isZero();
    assertThat(receiving.get(1, TimeUnit.MINUTES)).isZero();
    assertThat(outBefore.getFirst())
        .contains(
            "asks for the key", FakeKeyTransfers.ADDRESS, "stands before you", "Nobody from IT");
    assertThat(reader.prompts).hasSize(1);
  }

  /** HK1-T-06: what is no code costs no try; three others end it on both sides. */
  @Test
  void mistyped_digits_are_asked_for_again_and_three_wrong_ones_end_it() throws Exception {
    signIn(newDevice);
    CompletableFuture<Integer> receiving = receives();
    String code = shown().replace(" ", "");
    String other = code.startsWith("9") ? "0" + code.substring(1) : "9" + code.substring(1);
    List<String> answers = new ArrayList<>(List.of("12 34", other, other, other));
    oldDevice.at(new Reader(_ -> answers.removeFirst()));
    assertThat(oldDevice.run("transfer", "--give")).isEqualTo(6);
    assertThat(receiving.get(1, TimeUnit.MINUTES)).isEqualTo(6);
    assertThat(oldDevice.err()).contains("not six digits", "Tries left: 2");
    assertThat(newDevice.err()).contains("Three tries");
    assertThat(state("new").set()).isNull();
    assertThat(company.responses().transfers.said())
        .extracting(message -> message.step())
        .doesNotContain(KeyTransferStep.CONFIRMATION, KeyTransferStep.KEY);
  }

  @Test
  void nothing_typed_ends_it() throws Exception {
    signIn(newDevice);
    CompletableFuture<Integer> receiving = receives();
    shown();
    oldDevice.at(new Reader(_ -> ""));
    assertThat(oldDevice.run("transfer", "--give")).isEqualTo(4);
    // Another run goes on where that one left off.
    assertThat(oldDevice.run("transfer", "--give", "--code-fd", fd(shown()))).isZero();
    assertThat(receiving.get(1, TimeUnit.MINUTES)).isZero();
  }

  @Test
  void a_computer_without_the_key_gives_none() throws Exception {
    signIn(newDevice);
    assertThat(newDevice.run("transfer", "--give", "--code-fd", fd("123456"))).isEqualTo(6);
    assertThat(newDevice.err()).contains("does not have the key");
    assertThat(oldDevice.run("transfer", "--give", "--code-fd", fd("123456"))).isEqualTo(6);
    assertThat(oldDevice.err()).contains("None of your computers asks");
    company.claimsGeneration(2);
    assertThat(oldDevice.run("transfer", "--give", "--code-fd", fd("123456"))).isEqualTo(6);
    assertThat(oldDevice.err()).contains("does not have the key");
  }

  /** HK1-T-03: the digits are printed, and are nowhere else. */
  @Test
  void programs_get_the_digits_in_an_event_and_the_portal_never() throws Exception {
    signIn(newDevice);
    CompletableFuture<Integer> receiving = receives("--json");
    Pattern event = Pattern.compile("\"code\":\"(\\d{6})\",\"qr\":\\[\"[01]{21}\"");
    Instant end = Instant.now().plus(LONGEST);
    Matcher matcher = event.matcher(newDevice.out());
    while (!matcher.find()) {
      assertThat(Instant.now()).isBefore(end);
      matcher = event.matcher(newDevice.out());
    }
    String code = matcher.group(1);
    assertThat(oldDevice.run("transfer", "--give", "--json", "--code-fd", fd(code))).isZero();
    assertThat(receiving.get(1, TimeUnit.MINUTES)).isZero();
    assertThat(oldDevice.out()).contains("\"given\":true", "\"arrived\":true");
    assertThat(oldDevice.out()).doesNotContain(code);
    assertThat(company.responses().transfers.said())
        .allSatisfy(message -> assertThat(message.body()).doesNotContain(code));
    assertThat(company.requests()).noneMatch(request -> request.contains(code));
  }
}
