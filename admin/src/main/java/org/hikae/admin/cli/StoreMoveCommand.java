package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.move.JdbcStoreMove;
import org.hikae.admin.move.StoreMoveView;
import org.hikae.admin.port.EnvFile;
import org.hikae.admin.port.JdbcPortalDatabase;
import org.hikae.admin.port.PortalSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Has the running portals move all ciphertext into another store, and write new objects there"
          + " at once. Nobody has to stop; what is interrupted goes on.",
      "Run it on a portal's host as the portal's user, with the portal's environment."
    },
    footer = {
      "",
      "Exit codes: 0 ordered, or everything is moved, 1 still at work or paused, 2 not ordered, or"
          + " somebody has to do something, 3 the database could not be asked, 64 wrong command"
          + " line, 70 defect."
    })
final class StoreMoveCommand implements Callable<Integer> {

  private static final int AT_WORK = 1;
  private static final int NEEDS_HELP = 2;
  private static final int NOT_ASKED = 3;
  private static final int BYTES_PER_MEGABYTE = 1_000_000;
  private static final int MAX_MEGABYTES = 100_000;
  private static final List<String> STORES = List.of("database", "files", "s3");
  private static final String BUNDLE = "org.hikae.admin.move.move";

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      paramLabel = "STORE",
      description = "Where everything is to lie: database, files or s3.")
  private @Nullable String target;

  @Option(
      names = "--rate",
      paramLabel = "MB",
      defaultValue = "20",
      description = "With --to: how many megabytes are moved in a second at most; 0 for no limit.")
  private int rate;

  @Option(names = "--pause", description = "Let moving rest.")
  private boolean pause;

  @Option(names = "--resume", description = "Let it go on.")
  private boolean resume;

  @Option(names = "--status", description = "Say how far it has come.")
  private boolean status;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "The portal's settings as NAME=value lines, such as the EnvironmentFile of its unit; they"
              + " come before the environment.")
  private @Nullable Path envFile;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  StoreMoveCommand() {}

  @Override
  public Integer call() {
    requireOneAct();
    PortalSettings settings = settings();
    JdbcPortalDatabase database =
        new JdbcPortalDatabase(
            settings.text("HIKAE_DB_URL"),
            settings.application(),
            settings.owner(),
            Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    int code;
    try (Connection connection = database.openToOrder()) {
      code = act(new JdbcStoreMove(connection), out);
    } catch (SQLException e) {
      out.println(say("database", ExceptionText.of(e)));
      code = NOT_ASKED;
    }
    out.flush();
    return code;
  }

  private void requireOneAct() {
    int acts = (target == null ? 0 : 1) + (pause ? 1 : 0) + (resume ? 1 : 0) + (status ? 1 : 0);
    if (acts != 1) {
      throw wrong("Say one of --to, --pause, --resume and --status.");
    }
    if (target != null && !STORES.contains(target)) {
      throw wrong("--to: database, files or s3.");
    }
    if (rate < 0 || rate > MAX_MEGABYTES) {
      throw wrong("--rate: 0 to " + MAX_MEGABYTES + ".");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
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

  private int act(JdbcStoreMove move, PrintWriter out) throws SQLException {
    String to = target;
    if (to != null) {
      return order(move, to, out);
    }
    if (pause || resume) {
      move.pause(pause);
    }
    StoreMoveView view = move.read();
    tell(view, out);
    if (pause || resume) {
      return 0;
    }
    if (view.needsHelp()) {
      return NEEDS_HELP;
    }
    return view.isDone() ? 0 : AT_WORK;
  }

  private int order(JdbcStoreMove move, String to, PrintWriter out) throws SQLException {
    String name = to.toUpperCase(Locale.ROOT);
    JdbcStoreMove.StoreMoveResult result = move.order(name, (long) rate * BYTES_PER_MEGABYTE);
    if (result.isOrdered()) {
      out.println(rate == 0 ? say("ordered-unlimited", to) : say("ordered", to, rate));
      return 0;
    }
    out.println(
        result.portals() == 0
            ? say("no-portal")
            : say("not-reached", result.lacking(), result.portals(), to));
    return NEEDS_HELP;
  }

  private void tell(StoreMoveView view, PrintWriter out) {
    String to = view.target();
    out.println(
        to == null
            ? say("by-setting")
            : say("target", to.toLowerCase(Locale.ROOT), text(view.orderedAt())));
    out.println(
        say("progress", view.moved(), view.movedBytes() / BYTES_PER_MEGABYTE, view.waiting()));
    if (view.left() > 0) {
      out.println(say("left", view.left()));
    }
    String fault = view.fault();
    if (fault != null) {
      String store = Objects.requireNonNullElse(view.faultStore(), "");
      out.println(
          store.isEmpty()
              ? say("fault-database", text(view.faultAt()))
              : say("fault", store.toLowerCase(Locale.ROOT), fault, text(view.faultAt())));
    }
    if (view.paused()) {
      out.println(say("paused"));
    } else if (view.isDone()) {
      out.println(say("done"));
    }
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "-" : time.toString();
  }

  private String say(String key, Object... arguments) {
    return language.say(BUNDLE, key, arguments);
  }
}
