package org.hikae.device.cli.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.ReceiptStore;
import org.hikae.device.state.RememberedVault;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.state.VaultSilenceStore;
import org.hikae.device.state.VaultSilenceStore.QuestionKind;
import org.hikae.device.vaultclient.OwnerOrders;
import org.hikae.device.vaultclient.VaultChannel;
import org.hikae.device.vaultclient.VaultRefusedException;
import org.hikae.device.vaultclient.VaultStatusQuery;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.ReceiptHistory;
import org.hikae.vault.wire.ReceiptHistory.InterpretedReceipt;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultRefusal;

/**
 * Asks the vault what happened and tells the person what they did not do at this device (spec
 * HK1-V-12), so that notice does not depend on the portal. Receipts are kept on the way.
 */
public final class VaultActivityCheck {

  /** How far back a device looks that asks for the first time. */
  private static final Duration FIRST_LOOK = Duration.ofDays(7);

  /** What contradicts what this device knows of the vault, by the sentence that says so. */
  private static final Map<String, String> ALARMS =
      Map.of(
          "vault.set-back", "VAULT_SET_BACK",
          "vault.other-vault", "OTHER_VAULT",
          "vault.other-card", "OTHER_CARD");

  /** What the vault answers about a witness itself (spec HK1-V-32). */
  private static final Set<VaultRefusal> WITNESS_REFUSALS =
      EnumSet.of(VaultRefusal.WRONG_STATE, VaultRefusal.OWNER_REFUSED, VaultRefusal.LIMIT);

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SignedInAgent agent;
  private final VaultSilenceStore silence;

  public VaultActivityCheck(AgentEnvironment here, CommandOutput output, SignedInAgent agent) {
    this.here = here;
    this.output = output;
    this.agent = agent;
    this.silence = new VaultSilenceStore(agent.home());
  }

  /** Asks, keeps and warns. */
  public StatusDone look(VaultChannel channel, byte[] setId) throws AgentException {
    StatusDone status = VaultStatusQuery.report(channel, setId, here.random());
    silence.answered(QuestionKind.NEWS);
    ReceiptStore.KeptReceipts kept = channel.receipts().read();
    requireWhole(kept);
    RememberedVault memory = agent.stateFile().require().vault();
    long told = memory == null ? 0 : memory.toldUpTo();
    // Not by this computer's clock, which may be wrong on a new one.
    long since = told == 0 ? channel.realmTime().minus(FIRST_LOOK).toEpochMilli() : 0;
    String own = TextCodec.hex(agent.identity().deviceId());
    List<InterpretedReceipt> news =
        ReceiptHistory.of(kept.receipts()).stream()
            .filter(h -> h.seq() > told && h.isNewsTo(own))
            .filter(h -> h.receipt().entry().atMillis() >= since)
            .toList();
    if (!news.isEmpty()) {
      tell(news);
    }
    remember(kept.wholeUpTo(), told);
    announced(status);
    return status;
  }

