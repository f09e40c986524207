package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.port.EnvFile;
import org.hikae.admin.port.JdbcPortalDatabase;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.site.JdbcSiteRebuild;
import org.hikae.admin.site.JdbcSiteRebuild.SecondPlace;
import org.hikae.admin.site.JdbcSiteRebuild.SiteRebuildResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the second store the first one, in the database at the second site, after folder or"
          + " bucket of the first are lost. No portal may run on that database.",
      "Run it with the settings that the portals had. Its output says which settings they get."
    },
    footer = {
      "",
      "Exit codes: 0 done, 2 not done, because a portal runs or there is no second store, 3 the"
          + " database could not be asked, 64 wrong command line, 70 defect."
    })
final class SiteRebuildCommand implements Callable<Integer> {

  private static final int NOT_DONE = 2;
  private static final int NOT_ASKED = 3;
  private static final String BUNDLE = "org.hikae.admin.site.site";

  @Spec private CommandSpec spec;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "The portal's settings as NAME=value lines, such as the EnvironmentFile of its unit; they"
              + " come before the environment.")
  private @Nullable Path envFile;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  SiteRebuildCommand() {}

  @Override
  public Integer call() {
    PortalSettings settings = settings();
    SecondPlace place = place(settings);
    JdbcPortalDatabase database =
        new JdbcPortalDatabase(
            settings.text("HIKAE_DB_URL"),
            settings.application(),
            settings.owner(),
            Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    int code;
    try (Connection connection = database.openToRebuild()) {
      code = tell(new JdbcSiteRebuild(connection).rebuild(place), place, out);
    } catch (SQLException e) {
      out.println(say("database", ExceptionText.of(e)));
      code = NOT_ASKED;
    }
    out.flush();
    return code;
  }

  private PortalSettings settings() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (envFile != null) {
      try {
        environment.putAll(EnvFile.read(envFile));
      } catch (IOException e) {
        throw wrong("--env-file: " + envFile + " cannot be used: " + ExceptionText.of(e));
      }
    }
    PortalSettings settings = new PortalSettings(environment);
    if (!settings.onPostgres()) {
      throw wrong(say("not-postgresql"));
    }
    return settings;
  }

  private SecondPlace place(PortalSettings settings) {
    return switch (settings.text("HIKAE_SECOND_STORE")) {
      case "files" -> SecondPlace.FILES;
      case "s3" -> SecondPlace.S3;
      default -> throw wrong(say("no-setting"));
    };
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int tell(SiteRebuildResult result, SecondPlace place, PrintWriter out) {
    if (!result.isDone()) {
      out.println(result.portals() > 0 ? say("portals", result.portals()) : say("no-second"));
      return NOT_DONE;
    }
    out.println(say("done", result.copies()));
    if (result.lacking() > 0) {
      out.println(say("lacking", result.lacking()));
    }
    out.println(say(place == SecondPlace.FILES ? "next-files" : "next-s3"));
    return 0;
  }

  private String say(String key, Object... arguments) {
    return language.say(BUNDLE, key, arguments);
  }
}
