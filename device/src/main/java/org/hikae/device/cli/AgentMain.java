package org.hikae.device.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import org.hikae.crypto.AllowForbidden;
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
import org.hikae.device.cli.mount.MountCommand;
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

  /** All commands. */
  private static final Map<String, Function<AgentEnvironment, Object>> COMMANDS = commands();

  @Spec private CommandSpec spec;

  private AgentMain() {
    this.spec = CommandSpec.create();
  }

  /** Runs the command line and ends the process with its exit code. */
  @AllowForbidden("a command line program ends with its exit code")
  public static void main(String[] arguments) {
    AgentEnvironment here = AgentEnvironment.real();
    String[] carried = RawArguments.carried(arguments);
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
    return commandLine(here, language, COMMANDS.keySet());
  }

  /**
   * The command line for what was typed. Describing one command takes a millisecond and more, all
   * of them a tenth of a second: where the first word is a command's name, only that one is
   * described.
   */
  private static CommandLine commandLineFor(
      String[] carried, AgentEnvironment here, String language) {
    boolean named = carried.length > 0 && COMMANDS.containsKey(carried[0]);
    return commandLine(here, language, named ? Set.of(carried[0]) : COMMANDS.keySet());
  }

  private static CommandLine commandLine(
      AgentEnvironment here, String language, Set<String> names) {
    CommandLine line = new CommandLine(new AgentMain());
    COMMANDS.forEach(
        (name, command) -> {
          if (names.contains(name)) {
            line.addSubcommand(name, command.apply(here));
          }
        });
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

  /** By name, in the order of the help. */
  private static Map<String, Function<AgentEnvironment, Object>> commands() {
    Map<String, Function<AgentEnvironment, Object>> all = new LinkedHashMap<>();
    all.put("login", LoginCommand::new);
    all.put("optin", OptInCommand::new);
    all.put("transfer", TransferCommand::new);
    all.put("open", OpenCommand::new);
    all.put("backup", BackupCommand::new);
    all.put("schedule", ScheduleCommand::new);
    all.put("pause", PauseCommand::new);
    all.put("resume", ResumeCommand::new);
    all.put("daemon", here -> new DaemonCommand(here, AgentMain::run));
    all.put("snapshots", SnapshotsCommand::new);
    all.put("ls", LsCommand::new);
    all.put("find", FindCommand::new);
    all.put("diff", DiffCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("mount", MountCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("bundle", BundleCommand::new);
    all.put("format", FormatCommand::new);
    all.put("release", ReleaseCommand::new);
    all.put("status", StatusCommand::new);
    all.put("policy", PolicyCommand::new);
    all.put("remind", RemindCommand::new);
    all.put("devices", DevicesCommand::new);
    all.put("password", PasswordCommand::new);
    all.put("keys", AgentMain::keys);
    all.put("sheet", SheetCommand::new);
    all.put("restic", AgentMain::restic);
    all.put("receipts", ReceiptsCommand::new);
    all.put("freeze", OwnerOrderCommand.Freeze::new);
    all.put("unfreeze", OwnerOrderCommand.Unfreeze::new);
    all.put("veto", OwnerOrderCommand.Veto::new);
    all.put("forget", ForgetCommand::new);
    all.put("optout", OptOutCommand::new);
    all.put("logout", LogoutCommand::new);
    return Collections.unmodifiableMap(all);
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
