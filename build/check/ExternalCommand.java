import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that this one starts, and its log. The script ends what is left of them. */
record ExternalCommand(Process process, Path log) {

  static ExternalCommand start(Path folder, Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return new ExternalCommand(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** A line of shell, run in the root, and its arguments. */
  static ExternalCommand shell(Path root, Path log, String line, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("bash", "-c", line, "check"));
    words.addAll(arguments);
    return start(root, log, Map.of(), words);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }

  /** Waits for its end; whether it went well. */
  boolean succeeds() throws InterruptedException {
    return process.waitFor() == 0;
  }
}
