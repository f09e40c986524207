package org.hikae.device.cli.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  public OpenCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    boolean root = "root".equals(System.getProperty("user.name"));
    if (firstTime && (root || !desktop() || Files.exists(home.folder()))) {
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

  private boolean desktop() {
    return here().environment().containsKey("DISPLAY")
        || here().environment().containsKey("WAYLAND_DISPLAY");
  }

  /** The browser gets the name of the file; what is in it opens the window. */
  private static boolean begins(Path file) {
    try {
      new ProcessBuilder("xdg-open", file.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
