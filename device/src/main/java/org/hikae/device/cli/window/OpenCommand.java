package org.hikae.device.cli.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    String language = output.messages().language();
    Optional<Path> hosted =
        here().windows().host(around -> AgentWindow.open(around, language, WindowLimits.STANDARD));
    if (hosted.isPresent()) {
      show(output, hosted.get());
      output.say("window.stays");
      return RunResult.SUCCESS;
    }
    try (AgentWindow window = AgentWindow.open(here(), language, WindowLimits.STANDARD)) {
      show(output, window.linkFile());
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

  /** The browser gets the name of the file; what is in it opens the window. */
  private void show(CommandOutput output, Path file) {
    output.event("open", Map.of("file", file.toString()));
    boolean begun = !noBrowser && desktop() && here().windows().show(file);
    output.say(begun ? "window.opened" : "window.open-file", file);
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
}
