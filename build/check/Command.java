import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that this one starts and that ends with it, whatever ends it; it writes into a log. */
final class Command {

  private final Process process;
  private final Path log;

  private Command(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Command start(Path folder, Path log, Map<String, String> environment, List<String> words)
      throws IOException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Command command = new Command(builder.start(), log);
    Runtime.getRuntime().addShutdownHook(new Thread(command::kill));
    return command;
  }

  /** Maven without a network. */
  static Command maven(Path root, Path log, List<String> arguments) throws IOException {
    List<String> words = new java.util.ArrayList<>(List.of("mvn", "-o", "-B", "-ntp"));
    words.addAll(arguments);
    return start(root, log, Map.of(), words);
  }

  /** Waits for its end and gives its exit code. */
  int end() throws InterruptedException {
    return process.waitFor();
  }

  boolean runs() {
    return process.isAlive();
  }

  Path log() {
    return log;
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
