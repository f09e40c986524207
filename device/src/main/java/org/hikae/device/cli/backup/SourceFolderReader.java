package org.hikae.device.cli.backup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.backup.SourceFolderView.LeftOutReason;
import org.hikae.device.cli.backup.SourceFolderView.SourceEntryView;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.exclude.DirectoryExcludes;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.exclude.IgnoreFiles;
import org.hikae.device.exclude.InvalidPatternException;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.FileType;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.state.AgentHome;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a folder of this computer for somebody who chooses what to back up: how large its
 * entries are, and what a backup would leave out, by the rules of the backup itself.
 */
public final class SourceFolderReader {

  /** Most entries that are shown. */
  static final int MAX_ENTRIES = 1000;

  private static final int MAX_COUNTED = 300_000;
  private static final int MAX_DEPTH = 200;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final AgentEnvironment here;
  private final RawFiles files;
  private final IgnoreFiles ignoreFiles;
  private final ExcludeRules rules;
  private final ExcludeRules caches;
  private final ExcludeRules company;
  private final RawPath home;
  private final long ends;
  private long device;
  private int seen;
  private boolean counted = true;

  private SourceFolderReader(
      AgentEnvironment here, CommandOutput output, RawFiles files, CompanyPolicy policy)
      throws AgentException {
    this.here = here;
    this.files = files;
    this.home = RawPath.of(here.userHome().getBytes(StandardCharsets.UTF_8));
    this.rules =
        new ExcludeOptions()
            .patterns(here, output, AgentHome.of(here.environment(), here.userHome()), policy);
    this.caches = new ExcludeRules.Builder().defaults(home).build();
    this.company = ofCompany(policy);
    this.ignoreFiles = new IgnoreFiles(files, rules, warning -> {});
    this.ends = here.pause().nanos() + LIMIT.toNanos();
  }

  private static ExcludeRules ofCompany(CompanyPolicy policy) throws AgentException {
    ExcludeRules.Builder builder = new ExcludeRules.Builder();
    for (String pattern : policy.exclude()) {
      try {
        builder.company(pattern.getBytes(StandardCharsets.UTF_8));
      } catch (InvalidPatternException e) {
        throw new AgentException(RunResult.REFUSED, e, "policy.malformed", "backupExclude");
      }
    }
    return builder.build();
  }

  /**
   * What is in a folder; nothing of it is read but names, sizes and what says what to leave out.
   */
  public static SourceFolderView read(
      AgentEnvironment here, CommandOutput output, @Nullable RawPath folder)
      throws AgentException, FileAccessException {
    CompanyPolicy policy = CompanyPolicy.NONE;
    boolean known = true;
    try (SignedInAgent agent = SignedInAgent.open(here, output.messages().language())) {
      policy = CompanyPolicy.ask(agent.portal());
    } catch (AgentException e) {
      known = false;
    }
    try (RawFiles files = RawFiles.open()) {
      SourceFolderReader reader = new SourceFolderReader(here, output, files, policy);
      RawPath of = folder == null ? files.realPath(reader.home) : files.realPath(folder);
      return reader.read(of, policy, known);
    }
  }

  /** The patterns in a directory: of all rules, of caches and of the company alone. */
  private record RuleScopes(
      DirectoryExcludes all, DirectoryExcludes caches, DirectoryExcludes company) {

    RuleScopes enter(byte[] name) {
      return new RuleScopes(all.enter(name), caches.enter(name), company.enter(name));
    }

    RuleScopes with(DirectoryExcludes other) {
      return new RuleScopes(other, caches, company);
    }
  }

