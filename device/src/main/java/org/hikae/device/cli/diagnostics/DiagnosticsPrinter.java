package org.hikae.device.cli.diagnostics;

import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;

/** Shows diagnostics to their person: everything that is in them, and nothing else. */
final class DiagnosticsPrinter {

  private final CommandOutput output;

  DiagnosticsPrinter(CommandOutput output) {
    this.output = output;
  }

  void show(Diagnostics shown) {
    output.event(
        "diagnostics",
        AgentJson.mapper().convertValue(shown, new TypeReference<Map<String, Object>>() {}));
    output.say("report.heading");
    output.say("report.made", time(shown.madeAt()), shown.format());
    output.say("report.agent", shown.agentVersion(), shown.javaVersion(), shown.language());
    output.say("report.system", shown.system(), shown.systemVersion(), shown.architecture());
    output.say("report.staying", word(shown.staying()));
    schedule(shown);
    output.say("report.signed-in", word(shown.signedIn()));
    output.say("report.key", word(shown.hasKey()));
    output.say("report.portal." + shown.portal());
    clock(shown);
    Long freeBytes = shown.freeBytes();
    if (freeBytes == null) {
      output.say("report.free-unknown");
    } else {
      output.say("report.free", DisplayFormat.bytes(freeBytes), freeBytes);
    }
    output.say("report.systemd", word(shown.tools().systemd()));
    output.say("report.fuse", word(shown.tools().fuse()));
    output.say("report.notifications", word(shown.tools().notifications()));
    runs(shown);
    output.say("report.unknown");
  }

  private void schedule(Diagnostics shown) {
    output.say("report.scheduled", word(shown.scheduled()));
    Instant next = shown.nextRunAt();
    if (next != null) {
      output.say("report.next", time(next));
    }
    output.say("report.paused", word(shown.paused()));
    output.say("report.folders", shown.folders());
  }

  private void clock(Diagnostics shown) {
    Long offset = shown.clockOffsetSeconds();
    if (offset == null) {
      output.say("report.clock-unknown");
    } else {
      output.say(offset < 0 ? "report.clock-behind" : "report.clock-ahead", Math.abs(offset));
    }
  }

  private void runs(Diagnostics shown) {
    output.say(shown.runs().isEmpty() ? "report.runs-none" : "report.runs");
    for (DiagnosticsRun run : shown.runs()) {
      String kind = output.messages().get("report.kind." + run.kind());
      String result = output.messages().get("report.result." + run.result());
      String started = time(run.startedAt());
      String problem = run.problem();
      if (problem == null) {
        output.say("report.run", started, kind, run.seconds(), result);
      } else {
        output.say("report.run-problem", started, kind, run.seconds(), result, problem);
      }
    }
    output.say(shown.problems().isEmpty() ? "report.problems-none" : "report.problems");
    for (DiagnosticsProblem problem : shown.problems()) {
      output.say("report.problem", time(problem.lastAt()), problem.code());
    }
  }

  private String word(boolean flag) {
    return output.messages().get(flag ? "policy.yes" : "policy.no");
  }

  private static String time(Instant instant) {
    return DisplayFormat.time(instant, ZoneId.systemDefault());
  }
}
