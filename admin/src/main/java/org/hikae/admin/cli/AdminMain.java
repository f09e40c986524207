package org.hikae.admin.cli;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code hikae-admin}. */
@Command(
    name = "hikae-admin",
    description = "What an administrator of Hikae runs beside the portal.",
    mixinStandardHelpOptions = true,
    version = "hikae-admin 1",
    subcommands = {
      DoctorCommand.class,
      AuditCheckCommand.class,
      SbomCommand.class,
      AdvisoriesCommand.class,
      SetBundleCommand.class,
      LogCheckCommand.class,
      UpdateKeyCommand.class,
      UpdateRootCommand.class,
      UpdateListCommand.class,
      UpdateTimestampCommand.class,
      UpdateSignCommand.class,
      UpdateCheckCommand.class,
      StoreCommand.class,
      DossierCommand.class,
      CanaryCommand.class
    })
public final class AdminMain implements Callable<Integer> {

  /** The command line is wrong; 1 and 2 are what the doctor found. */
  static final int USAGE = 64;

  /** A defect of the program. */
  static final int DEFECT = 70;

  private static final int WIDTH = 100;
  private static final String HELP = "org.hikae.admin.cli.help";

  @Spec private CommandSpec spec;

  /** For picocli, which sets the fields. */
  @SuppressWarnings("NullAway.Init")
  public AdminMain() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(commandLine(language(System.getenv())).execute(arguments));
  }

  static CommandLine commandLine(String language) {
    CommandLine line = new CommandLine(new AdminMain());
    if (language.equals("ja")) {
      ResourceBundle help =
          ResourceBundle.getBundle(
              HELP,
              Locale.JAPANESE,
              ResourceBundle.Control.getNoFallbackControl(
                  ResourceBundle.Control.FORMAT_PROPERTIES));
      speak(line, help);
    }
    line.setUsageHelpWidth(WIDTH);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          failure.printStackTrace(command.getErr());
          return DEFECT;
        });
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          wrong.getCommandLine().getErr().println("hikae-admin: " + wrong.getMessage());
          return USAGE;
        });
    return line;
  }

  private static void speak(CommandLine line, ResourceBundle help) {
    line.setResourceBundle(help);
    line.getSubcommands().values().forEach(below -> speak(below, help));
  }

  /** The language that the environment asks for, as other programs read it. */
  static String language(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT).startsWith("ja") ? "ja" : "en";
      }
    }
    return "en";
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: doctor, audit-check, sbom, advisories, bundle, log-check, store,"
            + " dossier or update-check. --help lists more.");
  }
}
