package org.hikae.device.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.hikae.device.AllowForbidden;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry point of {@code hikae}, the agent that an employee runs on each device. */
@Command(
    name = "hikae",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    subcommands = HelpCommand.class,
    description =
        "Back up your files end-to-end encrypted: they are encrypted on this device, and only you"
            + " can open them.",
    footer = {
      "",
      "Exit codes: 0 done, 1 defect, 2 wrong command line, 3 done except for some files,",
      "4 cancelled, 5 portal not reachable, 6 refused, 7 stored data damaged, 8 not unlocked,",
      "9 trouble on this computer."
    })
public final class Hikae implements Runnable {

  private static final int WIDTH = 90;

  @Spec private CommandSpec spec;

  private Hikae() {
    this.spec = CommandSpec.create();
  }

  /** Runs the command line and ends the process with its exit code. */
  @AllowForbidden("a command line program ends with its exit code")
  public static void main(String[] arguments) {
    System.exit(run(Surroundings.real(), RawArguments.carried(arguments)));
  }

  /** Runs one command line of carried arguments, see {@link RawArguments}. */
  static int run(Surroundings here, String... carried) {
    return commandLine(here).execute(carried);
  }

  /** The whole command line, for running and for its help. */
  static CommandLine commandLine(Surroundings here) {
    CommandLine line =
        new CommandLine(new Hikae())
            .addSubcommand(new LoginCommand(here))
            .addSubcommand(new OptInCommand(here))
            .addSubcommand(new BackupCommand(here))
            .addSubcommand(new SnapshotsCommand(here))
            .addSubcommand(new LsCommand(here))
            .addSubcommand(new RestoreCommand(here))
            .addSubcommand(new StatusCommand(here))
            .addSubcommand(new DevicesCommand(here))
            .addSubcommand(new OptOutCommand(here))
            .addSubcommand(new LogoutCommand(here));
    line.setOut(new PrintWriter(here.out(), true, here.out().charset()));
    line.setErr(new PrintWriter(here.err(), true, here.err().charset()));
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(WIDTH);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setParameterExceptionHandler((wrong, arguments) -> usageError(here, wrong));
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int usageError(Surroundings here, CommandLine.ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    // Arguments are carried one character per byte; turned back they are what was typed.
    String typed =
        new String(message.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    here.err().println("hikae: " + typed);
    here.err()
        .println(
            "hikae: --help lists what is possible: "
                + wrong.getCommandLine().getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.USAGE;
  }
}
