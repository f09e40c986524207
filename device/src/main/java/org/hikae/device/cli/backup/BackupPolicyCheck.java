package org.hikae.device.cli.backup;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.policy.LastFileCount;
import org.hikae.device.run.RunTotals;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.Reconsent;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a backup is made now: what speaks against it is said before a file is read, which
 * folders the company wants in it, and afterwards whether its policy has left little of it.
 */
final class BackupPolicyCheck {

  /** Below so many files a backup may well have half as many the next time. */
  private static final long FEW = 10;

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;
  private final CompanyPolicy policy;
  private final DeviceContext context;

  private BackupPolicyCheck(
      AgentEnvironment here,
      CommandOutput output,
      SignedInAgent agent,
      CompanyPolicy policy,
      DeviceContext context) {
    this.here = here;
    this.output = output;
    this.agent = agent;
    this.policy = policy;
    this.context = context;
  }

  /** Looks; refuses a backup that the portal would not take. */
  static BackupPolicyCheck of(AgentEnvironment here, CommandOutput output, SignedInAgent agent)
      throws AgentException {
    CompanyPolicy policy = CompanyPolicy.ask(agent.portal());
    if (policy.outdated()) {
      throw new AgentException(
          RunResult.REFUSED, "policy.outdated", policy.minAgentVersion(), AgentVersion.CURRENT);
    }
    DeviceContext context = agent.portal().context();
    Reconsent asked = context.reconsent();
    if (asked != null && asked.paused()) {
      throw new AgentException(RunResult.REFUSED, "problem.consent-required");
    }
    if (asked != null) {
      output.note("status.consent-asked", DisplayFormat.time(asked.by(), ZoneId.systemDefault()));
    }
    agent.uploadAtMost(policy.uploadBytesPerSecond());
    return new BackupPolicyCheck(here, output, agent, policy, context);
  }

  CompanyPolicy policy() {
    return policy;
  }

  /** Where the device and its employee stand, as the portal said it for this backup. */
  DeviceContext context() {
    return context;
  }

  /** What to back up: what was named, or the company's folders, or both where it wants that. */
  List<RawPath> paths(List<RawPath> named) throws AgentException {
    Set<RawPath> paths = new LinkedHashSet<>(named);
    if (named.isEmpty() || !policy.mayNarrow()) {
      List<RawPath> folders = folders();
      if (!folders.isEmpty()) {
        output.say("policy.folders", shown(folders));
      }
      paths.addAll(folders);
    }
    if (paths.isEmpty()) {
      throw new AgentException(
          RunResult.REFUSED, policy.include().isEmpty() ? "backup.no-paths" : "policy.none-here");
    }
    return new ArrayList<>(paths);
  }

  private static String shown(List<RawPath> folders) {
    return String.join(", ", folders.stream().map(RawPath::toString).toList());
  }

  /** Those of the company's folders that this computer has, and its person may take in. */
  private List<RawPath> folders() throws AgentException {
    List<RawPath> folders = new ArrayList<>();
    RawPath home = real(path("~"));
    for (String folder : policy.include()) {
      RawPath real = real(path(folder));
      if (real == null) {
        output.note("policy.folder-missing", DisplayFormat.plain(folder));
      } else if (mayTakeIn(isRoot(), home, real)) {
        folders.add(real);
      } else {
        output.note("policy.folder-of-root", DisplayFormat.plain(folder));
      }
    }
    return folders;
  }

  /** Root may read everything, so what a policy names is not held to what a person may read. */
  static boolean mayTakeIn(boolean root, @Nullable RawPath home, RawPath real) {
    return !root || (home != null && (home.equals(real) || home.contains(real)));
  }

  /** By the account, whatever the environment says. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private RawPath path(String folder) throws AgentException {
    String whole =
        folder.equals("~") || folder.startsWith("~/")
            ? here.userHome() + folder.substring(1)
            : folder;
    if (!whole.startsWith("/")) {
      throw new AgentException(RunResult.REFUSED, "policy.malformed", "backupInclude");
    }
    return PathArguments.absolute(
        here, RawArguments.carried(whole.getBytes(StandardCharsets.UTF_8)));
  }

  private static @Nullable RawPath real(RawPath path) {
    try (RawFiles files = RawFiles.open()) {
      return files.realPath(path);
    } catch (FileAccessException e) {
      return null;
    }
  }

  /** Warns when a policy that leaves things out has left nothing, or far less than before. */
  void ended(RunTotals runTotals) {
    LastFileCount last = new LastFileCount(agent.home());
    long before = last.read().orElse(0);
    boolean follows = !policy.exclude().isEmpty() || !policy.include().isEmpty();
    if (follows && runTotals.files() == 0) {
      output.note("policy.nothing-left");
    } else if (follows && before >= FEW && runTotals.files() < before / 2) {
      output.note("policy.far-fewer", before, runTotals.files());
    }
    if (!last.write(runTotals.files())) {
      output.note("policy.not-counted");
    }
  }
}
