package org.hikae.device.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.crypto.AllowForbidden;
import org.hikae.device.cli.access.ColdStart;
import org.hikae.device.cli.account.DevicesCommand;
import org.hikae.device.cli.account.LoginCommand;
import org.hikae.device.cli.account.LogoutCommand;
import org.hikae.device.cli.account.PolicyCommand;
import org.hikae.device.cli.account.StatusCommand;
import org.hikae.device.cli.backup.BackupCommand;
import org.hikae.device.cli.backup.DaemonCommand;
import org.hikae.device.cli.backup.PauseCommand;
import org.hikae.device.cli.backup.ResumeCommand;
import org.hikae.device.cli.backup.ScheduleCommand;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.AgentVersionProvider;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.daemon.LostAgentReporter;
import org.hikae.device.cli.diagnostics.ReportCommand;
import org.hikae.device.cli.drill.DrillCommand;
import org.hikae.device.cli.log.LogCommand;
import org.hikae.device.cli.mount.MountCommand;
import org.hikae.device.cli.possession.PossessionCommand;
import org.hikae.device.cli.protection.ForgetCommand;
import org.hikae.device.cli.protection.KeysCommand;
import org.hikae.device.cli.protection.NewDigitsCommand;
import org.hikae.device.cli.protection.OptInCommand;
import org.hikae.device.cli.protection.OptOutCommand;
import org.hikae.device.cli.protection.PasswordCommand;
import org.hikae.device.cli.protection.ProtectionCommand;
import org.hikae.device.cli.protection.RemindCommand;
import org.hikae.device.cli.protection.RotateCommand;
import org.hikae.device.cli.protection.SheetCommand;
import org.hikae.device.cli.restic.ResticCommand;
import org.hikae.device.cli.restic.ResticImportCommand;
import org.hikae.device.cli.restic.ResticPasswordCommand;
import org.hikae.device.cli.restic.ResticRunCommand;
import org.hikae.device.cli.restic.ResticSetupCommand;
import org.hikae.device.cli.restic.ResticShowCommand;
import org.hikae.device.cli.restore.BundleCommand;
import org.hikae.device.cli.restore.RestoreCommand;
import org.hikae.device.cli.restore.VerifyCommand;
import org.hikae.device.cli.search.FindCommand;
import org.hikae.device.cli.snapshots.DiffCommand;
import org.hikae.device.cli.snapshots.FormatCommand;
import org.hikae.device.cli.snapshots.LsCommand;
import org.hikae.device.cli.snapshots.ReleaseCommand;
import org.hikae.device.cli.snapshots.SnapshotsCommand;
import org.hikae.device.cli.transfer.TransferCommand;
import org.hikae.device.cli.update.UpdateCommand;
import org.hikae.device.cli.vault.OwnerOrderCommand;
import org.hikae.device.cli.vault.ReceiptsCommand;
import org.hikae.device.cli.window.OpenCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Entry point of {@code hikae}, the agent that an employee runs on each device: it does each
 * command in its own process.
 */
