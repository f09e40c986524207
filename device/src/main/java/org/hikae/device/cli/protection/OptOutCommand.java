package org.hikae.device.cli.protection;

import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.portal.EnrollmentClient;
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
      output.event("optout", Map.of("page", page));
      output.say("optout.means");
      output.say("optout.page", page);
      return RunResult.SUCCESS;
    }
  }
}
