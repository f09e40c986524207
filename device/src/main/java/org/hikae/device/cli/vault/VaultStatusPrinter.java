package org.hikae.device.cli.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;

/** Shows what the vault says about the record, in words and as fields of {@code status}. */
public final class VaultStatusPrinter {

  /** From how many failures left in a lifetime on it is worth a line. */
  private static final int FEW_FAILURES = 20;

  /** From how many tries left of one record on it is worth a line. */
  private static final int FEW_TRIES = 40;

  private final CommandOutput output;
  private final Map<String, Object> fields;

  public VaultStatusPrinter(CommandOutput output, Map<String, Object> fields) {
    this.output = output;
    this.fields = fields;
  }

  /**
   * Shows it.
   *
   * @param kept the receipts that this device keeps
   */
  public void show(StatusDone status, String setId, String rootName, List<Receipt> kept) {
    StatusDone.Attempts attempts = status.attempts();
    RecordState state = status.record().state();
    fields.put("vaultRecord", state.name());
    fields.put("attemptsLeft", attempts.left());
    fields.put("waitSeconds", attempts.waitSeconds());
    fields.put("lifetimeLeft", attempts.lifetimeLeft());
    fields.put("evaluationsLeft", attempts.evaluationsLeft());
    fields.put("frozen", status.record().frozen());
    fields.put("announced", status.announced().what().name());
    if (status.announced().what() != StatusDone.Announcement.NONE) {
      fields.put("announcedDue", Instant.ofEpochSecond(status.announced().dueSeconds()).toString());
    }
    fields.put("vaultRootKept", rootName);
    output.say("status.vault." + state, attempts.left());
    if (state == RecordState.ACTIVE) {
      active(status, setId, kept);
    }
    output.say(
        switch (rootName) {
          case "software" -> "status.root.software";
          case "pkcs11" -> "status.root.pkcs-token";
          default -> "status.root.unknown";
        });
  }

  private void active(StatusDone status, String setId, List<Receipt> kept) {
    StatusDone.Attempts attempts = status.attempts();
    if (!TextCodec.hex(status.record().setId()).equals(setId)) {
      output.note("vault.record-of-another-set");
    }
    if (status.record().frozen()) {
      frozen(kept);
    } else if (attempts.waitSeconds() > 0) {
      output.say("status.wait", Duration.ofSeconds(attempts.waitSeconds()));
    }
    if (attempts.lifetimeLeft() <= FEW_FAILURES) {
      output.say("status.lifetime-low", attempts.lifetimeLeft());
    }
    if (attempts.evaluationsLeft() <= FEW_TRIES) {
      output.say("status.evaluations-low", attempts.evaluationsLeft());
    }
  }

  /** A vault of before freezes had an end names none. */
  private void frozen(List<Receipt> kept) {
    long until =
        kept.stream()
            .map(Receipt::entry)
            .filter(entry -> entry.event() == VaultEvent.FROZEN)
            .mapToLong(LedgerEntry::dueSeconds)
            .reduce(0, (before, last) -> last);
    if (until == 0) {
      output.say("status.frozen");
      return;
    }
    fields.put("frozenUntil", Instant.ofEpochSecond(until).toString());
    output.say("status.frozen-until", Instant.ofEpochSecond(until));
  }
}
