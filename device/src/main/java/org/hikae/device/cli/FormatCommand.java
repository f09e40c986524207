package org.hikae.device.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.backup.Signing;
import org.hikae.device.manifest.Formats;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.SigningMark;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.hk1.Ids;
import org.hikae.policy.wire.AgentVersions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae format}. */
@Command(
    name = "format",
    description =
        "Show in which form this device writes its snapshots, or move to the newest one: from then"
            + " on the device signs them. Earlier snapshots stay readable, and nothing is sent"
            + " anew.")
final class FormatCommand extends AgentCommand {

  /** The first version of the agent that reads {@link Formats#SIGNED}. */
  static final String READS_SIGNED = "1.1";

  private static final String REVOKED = "REVOKED";

  @Option(
      names = "--move",
      description = "Write the newest form from the next backup on. There is no way back.")
  private boolean move;

  @Option(
      names = "--despite-older-agents",
      description =
          "Move although devices of yours have an older agent, which cannot read what is written"
              + " from then on.")
  private boolean despiteOlder;

  FormatCommand(Surroundings here) {
    super(here);
  }

  @Override
  RunResult run(Output output) throws AgentException {
    try (Agent agent = Agent.open(here(), output.messages().language())) {
      UnlockedSet mine = agent.stateFile().require().set();
      if (mine == null) {
        throw new AgentException(RunResult.REFUSED, "status.locked");
      }
      boolean before = signing(agent, mine.setId()).least().signed();
      List<DeviceView> older = older(agent);
      if (move && !before) {
        move(output, agent, mine.setId(), older);
      } else {
        output.say(before ? "format.newest" : "format.first");
      }
      tell(output, before || move, move && !before, older);
      return RunResult.SUCCESS;
    }
  }

  private void move(Output output, Agent agent, String setId, List<DeviceView> older)
      throws AgentException {
    if (!older.isEmpty() && !despiteOlder) {
      throw new AgentException(RunResult.REFUSED, "format.older-agents", names(older));
    }
    mark(agent, setId);
    output.say("format.moved");
  }

  private static void tell(Output output, boolean newest, boolean moved, List<DeviceView> older) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", newest ? Formats.SIGNED.version() : Formats.FIRST.version());
    fields.put("moved", moved);
    fields.put("olderAgents", older.stream().map(DeviceView::deviceId).toList());
    output.event("format", fields);
  }

  /**
   * After everything that is stored was read and found right: the set moves by itself, unless a
   * device would be left behind that cannot read the newer form.
   */
  static void afterFullRead(Output output, Agent agent) throws AgentException {
    UnlockedSet mine = agent.stateFile().require().set();
    if (mine == null || signing(agent, mine.setId()).least().signed()) {
      return;
    }
    List<DeviceView> older = older(agent);
    if (older.isEmpty()) {
      mark(agent, mine.setId());
      output.say("format.moved");
      tell(output, true, true, older);
    } else {
      output.note("format.not-moved", names(older));
    }
  }

  private static void mark(Agent agent, String setId) throws AgentException {
    new SigningMark(agent.home(), setId).make();
    agent
        .stateFile()
        .update(
            newest -> {
              UnlockedSet set = newest.set();
              return set == null ? newest : newest.withSet(set.writing(Formats.SIGNED.version()));
            });
  }

  /** Devices that can still be used, and whose agent cannot read the newest form. */
  private static List<DeviceView> older(Agent agent) throws AgentException {
    String own = Ids.hex(agent.identity().deviceId());
    return agent.portal().devices().stream()
        .filter(view -> !view.deviceId().equals(own) && !view.state().equals(REVOKED))
        .filter(view -> AgentVersions.isOlder(view.agentVersion(), READS_SIGNED))
        .toList();
  }

  private static String names(List<DeviceView> devices) {
    return String.join(", ", devices.stream().map(view -> Sizes.plain(view.name())).toList());
  }

  /**
   * Who signs this device's series, and in which form it goes on: the one that this device was told
   * or has written, or that of any signed snapshot of the set that it has seen.
   */
  static Signing signing(Agent agent, String setId) throws AgentException {
    AgentState state = agent.stateFile().require();
    Set<String> signers = agent.memory().signers(setId);
    UnlockedSet set = state.set();
    Integer told = set == null || !set.setId().equals(setId) ? null : set.formats();
    boolean newest =
        (told != null && told >= Formats.SIGNED.version())
            || new SigningMark(agent.home(), setId).isThere()
            || !signers.isEmpty();
    return new Signing(
        agent.identity().signer(),
        newest ? Formats.SIGNED : Formats.FIRST,
        signers.contains(Ids.hex(agent.identity().deviceId())));
  }
}
