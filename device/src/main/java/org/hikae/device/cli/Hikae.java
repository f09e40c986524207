package org.hikae.device.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.crypto.AllowForbidden;
import org.jspecify.annotations.Nullable;
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
  private static final String LANG = "--lang";
  private static final String HELP = "org.hikae.device.cli.help";

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
    String language = AgentCommand.language(here, lang(carried), false);
    return commandLine(here, language).execute(carried);
  }

  /** What {@code --lang} says; the help is written before the options are known. */
  private static @Nullable String lang(String... carried) {
    for (int i = 0; i < carried.length; i++) {
      if (carried[i].startsWith(LANG + "=")) {
        return carried[i].substring(LANG.length() + 1);
      }
      if (carried[i].equals(LANG) && i + 1 < carried.length) {
        return carried[i + 1];
      }
    }
    return null;
  }

  /** The whole command line, for running and for its help in {@code en} or {@code ja}. */
  static CommandLine commandLine(Surroundings here, String language) {
    CommandLine line =
        new CommandLine(new Hikae())
            .addSubcommand(new LoginCommand(here))
            .addSubcommand(new OptInCommand(here))
            .addSubcommand(new BackupCommand(here))
            .addSubcommand(new ScheduleCommand(here))
            .addSubcommand(new PauseCommand(here))
            .addSubcommand(new ResumeCommand(here))
            .addSubcommand(new DaemonCommand(here))
            .addSubcommand(new SnapshotsCommand(here))
            .addSubcommand(new LsCommand(here))
            .addSubcommand(new DiffCommand(here))
            .addSubcommand(new RestoreCommand(here))
            .addSubcommand(new VerifyCommand(here))
            .addSubcommand(new FormatCommand(here))
            .addSubcommand(new ReleaseCommand(here))
            .addSubcommand(new StatusCommand(here))
            .addSubcommand(new PolicyCommand(here))
            .addSubcommand(new RemindCommand(here))
            .addSubcommand(new DevicesCommand(here))
            .addSubcommand(new PasswordCommand(here))
            .addSubcommand(keys(here))
            .addSubcommand(new SheetCommand(here))
            .addSubcommand(restic(here))
            .addSubcommand(new ReceiptsCommand(here))
            .addSubcommand(new OrderCommand.Freeze(here))
            .addSubcommand(new OrderCommand.Unfreeze(here))
            .addSubcommand(new OrderCommand.Veto(here))
            .addSubcommand(new ForgetCommand(here))
            .addSubcommand(new OptOutCommand(here))
            .addSubcommand(new LogoutCommand(here));
    line.setOut(new PrintWriter(here.out(), true, here.out().charset()));
    line.setErr(new PrintWriter(here.err(), true, here.err().charset()));
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(WIDTH);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    if (language.equals("ja")) {
      ResourceBundle help =
          ResourceBundle.getBundle(
              HELP,
              Locale.JAPANESE,
              ResourceBundle.Control.getNoFallbackControl(
                  ResourceBundle.Control.FORMAT_PROPERTIES));
      speak(line, help);
    }
    line.setParameterExceptionHandler((wrong, arguments) -> usageError(here, wrong));
    return line;
  }

  private static CommandLine keys(Surroundings here) {
    return new CommandLine(new KeysCommand(here))
        .addSubcommand(new NewDigitsCommand(here))
        .addSubcommand(new RotateCommand(here))
        .addSubcommand(new ProtectionCommand.Add(here))
        .addSubcommand(new ProtectionCommand.Drop(here));
  }

  private static CommandLine restic(Surroundings here) {
    return new CommandLine(new ResticCommand(here))
        .addSubcommand(new ResticSetupCommand(here))
        .addSubcommand(new ResticPasswordCommand(here))
        .addSubcommand(new ResticRunCommand(here))
        .addSubcommand(new ResticShowCommand(here))
        .addSubcommand(new ResticImportCommand(here));
  }

  private static void speak(CommandLine command, ResourceBundle help) {
    command.setResourceBundle(help);
    command.getSubcommands().values().forEach(below -> speak(below, help));
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
