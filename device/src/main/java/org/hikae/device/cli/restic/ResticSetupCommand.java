package org.hikae.device.cli.restic;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restic.ResticLoginProvider;
import org.hikae.device.restic.SealedResticPasswords;
import org.hikae.device.state.ResticLogin;
import org.hikae.hk1.ResticWrap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae restic setup}. */
@Command(
    name = "setup",
    description =
        "Let this device back up with restic: it gets a repository of its own at the portal, what"
            + " restic signs in with, and a random password for restic, which is kept at the portal"
            + " under the key of your backup, so that your password or 64-digit key is all that you"
            + " need. Running it again changes nothing that works.")
public final class ResticSetupCommand extends AgentCommand {

  @Option(
      names = "--own-password",
      description =
          "Ask for the password that your repository has already, such as one that you bring in with"
              + " hikae restic import, and keep that instead of a random one.")
  private boolean ownPassword;

  @Option(
      names = "--own-password-fd",
      paramLabel = "N",
      description = "The same, read from this file descriptor.")
  private @Nullable Integer ownPasswordFd;

  @Option(
      names = "--replace-credential",
      description =
          "Sign restic in with another credential and end the one that this device has used so far,"
              + " when somebody else may know it.")
  private boolean replace;

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public ResticSetupCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        SecretBytes own = ownPassword(output)) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, unlock.person());
      try (BackupKey key = backupKeyAccess.settledKey()) {
        boolean fresh = signIn(agent);
        OwnResticRepository repository =
            ResticCommand.repositories(agent).ofThisDevice().orElseThrow(this::vanished);
        String password = keep(agent, key, repository, own);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("repository", repository.repository());
        fields.put(
            "address", ResticCommand.address(agent.stateFile().require(), repository.repository()));
        fields.put("credential", fresh ? "NEW" : "KEPT");
        fields.put("password", password);
        output.event("resticSetup", fields);
        output.say(
            "restic.setup.done",
            ResticCommand.address(agent.stateFile().require(), repository.repository()));
        output.say("restic.setup.password." + password);
        output.say("restic.setup.next");
        return RunResult.SUCCESS;
      }
    }
  }

  /** Makes sure that this device can sign in to its own repository; whether that is new. */
  private boolean signIn(SignedInAgent agent) throws AgentException {
    ResticLoginProvider logins = new ResticLoginProvider(agent.portal(), agent.stateFile());
    Optional<OwnResticRepository> there = ResticCommand.repositories(agent).ofThisDevice();
    ResticLogin kept = there.isPresent() ? logins.kept(there.get().repository()) : null;
    if (kept != null && !replace) {
      return false;
    }
    logins.fresh();
    if (kept != null) {
      agent.portal().revokeResticCredential(kept.username());
    }
    return true;
  }

  private AgentException vanished() {
    return new AgentException(RunResult.NETWORK, "network.not-the-portal", "");
  }

  /** Keeps a password, or makes sure that the one that is kept opens. */
  private String keep(
      SignedInAgent agent, BackupKey key, OwnResticRepository repository, @Nullable SecretBytes own)
      throws AgentException {
    SealedResticPasswords passwords = new SealedResticPasswords(agent.portal(), here().random());
    if (own != null) {
      passwords.keep(key, repository, own);
      return "OWN";
    }
    if (repository.passwords().isEmpty()) {
      try (SecretBytes drawn = passwords.draw()) {
        passwords.keep(key, repository, drawn);
      }
      return "NEW";
    }
    passwords.open(key, repository).close();
    return "KEPT";
  }

  private @Nullable SecretBytes ownPassword(CommandOutput output) throws AgentException {
    if (ownPasswordFd != null) {
      char[] typed = SecretInput.line(ownPasswordFd);
      return checked(typed, typed.clone());
    }
    if (!ownPassword) {
      return null;
    }
    Optional<PersonDialog> dialog = output.dialog();
    if (dialog.isPresent()) {
      char[] typed = dialog.get().secret(DialogStep.RESTIC_PASSWORD, Map.of());
      return checked(typed, typed.clone());
    }
    SecretInput input = new SecretInput(here().console());
    if (!input.terminal()) {
      throw new AgentException(RunResult.REFUSED, "restic.own.needs-fd");
    }
    Messages messages = Messages.in(AgentCommand.language(here(), null, false));
    return checked(
        input.hidden(messages.get("restic.own.ask")),
        input.hidden(messages.get("restic.own.again")));
  }

  /** Both are overwritten. */
  private static SecretBytes checked(char[] first, char[] second) throws AgentException {
    try {
      if (!Arrays.equals(first, second)) {
        throw new AgentException(RunResult.REFUSED, "restic.own.different");
      }
      CharBuffer typed = CharBuffer.wrap(first);
      byte[] bytes = bytes(typed);
      boolean plain =
          bytes.length > 0
              && bytes.length <= ResticWrap.MAX_PASSWORD_BYTES
              && typed.chars().noneMatch(Character::isISOControl)
              && !Character.isWhitespace(first[0])
              && !Character.isWhitespace(first[first.length - 1]);
      if (!plain) {
        throw new AgentException(
            RunResult.REFUSED, "restic.own.form", ResticWrap.MAX_PASSWORD_BYTES);
      }
      return SecretBytes.take(bytes);
    } finally {
      Arrays.fill(first, '\0');
      Arrays.fill(second, '\0');
    }
  }

  private static byte[] bytes(CharBuffer typed) {
    java.nio.ByteBuffer encoded = java.nio.ByteBuffer.wrap(new byte[4 * typed.remaining()]);
    StandardCharsets.UTF_8.newEncoder().encode(typed.duplicate(), encoded, true);
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }
}
