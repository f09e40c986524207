package org.hikae.device.cli.restic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restic.ResticRepositoryChoice;
import org.hikae.device.restic.SealedResticPasswords;

/**
 * The repository that is meant, and restic's password for it, which takes K. What is said and asked
 * on the way stands beside the result, not in it. Closing overwrites the password.
 */
final class UnlockedResticRepository implements AutoCloseable {

  private final CommandOutput notes;
  private final SignedInAgent agent;
  private final OwnResticRepository repository;
  private final char[] password;

  private UnlockedResticRepository(
      CommandOutput notes, SignedInAgent agent, OwnResticRepository repository, char[] password) {
    this.notes = notes;
    this.agent = agent;
    this.repository = repository;
    this.password = password;
  }

  /** Finds the repository, and unlocks this device where that is needed. */
  static UnlockedResticRepository open(
      AgentEnvironment here, CommandOutput output, ResticDeviceOption of, UnlockOptions unlock)
      throws AgentException {
    AgentEnvironment beside = here.besideTheResult();
    Optional<PersonDialog> dialog = output.dialog();
    CommandOutput notes =
        dialog.isPresent() ? output : new CommandOutput(beside, output.messages(), false, false);
    SignedInAgent agent = SignedInAgent.open(beside, output.messages().language());
    try {
      ResticRepositoryChoice repositories = ResticCommand.repositories(agent);
      OwnResticRepository repository =
          dialog.isPresent() && repositories.all().size() > 1
              ? asked(repositories, dialog.get())
              : repositories.choose(of.device());
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(beside, notes, agent, unlock.person());
      SealedResticPasswords passwords = new SealedResticPasswords(agent.portal(), beside.random());
      char[] password = password(backupKeyAccess, passwords, repository, notes);
      return new UnlockedResticRepository(notes, agent, repository, password);
    } catch (AgentException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private static OwnResticRepository asked(ResticRepositoryChoice repositories, PersonDialog dialog)
      throws AgentException {
    List<OwnResticRepository> all = repositories.all();
    List<String> names =
        all.stream()
            .map(
                one ->
                    DisplayFormat.name(repositories.deviceName(one))
                        + " ("
                        + DisplayFormat.time(one.createdAt(), ZoneId.systemDefault())
                        + ")")
            .toList();
    String number = dialog.answer(DialogStep.RESTIC_REPOSITORY, Map.of("repositories", names));
    for (int i = 0; i < all.size(); i++) {
      if (number.equals(Integer.toString(i + 1))) {
        return all.get(i);
      }
    }
    throw new AgentException(RunResult.REFUSED, "window.malformed");
  }

  private static char[] password(
      BackupKeyAccess backupKeyAccess,
      SealedResticPasswords passwords,
      OwnResticRepository repository,
      CommandOutput notes)
      throws AgentException {
    try (BackupKey key = backupKeyAccess.key();
        SealedResticPasswords.OpenedPassword opened = passwords.open(key, repository)) {
      if (opened.altered() > 0) {
        notes.note("restic.newer-altered", opened.altered());
      }
      byte[] bytes = opened.password().expose();
      CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
      char[] chars = new char[text.remaining()];
      text.get(chars);
      Arrays.fill(text.array(), '\0');
      Arrays.fill(bytes, (byte) 0);
      return chars;
    }
  }

  CommandOutput notes() {
    return notes;
  }

  SignedInAgent agent() {
    return agent;
  }

  OwnResticRepository repository() {
    return repository;
  }

  /** As text, which restic wants in the end. */
  String password() {
    return new String(password);
  }

  @Override
  public void close() {
    Arrays.fill(password, '\0');
    agent.close();
  }
}
