package org.hikae.diagnostics.control;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsProblem;
import org.hikae.diagnostics.wire.DiagnosticsRun;
import org.hikae.diagnostics.wire.DiagnosticsTools;
import org.hikae.diagnostics.wire.PortalReach;
import org.jspecify.annotations.Nullable;

/** Diagnostics as they are kept: the JSON in which they came, written anew. */
public final class DiagnosticsCodec {

  private static final String NEXT_RUN_AT = "nextRunAt";
  private static final String FREE_BYTES = "freeBytes";
  private static final String CLOCK_OFFSET_SECONDS = "clockOffsetSeconds";
  private static final String PROBLEM = "problem";

  private DiagnosticsCodec() {}

  /** As they are kept. */
  public static String text(Diagnostics told) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("format", told.format())
            .add("madeAt", told.madeAt().toString())
            .add("agentVersion", told.agentVersion())
            .add("system", told.system())
            .add("systemVersion", told.systemVersion())
            .add("architecture", told.architecture())
            .add("javaVersion", told.javaVersion())
            .add("language", told.language())
            .add("staying", told.staying())
            .add("scheduled", told.scheduled())
            .add("paused", told.paused())
            .add("signedIn", told.signedIn())
            .add("hasKey", told.hasKey())
            .add("portal", told.portal().name())
            .add("tools", tools(told.tools()))
            .add("folders", told.folders())
            .add("runs", runs(told.runs()))
            .add("problems", problems(told.problems()));
    Instant nextRunAt = told.nextRunAt();
    if (nextRunAt != null) {
      json.add(NEXT_RUN_AT, nextRunAt.toString());
    }
    Long freeBytes = told.freeBytes();
    if (freeBytes != null) {
      json.add(FREE_BYTES, freeBytes);
    }
    Long clockOffset = told.clockOffsetSeconds();
    if (clockOffset != null) {
      json.add(CLOCK_OFFSET_SECONDS, clockOffset);
    }
    return json.build().toString();
  }

  private static JsonObjectBuilder tools(DiagnosticsTools tools) {
    return Json.createObjectBuilder()
        .add("systemd", tools.systemd())
        .add("fuse", tools.fuse())
        .add("notifications", tools.notifications());
  }

  private static JsonArrayBuilder runs(List<DiagnosticsRun> runs) {
    JsonArrayBuilder json = Json.createArrayBuilder();
    for (DiagnosticsRun run : runs) {
      JsonObjectBuilder one =
          Json.createObjectBuilder()
              .add("kind", run.kind().name())
              .add("startedAt", run.startedAt().toString())
              .add("seconds", run.seconds())
              .add("result", run.result().name());
      String problem = run.problem();
      if (problem != null) {
        one.add(PROBLEM, problem);
      }
      json.add(one);
    }
    return json;
  }

  private static JsonArrayBuilder problems(List<DiagnosticsProblem> problems) {
    JsonArrayBuilder json = Json.createArrayBuilder();
    for (DiagnosticsProblem problem : problems) {
      json.add(
          Json.createObjectBuilder()
              .add("code", problem.code())
              .add("lastAt", problem.lastAt().toString()));
    }
    return json;
  }

  /** Reads what {@link #text} wrote. */
  public static Diagnostics parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return read(reader.readObject());
    }
  }

  private static Diagnostics read(JsonObject json) {
    JsonObject tools = json.getJsonObject("tools");
    return new Diagnostics(
        json.getInt("format"),
        Instant.parse(json.getString("madeAt")),
        json.getString("agentVersion"),
        json.getString("system"),
        json.getString("systemVersion"),
        json.getString("architecture"),
        json.getString("javaVersion"),
        json.getString("language"),
        json.getBoolean("staying"),
        json.getBoolean("scheduled"),
        json.containsKey(NEXT_RUN_AT) ? Instant.parse(json.getString(NEXT_RUN_AT)) : null,
        json.getBoolean("paused"),
        json.getBoolean("signedIn"),
        json.getBoolean("hasKey"),
        number(json, FREE_BYTES),
        number(json, CLOCK_OFFSET_SECONDS),
        PortalReach.valueOf(json.getString("portal")),
        new DiagnosticsTools(
            tools.getBoolean("systemd"),
            tools.getBoolean("fuse"),
            tools.getBoolean("notifications")),
        json.getInt("folders"),
        json.getJsonArray("runs").getValuesAs(DiagnosticsCodec::run),
        json.getJsonArray("problems").getValuesAs(DiagnosticsCodec::problem));
  }

  private static @Nullable Long number(JsonObject json, String name) {
    return json.containsKey(name) ? json.getJsonNumber(name).longValueExact() : null;
  }

  private static DiagnosticsRun run(JsonObject json) {
    return new DiagnosticsRun(
        RunReport.Kind.valueOf(json.getString("kind")),
        Instant.parse(json.getString("startedAt")),
        json.getJsonNumber("seconds").longValueExact(),
        RunResult.valueOf(json.getString("result")),
        json.containsKey(PROBLEM) ? json.getString(PROBLEM) : null);
  }

  private static DiagnosticsProblem problem(JsonObject json) {
    return new DiagnosticsProblem(json.getString("code"), Instant.parse(json.getString("lastAt")));
  }
}
