package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hikae.admin.bundle.SetBundleFinding;
import org.hikae.admin.bundle.SetBundleResult;
import org.hikae.admin.bundle.SetBundleWriter;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.port.EnvFile;
import org.hikae.admin.port.JdbcPortalDatabase;
import org.hikae.admin.port.PortalSettings;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.bundle.BundleStoreException;
import org.hikae.vault.wire.SignedCard;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies one employee's backup, as it is stored, from the database and the folder of files"
          + " into a folder, without a running portal. The employee restores from it with the"
          + " 64-digit key; nobody reads anything in it without that key.",
      "Run it on the portal's host as the portal's user, with the portal's environment. Run again"
          + " on the same folder, it brings what is new."
    },
    footer = {
      "",
      "Exit codes: 0 everything copied, 1 copied but for what is named, 2 nothing copied, 64 wrong"
          + " command line, 70 defect."
    })
final class SetBundleCommand implements Callable<Integer> {

  private static final int WITH_FINDINGS = 1;
  private static final int NOTHING = 2;
  private static final String BUNDLE = "org.hikae.admin.bundle.bundle";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A new or empty folder, or a bundle of the same backup.")
  private Path target;

  @Option(
      names = "--employee",
      paramLabel = "ID",
      required = true,
      description = "The employee's identifier in Keycloak (sub).")
  private String employee;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "The portal's settings as NAME=value lines, such as the EnvironmentFile of its unit; they"
              + " come before the environment.")
  private @Nullable Path envFile;

  @Option(
      names = "--store-folder",
      paramLabel = "DIR",
      description =
          "The folder in which ciphertext lies as files, or a copy of it. Default:"
              + " HIKAE_STORE_FOLDER.")
  private @Nullable Path storeFolder;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description =
          "The vault's signed card. With it the vault's receipts go along, by which it can be seen"
              + " that no newer snapshot is missing.")
  private @Nullable Path cardFile;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  SetBundleCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int code = copy(out);
    out.flush();
    return code;
  }

  private int copy(PrintWriter out) {
    byte[] card = card();
    PortalSettings settings = settings();
    JdbcPortalDatabase database =
        new JdbcPortalDatabase(
            settings.text("HIKAE_DB_URL"),
            settings.application(),
            settings.owner(),
            Clock.systemUTC());
    Path folder = storeFolder == null ? settings.storeFolder() : storeFolder;
    try (Connection connection = database.openToRead()) {
      Optional<SetBundleResult> result =
          new SetBundleWriter(connection, folder)
              .copy(new SetBundleWriter.Person(settings.realm(), employee), card, target);
      if (result.isEmpty()) {
        out.println(say("no-set", employee, settings.realm()));
        return NOTHING;
      }
      return tell(out, result.get(), card != null);
    } catch (BundleStoreException e) {
      out.println(say(e.reason().name(), target));
    } catch (SQLException e) {
      out.println(say("database", ExceptionText.of(e)));
    } catch (IOException | MalformedException e) {
      out.println(say("failed", ExceptionText.of(e)));
    }
    return NOTHING;
  }

  private int tell(PrintWriter out, SetBundleResult result, boolean withCard) {
    for (SetBundleFinding finding : result.findings()) {
      out.println(say(finding.kind().name(), finding.name()));
    }
    if (result.wrong() > result.findings().size()) {
      out.println(say("more", result.wrong() - result.findings().size()));
    }
    out.println(
        say("numbers", result.snapshots(), result.objects(), result.kept(), result.written()));
    if (withCard) {
      out.println(say("receipts", result.receipts()));
    } else {
      out.println(say("no-card"));
    }
    out.println(say(result.wrong() == 0 ? "whole" : "not-whole", target));
    out.println(say("keep-apart"));
    return result.wrong() == 0 ? 0 : WITH_FINDINGS;
  }

  private PortalSettings settings() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (envFile != null) {
      try {
        environment.putAll(EnvFile.read(envFile));
      } catch (IOException e) {
        throw unusable("--env-file", envFile, e);
      }
    }
    PortalSettings settings = new PortalSettings(environment);
    if (!settings.onPostgres()) {
      throw new ParameterException(spec.commandLine(), say("not-postgresql"));
    }
    return settings;
  }

  private byte @Nullable [] card() {
    Path file = cardFile;
    if (file == null) {
      return null;
    }
    try {
      if (Files.size(file) > SignedCard.MAX_BYTES) {
        throw new IOException("a card has at most " + SignedCard.MAX_BYTES + " bytes");
      }
      return SignedCard.parse(Files.readAllBytes(file)).encode();
    } catch (IOException | MalformedException e) {
      throw unusable("--card", file, e);
    }
  }

  private ParameterException unusable(String option, Path file, Exception why) {
    return new ParameterException(
        spec.commandLine(), option + ": " + file + " cannot be used: " + ExceptionText.of(why));
  }

  private String say(String key, Object... arguments) {
    return language.say(BUNDLE, key, arguments);
  }
}
