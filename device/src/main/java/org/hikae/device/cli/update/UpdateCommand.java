package org.hikae.device.cli.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.update.PortalUpdateSource;
import org.hikae.device.update.UpdateDownload;
import org.hikae.device.update.UpdateTrustStore;
import org.hikae.enrollment.update.wire.UpdateException;
import org.hikae.enrollment.update.wire.UpdateFault;
import org.hikae.enrollment.update.wire.UpdateResult;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateTargetKind;
import org.hikae.enrollment.update.wire.UpdateTrust;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.transparency.wire.LogEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae update}. */
@Command(
    name = "update",
    description =
        "Look whether there is a newer version of this program that enough people have signed and"
            + " that everybody is shown, and fetch its package.%n"
            + "It installs nothing: it says by which command you or your IT do.")
public final class UpdateCommand extends AgentCommand {

  /** Where the Debian package has the program, by the name that people call it by. */
  private static final String PACKAGED = "/usr/bin/hikae";

  private static final String PACKAGED_FOLDER = "/usr/lib/hikae/";

  @Option(names = "--check", description = "Only say whether there is one; fetch nothing.")
  private boolean check;

  @Option(
      names = "--root",
      paramLabel = "FILE",
      description =
          "The keys of updates, from your IT and not from the portal. Needed once, unless your IT"
              + " has put them on this computer.")
  private @Nullable String root;

  public UpdateCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      return update(output, agent);
    } catch (UpdateException e) {
      throw refused(e);
    } catch (IOException e) {
      if (e.getCause() instanceof AgentException known) {
        throw known;
      }
      throw new AgentException(
          RunResult.LOCAL, e, "update.unusable", String.valueOf(e.getMessage()));
    }
  }

  private RunResult update(CommandOutput output, SignedInAgent agent)
      throws AgentException, IOException, UpdateException {
    String server = agent.stateFile().require().profile().server();
    UpdateTrustStore store = new UpdateTrustStore(agent.home().updateFile(server));
    PortalUpdateSource portal = new PortalUpdateSource(agent.http());
    UpdateResult result =
        new UpdateVerifier(portal, store, here().clock().instant()).verify(trusted(store));
    List<LogEntry> entries = result.logged().stream().map(LogEntry::ofUpdate).toList();
    new PortalLogPrinter(here(), output, agent).requireEntries(entries);

    UpdateTarget newest = result.list().newest(kind(), architecture()).orElse(null);
    String until = DisplayFormat.time(result.until(), ZoneId.systemDefault());
    event(output, result, newest);
    if (newest == null) {
      output.say("update.no-package", kind().code(), architecture());
      return RunResult.SUCCESS;
    }
    if (!newest.isNewerThan(AgentVersion.CURRENT)) {
      output.say("update.newest", AgentVersion.CURRENT, until);
      return RunResult.SUCCESS;
    }
    output.say("update.available", newest.version(), AgentVersion.CURRENT);
    if (!check) {
      Path folder = agent.home().create().cacheFolder().resolve("updates");
      Path file = new UpdateDownload(portal, folder).fetch(newest);
      output.say("update.fetched", file);
      output.say("update.install." + newest.kind().name(), file);
    }
    return RunResult.SUCCESS;
  }

  private static void event(
      CommandOutput output, UpdateResult result, @Nullable UpdateTarget newest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("installed", AgentVersion.CURRENT);
    fields.put("newest", newest == null ? null : newest.version());
    fields.put("available", newest != null && newest.isNewerThan(AgentVersion.CURRENT));
    fields.put("list", result.list().version());
    fields.put("keys", result.root().version());
    fields.put("until", result.until().toString());
    output.event("update", fields);
  }

  /** What is believed by now; keys that IT or the person gives count when they are newer. */
  private UpdateTrust trusted(UpdateTrustStore store)
      throws AgentException, IOException, UpdateException {
    UpdateTrust trust = store.read();
    for (Path file : given()) {
      UpdateTrust other = UpdateTrust.begin(bytes(file));
      if (trust == null || other.root().version() > trust.root().version()) {
        trust = other;
        store.keep(other);
      }
    }
    if (trust == null) {
      throw new AgentException(RunResult.REFUSED, "update.no-root", here().managed());
    }
    return trust;
  }

  private List<Path> given() throws AgentException {
    List<Path> files = new ArrayList<>();
    ManagedDefaults.read(here().managed()).get("update-root").map(Path::of).ifPresent(files::add);
    if (root != null) {
      files.add(Path.of(PathArguments.absolute(here(), root).toString()));
    }
    return files;
  }

  private static byte[] bytes(Path file) throws AgentException {
    try {
      if (Files.size(file) <= UpdateVerifier.MAX_FILE_BYTES) {
        return Files.readAllBytes(file);
      }
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "update.root-unreadable", file);
    }
    throw new AgentException(RunResult.REFUSED, "update.root-unreadable", file);
  }

  private UpdateTargetKind kind() {
    String program = here().environment().getOrDefault("HIKAE_PROGRAM", "");
    return program.equals(PACKAGED) || program.startsWith(PACKAGED_FOLDER)
        ? UpdateTargetKind.DEBIAN
        : UpdateTargetKind.ARCHIVE;
  }

  /** Debian's name of this computer's processors. */
  static String architecture() {
    String java = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return java.equals("aarch64") ? "arm64" : java;
  }

  private static AgentException refused(UpdateException e) {
    boolean honest = e.fault() == UpdateFault.MISSING || e.fault() == UpdateFault.EXPIRED;
    return new AgentException(
        honest ? RunResult.REFUSED : RunResult.CORRUPT,
        e,
        "update.refused." + e.fault().name(),
        e.file());
  }
}
