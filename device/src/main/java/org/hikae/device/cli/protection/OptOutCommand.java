package org.hikae.device.cli.protection;

import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.portal.EnrollmentClient;
import org.hikae.enrollment.wire.OptInState;
import picocli.CommandLine.Command;

/** Says where to withdraw from the backup. */
@Command(
    name = "optout",
    description =
        "Print the page on which you withdraw from the backup; that takes a fresh sign-in with a"
            + " browser, so that no program can do it for you.")
public final class OptOutCommand extends AgentCommand {

  private static final String CONSENT_PAGE = "my/consent";

  public OptOutCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      String portal =
          SafeAddress.checked(EnrollmentClient.about(agent.http()).portalUrl()).toString();
      String page = portal + (portal.endsWith("/") ? "" : "/") + CONSENT_PAGE;
      Optional<PersonDialog> dialog = output.dialog();
      if (dialog.isPresent()) {
        return asked(output, agent, dialog.get(), page);
      }
      output.event("optout", Map.of("page", page));
      output.say("optout.means");
      output.say("optout.page", page);
      return RunResult.SUCCESS;
    }
  }

  /** The portal says whether the person has done it there. */
  private static RunResult asked(
      CommandOutput output, SignedInAgent agent, PersonDialog dialog, String page)
      throws AgentException {
    if (agent.portal().context().state() == OptInState.NOT_OPTED_IN) {
      throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
    }
    String _ = dialog.answer(DialogStep.OPT_OUT, Map.of("page", page));
    if (agent.portal().context().state() != OptInState.WITHDRAWN) {
      throw new AgentException(RunResult.CANCELLED, "optout.not-yet");
    }
    output.say("optout.done");
    return RunResult.SUCCESS;
  }
}
