package org.hikae.device.cli.snapshots;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.device.AgentException;
import org.hikae.device.backup.pack.SnapshotSigning;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.manifest.SnapshotFormat;
import org.hikae.device.protection.OptInFlow;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SigningMarker;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.TextCodec;
import org.hikae.policy.wire.AgentVersionOrder;

/**
 * When this device begins to sign its snapshots (spec HK1-M-09). There is no way back, so it does
 * not begin by itself while a device of the same person has an agent that could not read them.
 */
public final class SigningStart {

  /** The first version of the agent that reads {@link SnapshotFormat#SIGNED}. */
  static final String READS_SIGNED = "1.1";

  private final CommandOutput output;
  private final SignedInAgent agent;
  private final String setId;

  /** Of this device in a set. */
  public SigningStart(CommandOutput output, SignedInAgent agent, String setId) {
    this.output = output;
    this.agent = agent;
    this.setId = setId;
  }

  /**
   * After an opt-in: nobody has read anything of the new set with an older agent. What goes wrong
   * here does not undo the opt-in; the first backup tries again, and says what hinders it.
   */
  public static void afterOptIn(
      CommandOutput output, SignedInAgent agent, OptInFlow.OptInOutcome outcome)
      throws AgentException {
    UnlockedSet mine = agent.stateFile().require().set();
    boolean fresh =
        outcome == OptInFlow.OptInOutcome.OPTED_IN
            || outcome == OptInFlow.OptInOutcome.PASSWORD_LATER;
    if (!fresh || mine == null) {
      return;
    }
    SigningStart start = new SigningStart(output, agent, mine.setId());
    try {
      if (start.older().isEmpty()) {
        start.begin("format.begun");
      }
    } catch (AgentException _) {
      // As said: the first backup tries again.
    }
  }

  /**
   * Before a snapshot is made: a device that has none in the set signs from its first one on. Where
   * an older agent would be left behind, its person is told this once and how to begin.
   */
  public void beforeBackup() throws AgentException {
    if (hasMadeOne() || state().least().signed()) {
      return;
    }
    beginOrTell("format.begun");
  }

  /** After everything that is stored was read and found right. */
  public void afterFullRead() throws AgentException {
    if (!state().least().signed()) {
      beginOrTell("format.moved");
    }
  }

  private void beginOrTell(String done) throws AgentException {
    List<DeviceView> older = older();
    if (older.isEmpty()) {
      begin(done);
    } else {
      output.note("format.not-moved", names(older));
    }
  }

  private void begin(String done) throws AgentException {
    mark();
    output.say(done);
    tell(true, true, List.of());
  }

  /** From now on this device signs; either of the two marks is enough. */
  void mark() throws AgentException {
    new SigningMarker(agent.home(), setId).make();
    agent
        .stateFile()
        .update(
            newest -> {
              UnlockedSet set = newest.set();
              return set == null || !set.setId().equals(setId)
                  ? newest
                  : newest.withSet(set.writing(SnapshotFormat.SIGNED.version()));
            });
  }

  /** For scripts. */
  void tell(boolean newest, boolean moved, List<DeviceView> older) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "version", newest ? SnapshotFormat.SIGNED.version() : SnapshotFormat.FIRST.version());
    fields.put("moved", moved);
    fields.put("olderAgents", older.stream().map(DeviceView::deviceId).toList());
    output.event("format", fields);
  }

  /** Devices that can still be used, and whose agent cannot read the newest form. */
  List<DeviceView> older() throws AgentException {
    String own = own();
    return agent.portal().devices().stream()
        .filter(view -> !view.deviceId().equals(own) && view.state() != DeviceState.REVOKED)
        .filter(view -> AgentVersionOrder.isOlder(view.agentVersion(), READS_SIGNED))
        .toList();
  }

  static String names(List<DeviceView> devices) {
    return String.join(
        ", ", devices.stream().map(view -> DisplayFormat.name(view.name())).toList());
  }

  /**
   * Who signs this device's series, and in which form it goes on: the one that this device was told
   * or has written, or that of any signed snapshot of the set that it has seen. Once it signs and
   * has made no snapshot yet, one of its series that is not signed cannot be its own.
   */
  public SnapshotSigning state() throws AgentException {
    AgentState state = agent.stateFile().require();
    Set<String> signers = agent.memory().signers(setId);
    UnlockedSet set = state.set();
    Integer told = set == null || !set.setId().equals(setId) ? null : set.formats();
    boolean newest =
        (told != null && told >= SnapshotFormat.SIGNED.version())
            || new SigningMarker(agent.home(), setId).isThere()
            || !signers.isEmpty();
    return new SnapshotSigning(
        agent.identity().signer(),
        newest ? SnapshotFormat.SIGNED : SnapshotFormat.FIRST,
        signers.contains(own()) || (newest && !hasMadeOne()));
  }

  /** Whether this device remembers a snapshot of its own in the set. */
  boolean hasMadeOne() throws AgentException {
    return agent.memory().head(setId, own()) != null;
  }

  private String own() {
    return TextCodec.hex(agent.identity().deviceId());
  }
}
