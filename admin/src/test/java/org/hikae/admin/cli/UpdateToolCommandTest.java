package org.hikae.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A signing day, with the keys of four people and OpenSSL (HK1-U-03 to HK1-U-06). */
class UpdateToolCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private Path updates;
  private Path packages;
  private Path passphrase;

  @BeforeEach
  void make_folders() throws Exception {
    updates = Files.createDirectory(folder.resolve("updates"));
    packages = Files.createDirectory(folder.resolve("packages"));
    Files.writeString(packages.resolve("hikae_1.2.0_amd64.deb"), "a package");
    Files.writeString(packages.resolve("hikae-1.2.0-linux-arm64.tar.gz"), "an archive");
    Files.writeString(packages.resolve("SHA256SUMS"), "no package");
    passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine line = AdminMain.commandLine("en");
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    return line.execute(arguments);
  }

  private void key(String name) {
    assertThat(
            run(
                "update-key",
                name,
                folder.toString(),
                "--passphrase-file",
                passphrase.toString(),
                "--lang",
                "en"))
        .as(out.toString())
        .isZero();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int sign(String name, String by) {
    return run(
        "update-sign",
        updates.resolve(name).toString(),
        "--key",
        file(by + ".pem"),
        "--passphrase-file",
        passphrase.toString(),
        "--lang",
        "en");
  }

  private int root(String... signers) {
    String[] arguments = new String[4 + 2 * signers.length];
    arguments[0] = "update-root";
    arguments[1] = updates.toString();
    arguments[2] = "--renewer";
    arguments[3] = file("renewer.pub");
    for (int i = 0; i < signers.length; i++) {
      arguments[4 + 2 * i] = "--signer";
      arguments[5 + 2 * i] = file(signers[i] + ".pub");
    }
    return run(arguments);
  }

  private int check(String... more) {
    String[] arguments = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "update-check",
          updates.toString(),
          "--root",
          updates.resolve("1.root").toString(),
          "--lang",
          "en"
        },
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return run(arguments);
  }

  @Test
  void two_people_sign_and_one_renews_and_a_key_is_replaced() throws Exception {
    key("ann");
    key("bob");
    key("renewer");
    assertThat(Files.readString(folder.resolve("ann.pem"))).startsWith("-----BEGIN ENCRYPTED");
    assertThat(Files.getPosixFilePermissions(Path.of(file("ann.pem"))))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    assertThat(root("ann", "bob")).as(out.toString()).isZero();
    assertThat(sign("1.root", "ann")).as(out.toString()).isZero();
    assertThat(check()).as("one of two").isEqualTo(1);
    assertThat(sign("1.root", "bob")).isZero();
    assertThat(out.toString()).contains("bob has signed", "2 signatures");
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("timestamp is not there");

    assertThat(run("update-list", updates.toString(), packages.toString())).isZero();
    assertThat(out.toString())
        .contains("deb amd64 1.2.0 9 ", "tar.gz arm64 1.2.0 10 ")
        .doesNotContain("SHA256SUMS");
    assertThat(sign("1.targets", "ann")).isZero();
    assertThat(sign("1.targets", "ann")).isZero();
    assertThat(out.toString()).contains("before");
    assertThat(run("update-timestamp", updates.toString())).isZero();
    assertThat(sign("timestamp", "renewer")).isZero();
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("1.targets has too few signatures");
    assertThat(sign("1.targets", "bob")).isZero();
    assertThat(check()).as(out.toString()).isZero();
    assertThat(out.toString()).contains("keys 1, list 1");
    assertThat(check("--days", "13")).isZero();
    assertThat(check("--days", "15")).isEqualTo(1);
    assertThat(out.toString()).contains("timestamp has expired");

    key("cid");
    assertThat(root("ann", "cid")).isZero();
    assertThat(sign("2.root", "ann")).isZero();
    assertThat(sign("2.root", "cid")).isZero();
    assertThat(check()).as("too few of those before").isEqualTo(1);
    assertThat(sign("2.root", "bob")).isZero();
    assertThat(check()).as("a list that bob has signed, who does not count").isEqualTo(1);
    assertThat(sign("1.targets", "cid")).isZero();
    assertThat(check()).as(out.toString()).isZero();
    assertThat(out.toString()).contains("keys 2, list 1");
  }

  @Test
  void what_cannot_be_done_is_said() throws Exception {
    key("ann");
    assertThat(run("update-key", "ann", folder.toString())).as("it is there").isEqualTo(1);
    assertThat(run("update-key", "../ann", folder.toString())).isEqualTo(1);
    assertThat(run("update-timestamp", updates.toString())).isEqualTo(1);
    Files.writeString(updates.resolve("1.root"), "something else\n\n");
    assertThat(sign("1.root", "ann")).isEqualTo(1);
    assertThat(run("update-list", updates.toString(), updates.toString()))
        .as("no package")
        .isEqualTo(1);
    assertThat(run("update-list", updates.toString(), packages.toString(), "--days", "0"))
        .isEqualTo(AdminMain.USAGE);
    Files.writeString(passphrase, "wrong\n");
    assertThat(run("update-list", updates.toString(), packages.toString())).isZero();
    assertThat(sign("1.targets", "ann")).as("the passphrase").isEqualTo(1);
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(sign("1.targets", "ann")).isEqualTo(1);
    assertThat(out.toString()).contains("others can read");
    assertThat(Files.readString(updates.resolve("1.targets"))).endsWith("\n\n");
  }
}
