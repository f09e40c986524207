package org.hikae.device.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyFixture;

/**
 * Makes the agent's archive of parsed classes when the package is built: {@code ClassArchiveMain
 * PACKAGE} lets the agent of that folder back files up to a fake company, and its JVM writes down
 * the classes that this took. A failure leaves no archive, without which the agent works as well,
 * only starts slower.
 */
public final class ClassArchiveMain {

  private static final int FILES = 200;

  private ClassArchiveMain() {}

  /** Runs once. */
  public static void main(String[] arguments) throws Exception {
    Path packaged = Path.of(arguments[0]);
    Path archive = packaged.resolve("lib/hikae.jsa");
    Files.deleteIfExists(archive);
    Path folder = Files.createTempDirectory("hikae-archive");
    try (CompanyFixture companyFixture = new CompanyFixture(folder)) {
      Path tree = Files.createDirectory(folder.resolve("tree"));
      write(tree, 0);
      AgentHarness device = companyFixture.device("device");
      require(companyFixture.optsIn(device).exit() == 0, device.err());
      require(device.run("backup", tree.toString()) == 0, device.err());
      // The next run meets a previous snapshot, and files that it has seen and others.
      write(tree, FILES / 2);
      train(packaged, archive, folder, tree);
    } finally {
      delete(folder);
    }
  }

  /** Text that compresses, noise that does not, and one file that is cut. */
  private static void write(Path tree, int from) throws IOException {
    Random random = new Random(from);
    for (int i = from; i < FILES; i++) {
      Path directory = Files.createDirectories(tree.resolve("directory " + i / 100));
      byte[] bytes = new byte[random.nextInt(8000)];
      random.nextBytes(bytes);
      String text = (i + ": what people write ").repeat(1 + i % 200);
      Files.write(
          directory.resolve("file " + i),
          i % 4 == 0 ? bytes : text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] large = new byte[8 << 20];
    random.nextBytes(large);
    Files.write(tree.resolve("large"), large);
  }

  private static void train(Path packaged, Path archive, Path folder, Path tree) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            packaged.resolve("bin/hikae").toString(), "backup", "--json", tree.toString());
    builder.environment().put("HIKAE_HOME", folder.resolve("device/hikae").toString());
    builder.environment().put("HIKAE_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:ArchiveClassesAtExit=" + archive);
    Path log = folder.resolve("log");
    Process agent = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    require(agent.waitFor(5, TimeUnit.MINUTES), "it takes too long");
    require(agent.exitValue() == 0 && Files.exists(archive), Files.readString(log));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
