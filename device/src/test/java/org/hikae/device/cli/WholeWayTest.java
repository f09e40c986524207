package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.vaultclient.FakeVault;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line from sign-in to restore, against a company on a local port. */
class WholeWayTest {

  private static final String PASSWORD = "violet kettle orbit marzipan 42";

  @TempDir private Path folder;
  private FakeCompany company;
  private Descriptors descriptors;
  private Path tree;

  @BeforeEach
  void start() throws Exception {
    company = new FakeCompany();
    descriptors = new Descriptors(folder);
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("letter.txt"), "dear diary");
    Files.createDirectories(tree.resolve("日本/語"));
    Files.writeString(tree.resolve("日本/語/書類.txt"), "秘密");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("letter.txt"));
  }

  @AfterEach
  void stop() throws Exception {
    descriptors.close();
    company.close();
  }

  @Test
  void from_opting_in_to_restoring_with_password_and_with_digits() throws Exception {
    TestSurroundings first = device("first");
    assertThat(signIn(first)).isZero();
    List<String> key = new ArrayList<>();
    assertThat(optInBoth(first, key)).as(first.err()).isZero();
    assertThat(company.state()).isEqualTo("OPTED_IN");
    assertThat(company.vault().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    assertThat(first.run("snapshots", "--json")).as(first.err()).isZero();
    assertThat(first.out()).contains("\"event\":\"snapshot\"").contains("\"sequence\":1");
    assertThat(first.run("ls")).isZero();
    assertThat(first.out()).contains("日本/語/書類.txt");

    TestSurroundings second = device("second");
    signIn(second);
    Path byPassword = folder.resolve("by-password");
    assertThat(restore(second, byPassword, "--password-fd", PASSWORD + "\n"))
        .as(second.err())
        .isZero();
    assertSame(byPassword);

    TestSurroundings third = device("third");
    signIn(third);
    Path byDigits = folder.resolve("by-digits");
    assertThat(restore(third, byDigits, "--digit-key-fd", String.join("\n", key) + "\n"))
        .as(third.err())
        .isZero();
    assertSame(byDigits);
    assertThat(company.reports())
        .filteredOn(r -> r.result() == RunResult.SUCCESS)
        .extracting(RunReport::kind)
        .containsExactly(RunReport.Kind.BACKUP, RunReport.Kind.RESTORE, RunReport.Kind.RESTORE);
  }

  @Test
  void a_wrong_password_costs_one_attempt_and_says_how_many_are_left() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    optInPassword(first);
    int before = company.vault().guesses();
    TestSurroundings second = device("second");
    signIn(second);

    assertThat(restore(second, folder.resolve("x"), "--password-fd", "not the password 1"))
        .isEqualTo(8);
    assertThat(second.err()).contains("Attempts left: 9");
    assertThat(company.vault().guesses()).isEqualTo(before + 1);
    for (int left = 8; left >= 0; left--) {
      restore(second, folder.resolve("x"), "--password-fd", "not the password 1");
    }
    assertThat(second.err()).contains("it was the last attempt");
  }

  @Test
  void a_mistyped_digit_key_names_the_row_and_sends_nothing() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    List<String> key = new ArrayList<>();
    optInBoth(first, key);
    char last = key.get(2).charAt(18);
    key.set(2, key.get(2).substring(0, 18) + (last == '0' ? '1' : '0'));
    TestSurroundings second = device("second");
    signIn(second);

    int exit = restore(second, folder.resolve("x"), "--digit-key-fd", String.join("\n", key));

    assertThat(exit).isEqualTo(6);
    assertThat(second.err()).contains("Row 3");
  }

  @Test
  void without_a_pinned_root_no_password_is_offered() throws Exception {
    TestSurroundings first = device("first");
    assertThat(first.run("login", "--server", company.url())).isZero();

    assertThat(first.run("optin", "--yes", "--protect", "password", "--password-fd", password()))
        .isEqualTo(6);
    assertThat(first.err()).contains("vault root");
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  @Test
  void a_foreign_root_or_an_older_card_is_refused_and_nothing_is_registered() throws Exception {
    TestSurroundings first = device("first");
    first.run(
        "login", "--server", company.url(), "--vault-root", Hash256.sha256(new byte[1]).hex());
    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("another root");

    company.vault().setSequence(5);
    signIn(first);
    assertThat(optInPassword(first)).as(first.err()).isZero();
    company.vault().setSequence(4);
    TestSurroundings same = device("first");
    assertThat(same.run("status")).isEqualTo(6);
    assertThat(same.err()).contains("older card");
  }

  @Test
  void a_receipt_that_says_anything_else_ends_the_opt_in() throws Exception {
    byte[] other = new byte[32];
    List<java.util.function.UnaryOperator<Receipt>> lies =
        List.of(
            r -> with(r, r.tenant() + "x", r.subject(), r.credId(), r.uploadHash(), r.wrapHash()),
            r -> with(r, r.tenant(), "someone-else", r.credId(), r.uploadHash(), r.wrapHash()),
            r -> with(r, r.tenant(), r.subject(), other, r.uploadHash(), r.wrapHash()),
            r -> with(r, r.tenant(), r.subject(), r.credId(), Hash256.ZERO, r.wrapHash()),
            r -> with(r, r.tenant(), r.subject(), r.credId(), r.uploadHash(), Hash256.ZERO));
    TestSurroundings first = device("first");
    signIn(first);
    for (java.util.function.UnaryOperator<Receipt> lie : lies) {
      company.vault().changeReceipts(lie);
      assertThat(optInPassword(first)).isEqualTo(6);
      assertThat(first.err()).contains("receipt");
      assertThat(company.state()).isEqualTo("PENDING");
    }
    company.vault().changeReceipts(r -> r);
    assertThat(optInPassword(first)).as("a rerun starts anew").isZero();
  }

  @Test
  void a_reply_that_was_altered_is_refused() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    company.vault().changeReplies(FakeVault::flipped);

    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("altered");
  }

  @Test
  void a_sign_in_that_is_too_old_is_told_before_anything_is_sent() throws Exception {
    company.signedInAt(Instant.now().minusSeconds(3600));
    TestSurroundings first = device("first");
    signIn(first);

    assertThat(optInPassword(first)).isEqualTo(6);
    assertThat(first.err()).contains("hikae login");
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  @Test
  void the_device_grant_ends_when_it_is_denied_or_expires() throws Exception {
    for (String error : List.of("access_denied", "expired_token")) {
      company.answerGrantWith(error, 1);
      assertThat(signIn(device("first"))).isEqualTo(6);
    }
    company.answerGrantWith("slow_down", 3);
    assertThat(signIn(device("first"))).isZero();
  }

  @Test
  void a_snapshot_that_vanishes_raises_an_alarm_and_stops_a_restore() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    optInPassword(first);
    first.run("backup", tree.toString());
    Files.writeString(tree.resolve("letter.txt"), "dear diary, two");
    assertThat(first.run("backup", tree.toString())).as(first.err()).isZero();
    company.store().committed().removeLast();

    assertThat(first.run("snapshots")).isEqualTo(7);
    assertThat(first.err()).contains("ALARM");
    assertThat(first.run("restore", "--target", folder.resolve("x").toString())).isEqualTo(7);
    assertThat(first.run("restore", "--accept-regress", "--target", folder.resolve("x").toString()))
        .as(first.err())
        .isZero();
  }

  @Test
  void a_report_that_cannot_be_sent_goes_out_with_the_next_run() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    optInPassword(first);
    company.close();
    assertThat(first.run("backup", tree.toString())).isEqualTo(5);
    assertThat(folder.resolve("first/hikae/reports")).isDirectoryContaining("glob:**.json");
  }

  @Test
  void nothing_secret_reaches_the_portal_or_the_screen() throws Exception {
    TestSurroundings first = device("first");
    signIn(first);
    List<String> key = new ArrayList<>();
    optInBoth(first, key);
    String said = first.out() + first.err() + company.requests() + company.wraps();

    assertThat(said).doesNotContain(PASSWORD).doesNotContain(key.get(0)).doesNotContain("offline");
  }

  private TestSurroundings device(String name) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home);
    return TestSurroundings.in(home, Map.of());
  }

  private int signIn(TestSurroundings device) {
    return device.run(
        "login", "--server", company.url(), "--vault-root", company.vault().rootFingerprint());
  }

  private int optInPassword(TestSurroundings device) throws IOException {
    return device.run("optin", "--yes", "--protect", "password", "--password-fd", password());
  }

  private String password() throws IOException {
    return String.valueOf(descriptors.with(PASSWORD + "\n"));
  }

  private int optInBoth(TestSurroundings device, List<String> key) throws Exception {
    Descriptors.Pipe out = descriptors.pipe();
    Descriptors.Pipe back = descriptors.pipe();
    CompletableFuture<Void> typing =
        CompletableFuture.runAsync(
            () -> typeBack(out.handle(), back.handle(), key),
            // A thread of its own: the common pool may have one thread only, which HTTP needs.
            task -> Thread.ofPlatform().daemon().start(task));
    int exit =
        device.run(
            "optin",
            "--yes",
            "--protect",
            "both",
            "--password-fd",
            password(),
            "--digit-key-out-fd",
            String.valueOf(out.number()),
            "--digit-key-fd",
            String.valueOf(back.number()));
    if (exit == 0) {
      typing.get(20, java.util.concurrent.TimeUnit.SECONDS);
    }
    return exit;
  }

  private static void typeBack(RandomAccessFile out, RandomAccessFile back, List<String> key) {
    try {
      for (int row = 0; row < 4; row++) {
        key.add(line(out));
      }
      int asked = Integer.parseInt(line(out).substring("row ".length()));
      back.write((key.get(asked - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String line(RandomAccessFile in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      line.append((char) read);
    }
    return line.toString();
  }

  private int restore(TestSurroundings device, Path target, String option, String secret)
      throws IOException {
    return device.run(
        "restore",
        "--target",
        target.toString(),
        "--path",
        tree.toString(),
        option,
        String.valueOf(descriptors.with(secret)));
  }

  private void assertSame(Path restored) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.toList()) {
        Path copy = restored.resolve(tree.relativize(path).toString());
        if (Files.isSymbolicLink(path)) {
          assertThat(Files.readSymbolicLink(copy)).isEqualTo(Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path)) {
          assertThat(copy).hasSameBinaryContentAs(path);
        } else {
          assertThat(copy).isDirectory();
        }
      }
    }
  }

  private static Receipt with(
      Receipt r, String tenant, String subject, byte[] credId, Hash256 upload, Hash256 wrap) {
    return new Receipt(
        r.event(),
        r.atSeconds(),
        tenant,
        subject,
        r.setId(),
        credId,
        upload,
        wrap,
        r.ownerKey(),
        r.signature());
  }
}