@Command(
    name = "hikae",
    mixinStandardHelpOptions = true,
    versionProvider = AgentVersionProvider.class,
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
public final class AgentMain implements Runnable {

  /** Said by a client whose agent ended before its command, which follows, did. */
  static final String AGENT_LOST = "--agent-lost";

  private static final int WIDTH = 90;
  private static final String LANG = "--lang";
  private static final String HELP = "org.hikae.device.cli.help";

  /** All commands, in the order of the help. */
  private static final List<String> COMMANDS =
      List.of(
          "login",
          "optin",
          "transfer",
          "open",
          "backup",
          "schedule",
          "pause",
          "resume",
          "daemon",
          "snapshots",
          "ls",
          "find",
          "diff",
          "restore",
          "mount",
          "verify",
          "drill",
          "bundle",
          "format",
          "release",
          "status",
          "report",
          "policy",
          "remind",
          "devices",
          "password",
          "keys",
          "sheet",
          "restic",
          "receipts",
          "log",
          "possession",
          "update",
          "freeze",
          "unfreeze",
          "veto",
          "forget",
          "optout",
          "logout");

  @Spec private CommandSpec spec;

  private AgentMain() {
    this.spec = CommandSpec.create();
  }

  /** Runs the command line and ends the process with its exit code. */
  @AllowForbidden("a command line program ends with its exit code")
  public static void main(String[] arguments) {
    AgentEnvironment here = AgentEnvironment.real();
    String[] carried = RawArguments.carried(arguments);
    ColdStart.begin(here, carried);
    boolean lost = carried.length > 0 && carried[0].equals(AGENT_LOST);
    System.exit(
        lost
            ? LostAgentReporter.report(here, Arrays.copyOfRange(carried, 1, carried.length))
            : run(here, carried));
  }

  /** Runs one command line of carried arguments, see {@link RawArguments}. */
  public static int run(AgentEnvironment here, String... carried) {
    String language = AgentCommand.language(here, RawArguments.valueOf(LANG, carried), false);
    return commandLineFor(carried, here, language).execute(carried);
  }

  /** The whole command line, for running and for its help in {@code en} or {@code ja}. */
  static CommandLine commandLine(AgentEnvironment here, String language) {
    return commandLine(here, language, COMMANDS);
  }

  /**
   * The command line for what was typed. Describing one command takes a millisecond and more, all
   * of them a tenth of a second: where the first word is a command's name, only that one is
   * described.
   */
  private static CommandLine commandLineFor(
      String[] carried, AgentEnvironment here, String language) {
    boolean named = carried.length > 0 && COMMANDS.contains(carried[0]);
    return commandLine(here, language, named ? List.of(carried[0]) : COMMANDS);
  }

  private static CommandLine commandLine(
      AgentEnvironment here, String language, List<String> names) {
    CommandLine line = new CommandLine(new AgentMain());
    for (String name : names) {
      line.addSubcommand(name, command(name, here));
    }
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
    line.setParameterExceptionHandler(
        (wrong, arguments) -> usageError(here, Messages.in(language), wrong));
    return line;
  }

  /** No lambdas: Java links each of them when it comes to it, and a command needs one of 39. */
  private static Object command(String name, AgentEnvironment here) {
    return switch (name) {
      case "login" -> new LoginCommand(here);
      case "optin" -> new OptInCommand(here);
      case "transfer" -> new TransferCommand(here);
      case "open" -> new OpenCommand(here);
      case "backup" -> new BackupCommand(here);
      case "schedule" -> new ScheduleCommand(here);
      case "pause" -> new PauseCommand(here);
      case "resume" -> new ResumeCommand(here);
      case "daemon" -> new DaemonCommand(here, AgentMain::run);
      case "snapshots" -> new SnapshotsCommand(here);
      case "ls" -> new LsCommand(here);
      case "find" -> new FindCommand(here);
      case "diff" -> new DiffCommand(here);
      case "restore" -> new RestoreCommand(here);
      case "mount" -> new MountCommand(here);
      case "verify" -> new VerifyCommand(here);
      case "drill" -> new DrillCommand(here);
      case "bundle" -> new BundleCommand(here);
      case "format" -> new FormatCommand(here);
      case "release" -> new ReleaseCommand(here);
      case "status" -> new StatusCommand(here);
      case "report" -> new ReportCommand(here);
      case "policy" -> new PolicyCommand(here);
      case "remind" -> new RemindCommand(here);
      case "devices" -> new DevicesCommand(here);
      case "password" -> new PasswordCommand(here);
      case "keys" -> keys(here);
      case "sheet" -> new SheetCommand(here);
      case "restic" -> restic(here);
      case "receipts" -> new ReceiptsCommand(here);
      case "log" -> new LogCommand(here);
      case "possession" -> new PossessionCommand(here);
      case "update" -> new UpdateCommand(here);
      case "freeze" -> new OwnerOrderCommand.Freeze(here);
      case "unfreeze" -> new OwnerOrderCommand.Unfreeze(here);
      case "veto" -> new OwnerOrderCommand.Veto(here);
      case "forget" -> new ForgetCommand(here);
      case "optout" -> new OptOutCommand(here);
      case "logout" -> new LogoutCommand(here);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine keys(AgentEnvironment here) {
    return new CommandLine(new KeysCommand(here))
        .addSubcommand(new NewDigitsCommand(here))
        .addSubcommand(new RotateCommand(here))
        .addSubcommand(new ProtectionCommand.Add(here))
        .addSubcommand(new ProtectionCommand.Drop(here));
  }

  private static CommandLine restic(AgentEnvironment here) {
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

  private static int usageError(
      AgentEnvironment here, Messages messages, CommandLine.ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    // Arguments are carried one character per byte; turned back they are what was typed.
    String typed =
        new String(message.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    here.err().println("hikae: " + typed);
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .limit(1)
          .forEach(meant -> say(here, messages.get("usage.meant", meant)));
    }
    say(here, messages.get("usage.help", wrong.getCommandLine().getCommandSpec().qualifiedName()));
    return AgentExitCode.USAGE;
  }

  private static void say(AgentEnvironment here, String sentence) {
    here.err().println("hikae: " + sentence);
  }
}
