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
import org.hikae.audit.control.Csv;
import org.hikae.audit.control.ExportHead;
import org.hikae.audit.control.JsonLines;
import org.hikae.audit.control.TrailFormat;
import org.hikae.caller.boundary.Caller;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.caller.boundary.FromClient;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.runtime.control.Settings;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.Outcome;

/**
 * Writes the trail into a file, page by page, so that it needs the same memory however long the
 * trail is. The vault signs the trail's end before and the file's hash after; a file that breaks
 * off has no last line.
 */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditExport {

  private static final int RETRY_SECONDS = 60;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Exports of one person in an hour. */
  private static final ActorLimit LIMIT = new ActorLimit(20, Duration.ofHours(1), 1000);

  @Inject private ExportPages pages;
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
    CSV
  }

  /**
   * An export that may be written.
   *
   * @param query what is looked for
   * @param format how
   * @param end the trail's end, which the vault has signed
   * @param head what the file says about itself
   */
  public record Job(AuditQuery query, Format format, AuditChain.End end, ExportHead head) {}

  /**
   * Leaves the trace, gives all events their places and has the end signed.
   *
   * @throws Refusal when this person has made too many, or the vault does not sign
   */
  public Job begin(AuditQuery query, Format format) {
    requireFew();
    Map<String, String> filter = filter(query);
    Map<String, String> detail = new TreeMap<>(filter);
    detail.put("format", format.name());
    pages.record(detail);
    while (chain.link()) {
      // Each turn of this loop is a transaction.
    }
    AuditChain.End end = chain.end();
    if (witness.isThere()) {
      requireSigned(sealing.seal(end));
    }
    String card = witness.card().map(BASE64::encodeToString).orElse("");
    return new Job(
        query,
        format,
        end,
        new ExportHead(settings.portalUrl(), clock.instant(), filter, end.seq(), end.hash(), card));
  }

  private void requireFew() {
    Caller caller = currentCaller.caller();
    String actor = caller.issuer() + " " + caller.subject();
    Instant now = clock.instant();
    if (!LIMIT.allow(actor, now)) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, LIMIT.secondsUntilNext(actor, now));
    }
  }

  private static void requireSigned(AuditHeadAnswer answer) {
    // A trail that was set back may be exported: that is when it is looked at. The file says so.
    if (answer.outcome() == Outcome.NOT_NOW) {
      throw Refusal.retryAfter(ProblemCode.VAULT_UNAVAILABLE, RETRY_SECONDS);
    }
    if (answer.outcome() == Outcome.LIMIT) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, RETRY_SECONDS);
    }
  }

  /** Writes the file; an exception leaves it without its last line. */
  public void write(Job job, OutputStream to) throws IOException {
    TrailFormat format = job.format() == Format.CSV ? new Csv() : new JsonLines();
    MessageDigest digest = Hash256.newDigest();
    DigestOutputStream out = new DigestOutputStream(to, digest);
    line(out, format.begin(job.head()));
    long events = 0;
    ExportPages.Places range = pages.range(job.query()).orElse(null);
    if (range != null) {
      long last = Math.min(range.last(), job.end().seq());
      ExportPages.Lines page = pages.after(job.query(), range.first() - 1, last, format);
      while (!page.lines().isEmpty()) {
        for (String line : page.lines()) {
          line(out, line);
        }
        events += page.lines().size();
        page = pages.after(job.query(), page.upTo(), last, format);
      }
    }
    out.on(false);
    Hash256 hash = Hash256.of(digest.digest());
    line(out, format.end(events, hash.hex(), signed(job, hash)));
  }

  private String signed(Job job, Hash256 hash) {
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

  private static Map<String, String> filter(AuditQuery query) {
    Map<String, String> filter = new TreeMap<>();
    put(filter, "from", query.from());
    put(filter, "until", query.until());
    put(filter, "actor", query.actor());
    put(filter, "employee", query.employeeId());
    put(filter, "action", query.action());
    put(filter, "object", query.object());
    return filter;
  }

  private static void put(
      Map<String, String> filter, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value != null) {
      filter.put(name, value.toString());
    }
  }
}