  private SourceFolderView read(RawPath folder, CompanyPolicy policy, boolean known)
      throws FileAccessException {
    RuleScopes scopes = new RuleScopes(rules.top(), caches.top(), company.top());
    RawPath at = RawPath.ROOT;
    for (int i = 0; i < folder.depth(); i++) {
      scopes = scopes.enter(folder.name(i));
      at = at.child(folder.name(i));
      // What is above the person's home is not what a person would name as a whole.
      if (at.depth() < folder.depth() && home.contains(at)) {
        try (FileHandle directory = files.openDirectoryFollowing(at)) {
          scopes = scopes.with(ignoreFiles.ignoring(directory, at, names(directory), scopes.all()));
        }
      }
    }
    List<SourceEntryView> entries = new ArrayList<>();
    boolean more = false;
    try (FileHandle directory = files.openDirectoryFollowing(folder)) {
      device = files.status(directory).device();
      List<byte[]> names = names(directory);
      scopes = scopes.with(ignoreFiles.ignoring(directory, folder, names, scopes.all()));
      for (byte[] name : names) {
        if (entries.size() == MAX_ENTRIES) {
          more = true;
          break;
        }
        SourceEntryView entry = entry(directory, folder.child(name), name, scopes);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    entries.sort(Comparator.comparing(SourceEntryView::directory).reversed());
    return new SourceFolderView(
        folder.toString(),
        TextCodec.base64(folder.toBytes()),
        folder.depth() == 0 ? null : TextCodec.base64(folder.parent().toBytes()),
        entries,
        more,
        counted,
        policy.include(),
        known);
  }

  private @Nullable SourceEntryView entry(
      FileHandle at, RawPath path, byte[] name, RuleScopes scopes) {
    long[] sums = new long[2];
    boolean directory;
    LeftOutReason leftOut;
    try {
      FileStatus status = files.status(at, name);
      directory = status.type() == FileType.DIRECTORY;
      if (!directory && status.type() != FileType.REGULAR) {
        return null;
      }
      leftOut = leftOut(name, directory, scopes);
      if (leftOut == null && directory) {
        boolean taken = directory(at, path, name, status, scopes.all(), sums);
        leftOut = taken ? null : LeftOutReason.CACHE;
      } else if (leftOut == null) {
        sums[0] = 1;
        sums[1] = status.size();
      }
    } catch (FileAccessException e) {
      // A backup names it as what could not be read.
      return null;
    }
    return new SourceEntryView(
        RawPath.display(name),
        TextCodec.base64(path.toBytes()),
        directory,
        sums[0],
        sums[1],
        leftOut);
  }

  /** What of all rules leaves it out: the first that would by itself. */
  private static @Nullable LeftOutReason leftOut(
      byte[] name, boolean directory, RuleScopes scopes) {
    if (!scopes.all().leavesOut(name, directory)) {
      return null;
    }
    if (scopes.company().leavesOut(name, directory)) {
      return LeftOutReason.COMPANY;
    }
    return scopes.caches().leavesOut(name, directory)
        ? LeftOutReason.CACHE
        : LeftOutReason.IGNORE_FILE;
  }

  /** One more than are counted, so that it shows when there are too many. */
  private List<byte[]> names(FileHandle directory) throws FileAccessException {
    return files.list(directory, MAX_COUNTED + 1);
  }

  /** Another file system may be that of a computer that does not answer, or a view of this one. */
  private boolean mayBeCounted(RawPath path, FileStatus status) {
    return here.pause().nanos() - ends < 0
        && path.depth() <= MAX_DEPTH
        && status.device() == device;
  }

  /** Counts what is below; false for a directory that is tagged as a cache. */
  private boolean directory(
      FileHandle at,
      RawPath path,
      byte[] name,
      FileStatus status,
      DirectoryExcludes above,
      long[] sums)
      throws FileAccessException {
    if (!mayBeCounted(path, status)) {
      counted = false;
      return true;
    }
    try (FileHandle directory = files.openDirectory(at, name)) {
      List<byte[]> names = names(directory);
      if (ignoreFiles.isCache(directory, names)) {
        return false;
      }
      DirectoryExcludes scope = ignoreFiles.ignoring(directory, path, names, above.enter(name));
      for (byte[] each : names) {
        if (++seen > MAX_COUNTED || here.pause().nanos() - ends >= 0) {
          counted = false;
          return true;
        }
        count(directory, path.child(each), each, scope, sums);
      }
    }
    return true;
  }

  private void count(
      FileHandle at, RawPath path, byte[] name, DirectoryExcludes scope, long[] sums) {
    try {
      FileStatus status = files.status(at, name);
      boolean directory = status.type() == FileType.DIRECTORY;
      if (scope.leavesOut(name, directory)) {
        return;
      }
      if (status.type() == FileType.REGULAR) {
        sums[0]++;
        sums[1] += status.size();
      } else if (directory) {
        var _ = directory(at, path, name, status, scope, sums);
      }
    } catch (FileAccessException e) {
      // A backup names it as what could not be read.
    }
  }
}