  /** The set that this device has K of, to ask about; zero bytes when it has none. */
  static byte[] ownSet(SignedInAgent agent) throws AgentException {
    UnlockedSet set = agent.stateFile().require().set();
    try {
      return set == null
          ? new byte[Hk1Constants.ID_BYTES]
          : TextCodec.parseId("setId", set.setId());
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private void tell(List<InterpretedReceipt> news) {
    VaultActivityText words = VaultActivityText.of(output, agent);
    output.note("watch.news");
    for (InterpretedReceipt interpretedReceipt : news) {
      output.event("vaultWarning", words.fields(interpretedReceipt));
      output.note("watch.line", words.sentence(interpretedReceipt));
    }
    output.note("watch.what-to-do");
  }

  private void remember(long upTo, long told) throws AgentException {
    if (upTo > told) {
      agent
          .stateFile()
          .update(
              newest -> {
                RememberedVault memory = newest.vault();
                return memory == null ? newest : newest.withVault(memory.told(upTo));
              });
    }
  }

  private static void requireWhole(ReceiptStore.KeptReceipts kept) throws AgentException {
    boolean whole =
        kept.receipts().isEmpty() || kept.wholeUpTo() == kept.receipts().getLast().entry().seq();
    if (!whole) {
      throw new AgentException(RunResult.REFUSED, "receipts.missing", kept.wholeUpTo());
    }
  }

  /** What will happen is told each time, until it has happened or was called off. */
  private void announced(StatusDone status) throws AgentException {
    if (status.announced().what() == StatusDone.Announcement.NONE) {
      return;
    }
    Instant due = Instant.ofEpochSecond(status.announced().dueSeconds());
    output.event(
        "vaultAnnounced", Map.of("what", status.announced().what().name(), "due", due.toString()));
    output.note("watch.announced." + status.announced().what(), due);
    UnlockedSet mine = agent.stateFile().require().set();
    if (mine == null || !mine.setId().equals(TextCodec.hex(status.record().setId()))) {
      output.note("watch.veto-takes-password");
    }
  }

  /**
   * After a backup: witness the newest snapshot, then look. Whatever is wrong here is said and does
   * not fail the backup, which is complete; what could not be witnessed is with the next one.
   */
  public void afterBackup() {
    QuestionKind asked = QuestionKind.WITNESS;
    try {
      AgentState state = agent.stateFile().require();
      UnlockedSet set = state.set();
      if (set == null || !agent.vaultConnector().pinned()) {
        return;
      }
      SeenSeriesHead head =
          agent.memory().head(set.setId(), TextCodec.hex(agent.identity().deviceId()));
      VaultChannel channel = agent.vaultConnector().open();
      try (BackupKey key = KeyUnlock.ownerKey(set)) {
        if (head != null) {
          new OwnerOrders(channel, key, here.random()).witness(head);
          silence.answered(QuestionKind.WITNESS);
          output.event("witness", Map.of("sequence", head.sequence()));
        }
        asked = QuestionKind.NEWS;
        look(channel, key.setId());
      }
    } catch (AgentException e) {
      trouble(e, asked);
    }
  }

  /** Tells a script when what came in place of an answer is an alarm (spec HK1-D-11). */
  public void alarm(AgentException e) {
    String fault = ALARMS.get(e.key());
    if (fault != null) {
      output.event("alarm", Map.of("fault", fault));
    }
  }

  /** Says in one line why the vault could not be asked; an alarm is more than a line. */
  public void trouble(AgentException e) {
    trouble(e, QuestionKind.NEWS);
  }

  private void trouble(AgentException e, QuestionKind asked) {
    if (asked == QuestionKind.WITNESS
        && e instanceof VaultRefusedException no
        && no.is(VaultRefusal.LIMIT)) {
      output.note("watch.no-room");
    }
    String sentence = output.messages().get(e.key(), e.arguments());
    output.event("vaultTrouble", Map.of("code", e.key(), "message", sentence));
    alarm(e);
    output.note(e.result() == RunResult.NETWORK ? "watch.unavailable" : "watch.trouble", sentence);
    unanswered(e, asked);
  }

  /**
   * Counts that the vault was asked for news in vain; when that has gone on for {@link
   * VaultSilenceStore#ALARM_AFTER} it is an alarm, once a day on the desktop too.
   */
  public void unanswered(AgentException e) {
    unanswered(e, QuestionKind.NEWS);
  }

  private void unanswered(AgentException e, QuestionKind asked) {
    if (e.result() == RunResult.LOCAL || (asked == QuestionKind.WITNESS && isWord(e))) {
      return;
    }
    Instant now = here.clock().instant();
    silence.unanswered(asked, now);
    OptionalLong since = silence.alarming(now);
    if (since.isEmpty()) {
      return;
    }
    long days = (now.getEpochSecond() - since.getAsLong()) / Duration.ofDays(1).toSeconds();
    boolean shown =
        silence.tellsNow(now)
            && DesktopNotification.show(
                here,
                output.messages().get("watch.silent-title"),
                output.messages().get("watch.silent-text", days));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", "VAULT_SILENT");
    fields.put("since", Instant.ofEpochSecond(since.getAsLong()).toString());
    fields.put("days", days);
    fields.put("shown", shown);
    output.event("alarm", fields);
    output.note("watch.silent", days);
  }

  /**
   * Whether the vault has looked at a witness and said no. Other refusals count as silence, sealed
   * ones, too: who holds a request back has the vault refuse it for its age or its token.
   */
  private static boolean isWord(AgentException e) {
    return e instanceof VaultRefusedException refused
        && WITNESS_REFUSALS.stream().anyMatch(refused::is);
  }
}
