package org.hikae.device.cli.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.state.AgentHome;
import org.hikae.device.window.WindowLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens the window: the agent in the person's browser. */
@Command(
    name = "open",
    description =
        "Open a window in your browser: whether you are protected, your snapshots, and files to"
            + " find and to bring back. Only you on this computer can use it. It ends by itself"
            + " when it is not used.")
public final class OpenCommand extends AgentCommand {

  /** File systems that are gone with the computer's next start. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  @Option(
      names = "--no-browser",
      description = "Only name the file that leads to the window; open it in a browser yourself.")
  private boolean noBrowser;

  @Option(
      names = "--first-time",
      description =
          "Open it only for somebody who has never used this program on this computer; the package"
              + " starts it so when a person signs in to the desktop.")
  private boolean firstTime;

  private final boolean root;

  public OpenCommand(AgentEnvironment here) {
    this(here, "root".equals(System.getProperty("user.name")));
  }

  /** The same of who is root, or is not. */
  OpenCommand(AgentEnvironment here, boolean root) {
    super(here);
    this.root = root;
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    if (firstTime && (root || !desktop() || Files.exists(home.folder()) || isLost(home))) {
      return RunResult.SUCCESS;
    }
    if (root) {
      throw new AgentException(RunResult.REFUSED, "window.root");
    }
    try (AgentWindow window =
        AgentWindow.open(here(), output.messages().language(), WindowLimits.STANDARD)) {
      Path file = window.linkFile();
      output.event("open", Map.of("file", file.toString()));
      boolean begun = !noBrowser && desktop() && begins(file);
      output.say(begun ? "window.opened" : "window.open-file", file);
      output.say("window.ends");
      // What is begun in it ends in order, such as a credential that nobody has kept.
      Runnable nothingToEnd = here().interruption().upon(window::close);
      try {
        window.awaitEnd();
      } finally {
        nothingToEnd.run();
      }
      output.say("window.ended");
      return RunResult.SUCCESS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }

  /** Whether the home is a guest's: gone with the session, so that each one is the first. */
  private static boolean isLost(AgentHome home) {
    Path place = home.folder();
    while (place != null && !Files.exists(place)) {
      place = place.getParent();
    }
    try {
      return place == null || IN_MEMORY.contains(Files.getFileStore(place).type());
    } catch (IOException e) {
      return true;
    }
  }

  private boolean desktop() {
    return here().environment().containsKey("DISPLAY")
        || here().environment().containsKey("WAYLAND_DISPLAY");
  }

  /** The browser gets the name of the file; what is in it opens the window. */
  private boolean begins(Path file) {
    Optional<Path> opener =
        Stream.of(here().environment().getOrDefault("PATH", "").split(":"))
            .filter(folder -> folder.startsWith("/"))
            .map(folder -> Path.of(folder, "xdg-open"))
            .filter(Files::isExecutable)
            .findFirst();
    if (opener.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(opener.get().toString(), file.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
