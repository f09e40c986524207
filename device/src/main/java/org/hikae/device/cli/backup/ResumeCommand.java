package org.hikae.device.cli.backup;

import java.time.Instant;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleHistory;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import picocli.CommandLine.Command;

/** Ends a pause of scheduled backups. */
@Command(
    name = "resume",
    description =
        "End a pause: what became due meanwhile is backed up within a quarter of an hour.")
public final class ResumeCommand extends AgentCommand {

  public ResumeCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    ScheduleStore store = new ScheduleStore(AgentHome.of(here().environment(), here().userHome()));
    Schedule schedule = ScheduledBackup.require(store);
    boolean was = store.resume();
    Instant now = here().clock().instant();
    ScheduleHistory scheduleHistory = store.runs(now);
    output.event(
        "resume", Map.of("was", was, "scheduledNextAt", scheduleHistory.next().toString()));
    output.say(was ? "pause.ended" : "pause.was-off");
    if (scheduleHistory.due(schedule, now)) {
      output.say("schedule.due");
    } else {
      output.say("schedule.next", scheduleHistory.next());
    }
    return RunResult.SUCCESS;
  }
}
