package org.hikae.device.cli.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.exclude.InvalidPatternException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.fuse.MountTable;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a backup leaves out. */
final class ExcludeOptions {

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description =
          "Leave out what matches a pattern as in .gitignore. One that begins with / is matched from"
              + " the root, any other at every depth; a / at the end means directories only."
              + " Repeatable.")
  private List<String> excludes = List.of();

  @Option(
      names = "--exclude-file",
      paramLabel = "FILE",
      description =
          "Leave out what matches a line of FILE, too. A line that begins with ! takes in again.")
  private @Nullable String file;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description =
          "Take in what matches, whatever leaves it out; not what lies in a directory that is left"
              + " out. Repeatable.")
  private List<String> includes = List.of();

  @Option(
      names = "--no-default-excludes",
      description =
          "Take in users' caches, trash and the contents of directories tagged as caches"
              + " (CACHEDIR.TAG), too. The agent's own state is always left out.")
  private boolean noDefaults;

  /** All of them together, with those of the company. */
  ExcludeRules patterns(
      AgentEnvironment here, CommandOutput output, AgentHome home, CompanyPolicy policy)
      throws AgentException {
    ExcludeRules.Builder builder = new ExcludeRules.Builder();
    if (!noDefaults) {
      builder.defaults(real(here.userHome()));
    }
    if (policy.mayNarrow()) {
      addOwn(here, builder);
    } else {
      builder.withoutIgnoreFiles();
      if (file != null || !excludes.isEmpty()) {
        output.note("policy.may-not-narrow");
      }
    }
    for (String pattern : includes) {
      add(pattern, () -> builder.include(RawArguments.bytes(pattern)));
    }
    for (String pattern : policy.exclude()) {
      addOfCompany(builder, pattern);
    }
    for (RawPath mount : mounts()) {
      builder.own(mount);
    }
    return builder.own(real(home.folder().toString())).build();
  }

  /** What was asked for, to compare it with what another command is asked for. */
  List<Object> asked(AgentEnvironment here) throws AgentException {
    String named = file;
    Object patterns = named == null ? "" : PathArguments.absolute(here, named);
    return List.of(excludes, patterns, includes, noDefaults);
  }

  /** Where snapshots are shown as folders: they are stored already. */
  private static List<RawPath> mounts() {
    try {
      return MountTable.ours();
    } catch (IOException e) {
      // Where the system does not say what is mounted, nothing can be.
      return List.of();
    }
  }

  private void addOwn(AgentEnvironment here, ExcludeRules.Builder builder) throws AgentException {
    String named = file;
    if (named != null) {
      addFile(builder, PathArguments.absolute(here, named));
    }
    for (String pattern : excludes) {
      add(pattern, () -> builder.exclude(RawArguments.bytes(pattern)));
    }
  }

  private static void addOfCompany(ExcludeRules.Builder builder, String pattern)
      throws AgentException {
    try {
      builder.company(pattern.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidPatternException e) {
      throw new AgentException(RunResult.REFUSED, e, "policy.malformed", "backupExclude");
    }
  }

  private static void addFile(ExcludeRules.Builder builder, RawPath path) throws AgentException {
    try {
      builder.file(path);
    } catch (FileAccessException e) {
      throw new AgentException(RunResult.REFUSED, e, "backup.exclude-file", path, e.reason());
    } catch (InvalidPatternException e) {
      throw new AgentException(
          RunResult.REFUSED, e, "backup.exclude-file", path, String.valueOf(e.getMessage()));
    }
  }

  /** Adds a pattern. */
  @FunctionalInterface
  private interface Step {
    void run() throws InvalidPatternException;
  }

  private static void add(String carried, Step step) throws AgentException {
    try {
      step.run();
    } catch (InvalidPatternException e) {
      throw new AgentException(
          RunResult.REFUSED,
          e,
          "backup.pattern",
          RawPath.display(RawArguments.bytes(carried)),
          String.valueOf(e.getMessage()));
    }
  }

  /** The walk goes by real paths, so these must be. */
  private static RawPath real(String path) {
    if (!path.startsWith("/")) {
      return RawPath.ROOT;
    }
    RawPath raw = RawPath.of(path.getBytes(StandardCharsets.UTF_8));
    try (RawFiles files = RawFiles.open()) {
      return files.realPath(raw);
    } catch (FileAccessException e) {
      // Not there yet: there is nothing to leave out.
      return raw;
    }
  }
}
