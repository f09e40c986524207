package org.hikae.device.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.state.ManagedDefaults;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What all commands share: language, JSON, and how a failure becomes a sentence and an exit code.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = AgentVersionProvider.class,
    sortOptions = false,
    usageHelpAutoWidth = false)
public abstract class AgentCommand implements Callable<Integer> {

  @Option(
      names = "--json",
      order = 90,
      description = "Print one JSON object per line instead of text.")
  private boolean json;

  @Option(
      names = "--lang",
      order = 91,
      paramLabel = "en|ja",
      description = "Language of messages; by default that of LC_ALL, LC_MESSAGES or LANG.")
  private @Nullable String lang;

  @Option(
      names = "--verbose",
      order = 92,
      description = "Print the technical cause of a failure too.")
  private boolean verbose;

  private final AgentEnvironment here;

  public AgentCommand(AgentEnvironment here) {
    this.here = here;
  }

  /** Does the work; everything thrown becomes a sentence and an exit code. */
  public abstract RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, java.io.IOException;

  public AgentEnvironment here() {
    return here;
  }

  @Override
  public Integer call() {
    CommandOutput output =
        new CommandOutput(here, Messages.in(language(here, lang, json)), json, verbose);
    return AgentExitCode.of(call(output));
  }

  /** The same with these carried arguments, for a part of the agent. */
  public final AgentCommand with(List<String> carried) {
    var _ = new CommandLine(this).setExpandAtFiles(false).parseArgs(carried.toArray(new String[0]));
    return this;
  }

  /** Does the work for a part of the agent; everything thrown becomes an event. */
  public RunResult call(CommandOutput output) {
    try {
      return run(output);
    } catch (AgentException | BackupStoreException | java.io.IOException | RuntimeException e) {
      return output.failure(e);
    }
  }

  /**
   * The language to speak: what was asked for, the company's default, or the environment's.
   *
   * @param lang value of {@code --lang}, if any
   * @param json whether nothing is shown on the terminal itself
   */
  public static String language(AgentEnvironment here, @Nullable String lang, boolean json) {
    String asked = lang;
    if (asked == null) {
      try {
        asked = ManagedDefaults.read(here.managed()).get("lang").orElse(null);
      } catch (AgentException e) {
        // The command itself will say so if it needs the file.
      }
    }
    String language =
        asked == null ? Messages.languageOf(here.environment()) : asked.toLowerCase(Locale.ROOT);
    // A terminal that cannot show Japanese shows question marks; English is better than that.
    boolean shown = json || here.err().charset().newEncoder().canEncode('控');
    return shown ? language : "en";
  }
}
