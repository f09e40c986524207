package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.admin.check.RealmCheck.Administrator;
import org.hikae.admin.doctor.Doctor;
import org.hikae.admin.doctor.DoctorMessages;
import org.hikae.admin.doctor.DoctorReport;
import org.hikae.admin.doctor.DoctorReportWriter;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.port.EnvFile;
import org.hikae.admin.port.PortalSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks at the whole installation, says in sentences what is wrong and what to do, and changes"
          + " nothing.",
      "Run it on the portal's host as the portal's user, with the portal's environment."
    },
    footer = {
      "",
      "Exit codes: 0 nothing wrong, 1 warnings, 2 problems, 64 wrong command line, 70 defect."
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "The portal's settings as NAME=value lines, such as the EnvironmentFile of its unit; they"
              + " come before the environment.")
  private @Nullable Path envFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of the authorities that devices trust, instead of Java's. Default:"
              + " HIKAE_CA_FILE.")
  private @Nullable Path caFile;

  @Option(
      names = "--disk",
      paramLabel = "DIR",
      description =
          "A volume to look at beside that of temporary files, such as the database's or the"
              + " archive's. Repeatable.")
  private List<Path> disks = List.of();

  @Option(
      names = "--keycloak-admin-file",
      paramLabel = "FILE",
      description =
          "Name and password of an administrator of Keycloak's realm master, one a line, in a file"
              + " that others cannot read: clients, audiences and roles are compared then.")
  private @Nullable Path administratorFile;

  @Option(names = "--json", description = "Print one JSON object a line instead of sentences.")
  private boolean json;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (envFile != null) {
      environment.putAll(settings(envFile));
    }
    PortalSettings settings = new PortalSettings(environment);
    if (caFile == null && !settings.text("HIKAE_CA_FILE").isEmpty()) {
      caFile = Path.of(settings.text("HIKAE_CA_FILE"));
    }
    List<Path> volumes =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))));
    volumes.addAll(disks);
    Path folder = settings.storeFolder();
    if (folder != null) {
      volumes.add(folder);
    }
    InstallationChecks installation =
        new InstallationChecks(
            settings, Clock.systemUTC(), caFile, administrator(spec, administratorFile));
    DoctorReport report = new Doctor(installation.checks(volumes)).examine();
    PrintWriter out = spec.commandLine().getOut();
    DoctorReportWriter writer = new DoctorReportWriter(out, DoctorMessages.in(language.spoken()));
    if (json) {
      writer.writeJson(report);
    } else {
      writer.write(report);
    }
    return report.exitCode();
  }

  private Map<String, String> settings(Path file) {
    try {
      return EnvFile.read(file);
    } catch (IOException e) {
      throw unusable(spec, "--env-file", file, e);
    }
  }

  /** Whom a file names; null without one. */
  static @Nullable Administrator administrator(CommandSpec spec, @Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      boolean othersRead =
          Files.getPosixFilePermissions(file).stream()
              .anyMatch(right -> !right.name().startsWith("OWNER_"));
      if (othersRead) {
        throw new IOException("others can read it; chmod 600");
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 2) {
        throw new IOException("it needs two lines, name and password");
      }
      return new Administrator(lines.get(0).strip(), lines.get(1).strip());
    } catch (IOException e) {
      throw unusable(spec, "--keycloak-admin-file", file, e);
    }
  }

  private static ParameterException unusable(
      CommandSpec spec, String option, Path file, IOException why) {
    return new ParameterException(
        spec.commandLine(), option + ": " + file + " cannot be used: " + ExceptionText.of(why));
  }
}
