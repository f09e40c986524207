package org.hikae.device.exclude;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.FileAccessException;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;

/**
 * Patterns of what to leave out, see {@link Glob} and {@link ExcludeRule}. What is named for backup
 * itself is never left out. The last pattern that matches decides, in this order: the defaults,
 * ignore files from the outermost directory inwards, the file of patterns, excludes, includes,
 * those of the company, the agent's own state. What is inside a directory that is left out is left
 * out with it.
 */
public final class ExcludeRules {

  /** Leaves out only what ignore files in the directories say. */
  public static final ExcludeRules NONE = new ExcludeRules(List.of(), List.of(), false, true);

  /** Most patterns besides those in files. */
  public static final int MAX_PATTERNS = 1000;

  /**
   * Caches and trash. Some programs keep their caches among their settings, below {@code
   * ~/.config}, {@code ~/snap} or {@code ~/.var/app}.
   */
  static final List<String> DEFAULTS =
      List.of(
          "/home/*/.cache/",
          ".thumbnails/",
          ".config/*/Cache/",
          ".config/*/Code Cache/",
          ".config/*/GPUCache/",
          "snap/*/*/.cache/",
          ".var/app/*/cache/",
          ".local/share/Trash/",
          ".Trash/",
          ".Trash-*/");

  private final List<ExcludeRule> weak;
  private final List<ExcludeRule> strong;
  private final boolean cacheTags;
  private final boolean ignoreFiles;

  private ExcludeRules(
      List<ExcludeRule> weak, List<ExcludeRule> strong, boolean cacheTags, boolean ignoreFiles) {
    this.weak = List.copyOf(weak);
    this.strong = List.copyOf(strong);
    this.cacheTags = cacheTags;
    this.ignoreFiles = ignoreFiles;
  }

  /** The patterns at the root of the file system. */
  public DirectoryExcludes top() {
    return DirectoryExcludes.top(weak, strong);
  }

  /** Whether the contents of directories with a valid cache tag are left out. */
  boolean cacheTags() {
    return cacheTags;
  }

  /** Whether ignore files in the directories count. */
  boolean ignoreFiles() {
    return ignoreFiles;
  }

  /** Collects patterns. */
  public static final class Builder {

    private final List<ExcludeRule> defaults = new ArrayList<>();
    private final List<ExcludeRule> file = new ArrayList<>();
    private final List<ExcludeRule> excludes = new ArrayList<>();
    private final List<ExcludeRule> includes = new ArrayList<>();
    private final List<ExcludeRule> company = new ArrayList<>();
    private final List<ExcludeRule> own = new ArrayList<>();
    private boolean cacheTags;
    private boolean ignoreFiles = true;

    /** Leaves out caches and trash: of everybody, and the cache of the person with this home. */
    public Builder defaults(RawPath home) {
      cacheTags = true;
      try {
        for (String pattern : DEFAULTS) {
          byte[] bytes = pattern.getBytes(StandardCharsets.US_ASCII);
          defaults.add(ExcludeRule.of(bytes, true, ExcludeRule.PatternAnchor.ANYWHERE));
        }
      } catch (InvalidPatternException e) {
        throw new IllegalStateException("the defaults are patterns", e);
      }
      defaults.add(ExcludeRule.ofPath(home.child(".cache".getBytes(StandardCharsets.US_ASCII))));
      return this;
    }

    /**
     * Adds the lines of a file.
     *
     * @throws InvalidPatternException when it is too long or a line is no pattern
     */
    public Builder file(RawPath path) throws FileAccessException, InvalidPatternException {
      try (RawFiles files = RawFiles.open()) {
        RawPath real = files.realPath(path);
        if (real.depth() == 0) {
          throw new InvalidPatternException("not a regular file");
        }
        try (FileHandle directory = files.openDirectoryFollowing(real.parent())) {
          byte[] name = real.name(real.depth() - 1);
          file.addAll(PatternFile.read(files, directory, name, ExcludeRule.PatternAnchor.ANYWHERE));
        }
      }
      return this;
    }

    /** Leaves out what matches. */
    public Builder exclude(byte[] pattern) throws InvalidPatternException {
      excludes.add(ExcludeRule.of(pattern, true, ExcludeRule.PatternAnchor.ANYWHERE));
      requireFew();
      return this;
    }

    /** Takes in what matches, whatever leaves it out. */
    public Builder include(byte[] pattern) throws InvalidPatternException {
      includes.add(ExcludeRule.of(pattern, false, ExcludeRule.PatternAnchor.ANYWHERE));
      requireFew();
      return this;
    }

    /** Leaves out what matches, for the company: nothing but {@link #own} comes after it. */
    public Builder company(byte[] pattern) throws InvalidPatternException {
      company.add(ExcludeRule.of(pattern, true, ExcludeRule.PatternAnchor.ANYWHERE));
      requireFew();
      return this;
    }

    /** Passes over ignore files in the directories. */
    public Builder withoutIgnoreFiles() {
      ignoreFiles = false;
      return this;
    }

    private void requireFew() throws InvalidPatternException {
      if (excludes.size() + includes.size() + company.size() > MAX_PATTERNS) {
        throw new InvalidPatternException("more than " + MAX_PATTERNS + " patterns");
      }
    }

    /** Leaves out a directory, which nothing takes in again. */
    public Builder own(RawPath directory) {
      if (directory.depth() > 0) {
        own.add(ExcludeRule.ofPath(directory));
      }
      return this;
    }

    /** All of them. */
    public ExcludeRules build() {
      List<ExcludeRule> strong = new ArrayList<>(file);
      strong.addAll(excludes);
      strong.addAll(includes);
      strong.addAll(company);
      strong.addAll(own);
      return new ExcludeRules(defaults, strong, cacheTags, ignoreFiles);
    }
  }
}
