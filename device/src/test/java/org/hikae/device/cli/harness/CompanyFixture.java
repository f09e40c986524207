package org.hikae.device.cli.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.device.company.FakeCompany;

/** Devices of one employee of a {@link FakeCompany}, and a person who types rows back. */
public final class CompanyFixture implements AutoCloseable {

  public static final String PASSWORD = "violet kettle orbit marzipan 42";

  private final Path folder;
  private final FakeCompany company = new FakeCompany();
  private final FileDescriptors descriptors;

  public CompanyFixture(Path folder) throws IOException {
    this.folder = folder;
    this.descriptors = new FileDescriptors(folder);
  }

  public FakeCompany company() {
    return company;
  }

  FileDescriptors descriptors() {
    return descriptors;
  }

  /** A device that is signed in. */
  public AgentHarness device(String name) throws IOException {
    AgentHarness device = AgentHarness.in(Files.createDirectories(folder.resolve(name)), Map.of());
    int exit =
        device.run(
            "login", "--server", company.url(), "--vault-root", company.vault().rootFingerprint());
    if (exit != 0) {
      throw new IllegalStateException(device.err());
    }
    return device;
  }

  /**
   * A device whose person has opted in with a 64-digit key and knows of no vault, which has no part
   * in the test.
   */
  public AgentHarness deviceWithoutVault(String name) throws Exception {
    AgentHarness device = AgentHarness.in(Files.createDirectories(folder.resolve(name)), Map.of());
    int exit = device.run("login", "--server", company.url());
    if (exit == 0) {
      exit = makesDigits(device, false, "optin", "--yes", "--protect", "digit-key").exit();
    }
    if (exit != 0) {
      throw new IllegalStateException(device.err());
    }
    return device;
  }

  /** A descriptor from which this line is read. */
  public String line(String text) throws IOException {
    return String.valueOf(descriptors.with(text + "\n"));
  }

  /** A command that makes a new 64-digit key and lets the row be typed back. */
  public record NewKeyCommand(int exit, List<String> rows) {}

  /** Runs a command that shows a new key; {@code wrong} types another row back. */
  public NewKeyCommand makesDigits(AgentHarness device, boolean wrong, String... arguments)
      throws Exception {
    FileDescriptors.Pipe out = descriptors.pipe();
    FileDescriptors.Pipe back = descriptors.pipe();
    List<String> rows = new ArrayList<>();
    CompletableFuture<Void> typing =
        CompletableFuture.runAsync(
            () -> typeBack(out.handle(), back.handle(), rows, wrong),
            // A thread of its own: the common pool may have one thread only, which HTTP needs.
            task -> Thread.ofPlatform().daemon().start(task));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--digit-key-out-fd", String.valueOf(out.number())));
    all.addAll(List.of("--digit-key-fd", String.valueOf(back.number())));
    int exit = device.run(all.toArray(new String[0]));
    if (exit == 0) {
      typing.get(2, TimeUnit.MINUTES);
    }
    return new NewKeyCommand(exit, rows);
  }

  /** Opts in with both protections. */
  public NewKeyCommand optsIn(AgentHarness device, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("optin", "--yes", "--protect", "both"));
    all.addAll(List.of("--password-fd", line(PASSWORD)));
    all.addAll(List.of(more));
    return makesDigits(device, false, all.toArray(new String[0]));
  }

  private static void typeBack(
      RandomAccessFile out, RandomAccessFile back, List<String> rows, boolean wrong) {
    try {
      for (int row = 0; row < 4; row++) {
        rows.add(readLine(out));
      }
      int asked = Integer.parseInt(readLine(out).substring("row ".length()));
      String row = rows.get(wrong ? asked % 4 : asked - 1);
      back.write((row + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readLine(RandomAccessFile in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      line.append((char) read);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    descriptors.close();
    company.close();
  }
}
