package org.hikae.audit.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.audit.control.AuditExportHeader;
import org.hikae.audit.service.AuditChain;
import org.hikae.audit.service.AuditCsvFormat;
import org.hikae.audit.service.AuditExportFormat;
import org.hikae.audit.service.AuditExportSteps;
import org.hikae.audit.service.AuditJsonFormat;
import org.hikae.audit.service.AuditSealing;
import org.hikae.audit.service.AuditSpreadsheetColumns;
import org.hikae.audit.service.TrailWitness;
import org.hikae.audit.view.AuditChainEnd;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.runtime.service.Settings;
import org.hikae.spreadsheet.control.SpreadsheetWriter;
import org.hikae.spreadsheet.control.XlsxWriter;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.HeadOutcome;

/**
 * Writes the trail into a file, page by page, so that it needs the same memory however long the
 * trail is. The vault signs the trail's end before and the file's hash after; a file that breaks
 * off has no last line.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditExport {

  /** Most events of a workbook; the other files have no bound. */
  public static final int MAX_ROWS = 250_000;

  private static final int RETRY_SECONDS = 60;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Exports of one person in an hour. */
  private static final ActorLimit LIMIT = new ActorLimit(20, Duration.ofHours(1), 1000);

  /** Workbooks that one person asks for in an hour; those that are too large are no exports. */
  private static final ActorLimit WORKBOOKS = new ActorLimit(60, Duration.ofHours(1), 1000);

  @Inject private AuditExportSteps exportSteps;
  @Inject private AuditChain chain;
  @Inject private AuditSealing sealing;
  @Inject private TrailWitness witness;
  @Inject private CurrentCaller currentCaller;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /** How the file is written. */
  public enum Format {
    /** For checking: one JSON object a line. */
    JSONL,
    /** For spreadsheets. */
    CSV,
    /** A workbook, which keeps numbers as numbers; {@link #MAX_ROWS} events at most. */
    XLSX
  }

  /**
   * An export that may be written.
   *
   * @param query what is looked for
   * @param format how
   * @param end the trail's end, which the vault has signed
   * @param head what the file says about itself
   */
  public record PreparedExport(
      AuditCriteria query, Format format, AuditChainEnd end, AuditExportHeader head) {}

  /** Events after a place, up to another. */
  private interface Reading<T> {
    AuditExportSteps.Part<T> after(long place, long last);
  }

  /** Where events go. */
  private interface Writing<T> {
    void write(T event) throws IOException;
  }

  /**
   * Leaves the trace, gives all events their places and has the end signed.
   *
   * @throws Refusal when this person has made too many, a workbook would be too large, or the vault
   *     does not sign
   */
  public PreparedExport begin(AuditCriteria query, Format format) {
    if (format == Format.XLSX) {
      requireFew(WORKBOOKS);
      if (exportSteps.isMoreThan(MAX_ROWS, query)) {
        throw Refusal.of(ProblemCode.TOO_LARGE);
      }
    }
    requireFew(LIMIT);
    Map<String, String> filter = new TreeMap<>(query.named());
    DepartmentScope scope = currentCaller.caller().scope();
    if (!scope.wholeCompany()) {
      filter.put("departments", String.join(" ", scope.departments()));
    }
    Map<String, String> detail = new TreeMap<>(filter);
    detail.put("format", format.name());
    exportSteps.record(detail);
    while (chain.link()) {
      // Each turn of this loop is a transaction.
    }
    AuditChainEnd end = chain.end();
    if (witness.isThere()) {
      requireSigned(sealing.seal(end));
    }
    String card = witness.card().map(BASE64::encodeToString).orElse("");
    return new PreparedExport(
        query,
        format,
        end,
        new AuditExportHeader(
            settings.portalUrl(), clock.instant(), filter, end.seq(), end.hash(), card));
  }

  private void requireFew(ActorLimit limit) {
    Caller caller = currentCaller.caller();
    String actor = caller.issuer() + " " + caller.subject();
    Instant now = clock.instant();
    if (!limit.allow(actor, now)) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, limit.secondsUntilNext(actor, now));
    }
  }

  private static void requireSigned(AuditHeadAnswer answer) {
    // A trail that was set back may be exported: that is when it is looked at. The file says so.
    if (answer.outcome() == HeadOutcome.NOT_NOW) {
      throw Refusal.retryAfter(ProblemCode.VAULT_UNAVAILABLE, RETRY_SECONDS);
    }
    if (answer.outcome() == HeadOutcome.LIMIT) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, RETRY_SECONDS);
    }
  }

  /** Writes the file; an exception leaves it without its last line, or a workbook useless. */
  public void write(PreparedExport job, OutputStream to) throws IOException {
    MessageDigest digest = Hash256.newDigest();
    DigestOutputStream out = new DigestOutputStream(to, digest);
    if (job.format() == Format.XLSX) {
      writeSheet(job, out);
      var _ = signed(job, Hash256.of(digest.digest()));
    } else {
      writeLines(job, out, digest);
    }
  }

  private void writeLines(PreparedExport job, DigestOutputStream out, MessageDigest digest)
      throws IOException {
    AuditExportFormat format =
        job.format() == Format.CSV ? new AuditCsvFormat() : new AuditJsonFormat();
    line(out, format.begin(job.head()));
    long events =
        each(
            job,
            (place, last) -> exportSteps.lines(job.query(), place, last, format),
            line -> line(out, line));
    out.on(false);
    Hash256 hash = Hash256.of(digest.digest());
    line(out, format.end(events, hash.hex(), signed(job, hash)));
  }

  private void writeSheet(PreparedExport job, OutputStream out) throws IOException {
    SpreadsheetWriter sheet = new XlsxWriter(out, "audit");
    sheet.head(AuditSpreadsheetColumns.COLUMNS);
    var _ = each(job, (place, last) -> exportSteps.rows(job.query(), place, last), sheet::row);
    sheet.end();
  }

  private <T> long each(PreparedExport job, Reading<T> reading, Writing<T> writing)
      throws IOException {
    AuditExportSteps.ChainRange range = exportSteps.range(job.query()).orElse(null);
    if (range == null) {
      return 0;
    }
    long events = 0;
    long last = Math.min(range.last(), job.end().seq());
    AuditExportSteps.Part<T> part = reading.after(range.first() - 1, last);
    while (!part.events().isEmpty()) {
      for (T event : part.events()) {
        writing.write(event);
      }
      events += part.events().size();
      part = reading.after(part.upTo(), last);
    }
    return events;
  }

  private String signed(PreparedExport job, Hash256 hash) {
    if (!witness.isThere()) {
      return "";
    }
    return sealing
        .sealExport(job.end(), hash)
        .signed()
        .map(receipt -> BASE64.encodeToString(receipt.encode()))
        .orElse("");
  }

  private static void line(OutputStream out, String line) throws IOException {
    if (!line.isEmpty()) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
