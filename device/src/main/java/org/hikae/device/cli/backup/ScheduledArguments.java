package org.hikae.device.cli.backup;

import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.files.RawPath;
import org.hikae.device.schedule.Schedule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * What the arguments of a schedule say, read as the backup itself reads them.
 *
 * @param paths what is backed up; none for what the company's policy names
 * @param options all others but the limit of what is sent, as carried arguments with their values
 * @param uploadKib most that is sent, in KiB a second; absent where it is not said
 */
public record ScheduledArguments(
    List<RawPath> paths, List<String> options, @Nullable Long uploadKib) {

  /**
   * Reads them.
   *
   * @throws AgentException when {@code hikae backup} would not understand them
   */
  public static ScheduledArguments of(AgentEnvironment here, Schedule schedule)
      throws AgentException {
    try {
      BackupCommand command = BackupCommand.of(here, schedule);
      return new ScheduledArguments(
          command.named(),
          command.optionsBut(BandwidthOptions.LIMIT_UPLOAD),
          command.limits().uploadKib());
    } catch (ParameterException e) {
      throw new AgentException(RunResult.REFUSED, e, "scheduled.arguments");
    }
  }
}
