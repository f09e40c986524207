package org.hikae.admin.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a report for people, or one JSON object a line for programs. */
public final class DoctorReportWriter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintWriter out;
  private final DoctorMessages doctorMessages;

  /** Writes to {@code out} in the language of {@code sentences}. */
  public DoctorReportWriter(PrintWriter out, DoctorMessages doctorMessages) {
    this.out = out;
    this.doctorMessages = doctorMessages;
  }

  /** One or two lines for each finding, then the sum. */
  public void write(DoctorReport report) {
    for (DoctorFinding finding : report.findings()) {
      FindingCode code = finding.code();
      out.println(
          String.format(
              Locale.ROOT,
              "%-8s %-12s %s",
              code.level(),
              code.check(),
              doctorMessages.found(finding)));
      String fix = doctorMessages.fix(finding);
      if (!fix.isEmpty()) {
        out.println(" ".repeat(22) + fix);
      }
    }
    out.println(doctorMessages.sum(report));
    out.flush();
  }

  /** The same for programs: events {@code finding}, then {@code doctor}. */
  public void writeJson(DoctorReport report) {
    for (DoctorFinding finding : report.findings()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", "finding");
      fields.put("check", finding.code().check());
      fields.put("level", finding.code().level().name());
      fields.put("code", finding.code().name());
      fields.put("message", doctorMessages.found(finding));
      fields.put("fix", doctorMessages.fix(finding));
      fields.put("arguments", finding.arguments());
      line(fields);
    }
    Map<String, Object> sum = new LinkedHashMap<>();
    sum.put("event", "doctor");
    for (FindingLevel level : FindingLevel.values()) {
      sum.put(level.name().toLowerCase(Locale.ROOT), report.count(level));
    }
    sum.put("exitCode", report.exitCode());
    line(sum);
    out.flush();
  }

  private void line(Map<String, Object> fields) {
    try {
      out.println(JSON.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text cannot be written as JSON", e);
    }
  }
}
