package org.hikae.device.cli.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.device.company.FakeCompany;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Employees' devices at a company on a local port. */
public abstract class CompanyTestBase {

  public static final String PASSWORD = CompanyFixture.PASSWORD;

  @TempDir public Path folder;
  public FakeCompany company;
  public FileDescriptors descriptors;
  public Path tree;
  private CompanyFixture companyFixture;

  @BeforeEach
  void start() throws Exception {
    companyFixture = new CompanyFixture(folder);
    company = companyFixture.company();
    descriptors = companyFixture.descriptors();
    tree = Files.createDirectories(folder.resolve("tree"));
    Files.writeString(tree.resolve("letter.txt"), "dear diary");
    Files.createDirectories(tree.resolve("日本/語"));
    Files.writeString(tree.resolve("日本/語/書類.txt"), "秘密");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("letter.txt"));
  }

  @AfterEach
  void stop() throws Exception {
    companyFixture.close();
  }

  public AgentHarness device(String name) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home);
    return AgentHarness.in(home, Map.of());
  }

  public int signIn(AgentHarness device) {
    return device.run(
        "login", "--server", company.url(), "--vault-root", company.vault().rootFingerprint());
  }

  /** A device whose person has opted in with {@link #PASSWORD}. */
  public AgentHarness optedIn(String name) throws IOException {
    AgentHarness device = device(name);
    signIn(device);
    assertThat(optInPassword(device)).as(device.err()).isZero();
    return device;
  }

  /** Number of a descriptor from which a line is read. */
  public String fd(String secret) throws IOException {
    return String.valueOf(descriptors.with(secret + "\n"));
  }

  public int optInPassword(AgentHarness device) throws IOException {
    return device.run("optin", "--yes", "--protect", "password", "--password-fd", password());
  }

  public String password() throws IOException {
    return fd(PASSWORD);
  }

  public int optInBoth(AgentHarness device, List<String> key) throws Exception {
    CompanyFixture.NewKeyCommand newKeyCommand = companyFixture.optsIn(device);
    key.addAll(newKeyCommand.rows());
    return newKeyCommand.exit();
  }

  public int restore(AgentHarness device, Path target, String option, String secret)
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

  public void assertSame(Path restored) throws IOException {
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
}
