package org.hikae.admin.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import org.hikae.admin.audit.AuditExportResult.FoundFault;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * Checks an export in JSON lines: each event against its hash, each hash against the one before,
 * the whole file against what the vault has signed. Stops at the first thing that is wrong.
 */
public final class AuditExportVerifier {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BoundedLineReader lines;
  private final @Nullable String expectedRoot;

  private long events;
  private long first;
  private long last;
  private long gaps;
  private long namesErased;
  private String hash = "";
  private long signedAtMillis;
  private String root = "";

  private AuditExportVerifier(InputStream in, @Nullable String expectedRoot) throws IOException {
    this.lines = new BoundedLineReader(in);
    this.expectedRoot = expectedRoot;
  }

  /** What is wrong, found in the line that was read last. */
  private static final class FaultFoundException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient FoundFault foundFault;

    private FaultFoundException(FoundFault foundFault) {
      this.foundFault = foundFault;
    }
  }

  /**
   * Checks a file.
   *
   * @param expectedRoot fingerprint of the vault's root, hexadecimal; null to take any
   * @throws IOException when it cannot be read
   */
  public static AuditExportResult check(InputStream in, @Nullable String expectedRoot)
      throws IOException {
    AuditExportVerifier check = new AuditExportVerifier(in, expectedRoot);
    FoundFault foundFault = null;
    try {
      check.walk();
    } catch (FaultFoundException found) {
      foundFault = found.foundFault;
    }
    return new AuditExportResult(
        check.events,
        check.first,
        check.last,
        check.gaps,
        check.namesErased,
        foundFault,
        !check.root.isEmpty(),
        check.signedAtMillis,
        check.root);
  }

  private void walk() throws IOException, FaultFoundException {
    JsonNode head = read(lines.next());
    if (head.path("hikaeAudit").asInt() != 1) {
      throw found(AuditExportFault.NOT_AN_EXPORT, 0);
    }
    boolean filtered = !head.path("filter").isEmpty();
    while (!lines.isLast()) {
      JsonNode line = read(lines.next());
      if (!lines.isLast()) {
        event(line, filtered);
      } else {
        end(head, line, filtered);
        return;
      }
    }
    throw found(AuditExportFault.CUT_OFF, last);
  }

  private void event(JsonNode line, boolean filtered) throws FaultFoundException {
    long seq = line.path("seq").asLong();
    String previous = line.path("previous").asText();
    boolean follows = seq == last + 1 && (seq == 1 || previous.equals(hash));
    boolean gap = seq > last && filtered;
    if (events > 0 ? !follows && !(gap && seq > last + 1) : seq < 1) {
      throw found(seq == last + 1 ? AuditExportFault.CHANGED : AuditExportFault.MISSING, last + 1);
    }
    if (events == 0 && !filtered && seq != 1) {
      throw found(AuditExportFault.MISSING, 1);
    }
    AuditRecord event = record(line, seq);
    if (!event.hash(seq, previous).equals(line.path("hash").asText())) {
      throw found(AuditExportFault.CHANGED, seq);
    }
    names(line, event, seq);
    first = events == 0 ? seq : first;
    gaps += events > 0 && !follows ? 1 : 0;
    events++;
    last = seq;
    hash = line.path("hash").asText();
  }

  private void names(JsonNode line, AuditRecord event, long seq) throws FaultFoundException {
    if (line.has("names")) {
      String there =
          AuditRecord.personalHash(line.path("salt").asText(), line.path("names").asText());
      if (!there.equals(event.personalHash())) {
        throw found(AuditExportFault.NAMES_CHANGED, seq);
      }
    } else if (event.personalHash() != null && !event.personalHash().equals(AuditRecord.NOBODY)) {
      namesErased++;
    }
  }

  private AuditRecord record(JsonNode line, long seq) throws FaultFoundException {
    try {
      return new AuditRecord(
          Instant.parse(line.path("at").asText()),
          line.path("actorIssuer").asText(),
          line.path("actorSubject").asText(),
          line.path("action").asText(),
          line.path("object").asText(),
          line.path("detail").asText(),
          line.has("employeeId") ? line.path("employeeId").asLong() : null,
          line.has("personalHash") ? line.path("personalHash").asText() : null);
    } catch (DateTimeException e) {
      throw found(AuditExportFault.CHANGED, seq);
    }
  }

  private void end(JsonNode head, JsonNode end, boolean filtered) throws FaultFoundException {
    if (!end.has("sha256")) {
      throw found(AuditExportFault.CUT_OFF, last);
    }
    long endSeq = head.path("endSeq").asLong();
    String endHash = head.path("endHash").asText();
    if (!filtered && last != endSeq) {
      throw found(last < endSeq ? AuditExportFault.MISSING : AuditExportFault.OTHER_END, last + 1);
    }
    if (last == endSeq && last > 0 && !hash.equals(endHash)) {
      throw found(AuditExportFault.OTHER_END, last);
    }
    Hash256 whole = lines.hash();
    if (end.path("events").asLong() != events || !whole.hex().equals(end.path("sha256").asText())) {
      throw found(AuditExportFault.NOT_AS_SIGNED, 0);
    }
    if (!end.path("receipt").asText().isEmpty()) {
      seal(head, end, endSeq, endHash, whole);
    }
  }

  private void seal(JsonNode head, JsonNode end, long endSeq, String endHash, Hash256 whole)
      throws FaultFoundException {
    try {
      AuditExportSeal seal =
          AuditExportSeal.parse(head.path("card").asText(), end.path("receipt").asText());
      AuditHead told = new AuditHead(endSeq, Hash256.parse(endHash), whole);
      if (!seal.isGenuine()) {
        throw found(AuditExportFault.BAD_SIGNATURE, 0);
      }
      boolean thisFile =
          seal.receipt().entry().event() == VaultEvent.AUDIT_EXPORT
              && seal.receipt().entry().detail().equals(told.detail());
      if (!thisFile) {
        throw found(AuditExportFault.NOT_AS_SIGNED, 0);
      }
      root = seal.card().rootFingerprint().hex();
      signedAtMillis = seal.receipt().entry().atMillis();
    } catch (MalformedException e) {
      throw found(AuditExportFault.BAD_SIGNATURE, 0);
    }
    if (expectedRoot != null && !expectedRoot.equals(root)) {
      throw found(AuditExportFault.OTHER_VAULT, 0);
    }
  }

  private JsonNode read(@Nullable String line) throws FaultFoundException {
    try {
      JsonNode json = line == null ? null : JSON.readTree(line);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Falls through: not an export's line.
    }
    throw found(AuditExportFault.NOT_AN_EXPORT, 0);
  }

  private FaultFoundException found(AuditExportFault fault, long seq) {
    return new FaultFoundException(new FoundFault(fault, lines.number(), seq));
  }
}
