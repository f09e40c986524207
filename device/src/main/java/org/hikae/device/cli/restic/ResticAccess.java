package org.hikae.device.cli.restic;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.Agent;
import org.hikae.device.cli.access.Keyring;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Surroundings;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restic.ResticPasswords;

/**
 * The repository that is meant, and restic's password for it, which takes K. What is said and asked
 * on the way stands beside the result, not in it. Closing overwrites the password.
 */
final class ResticAccess implements AutoCloseable {

  private final Output notes;
  private final Agent agent;
  private final OwnResticRepository repository;
  private final char[] password;

  private ResticAccess(Output notes, Agent agent, OwnResticRepository repository, char[] password) {
    this.notes = notes;
    this.agent = agent;
    this.repository = repository;
    this.password = password;
  }

  /** Finds the repository, and unlocks this device where that is needed. */
  static ResticAccess open(
      Surroundings here, Output output, ResticDeviceOption of, UnlockOptions unlock)
      throws AgentException {
    Surroundings beside = here.besideTheResult();
    Output notes = new Output(beside, output.messages(), false, false);
    Agent agent = Agent.open(beside, output.messages().language());
    try {
      OwnResticRepository repository = ResticCommand.repositories(agent).choose(of.device());
      Keyring keyring = new Keyring(beside, notes, agent, unlock.person());
      ResticPasswords passwords = new ResticPasswords(agent.portal(), beside.random());
      char[] password = password(keyring, passwords, repository, notes);
      return new ResticAccess(notes, agent, repository, password);
    } catch (AgentException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private static char[] password(
      Keyring keyring, ResticPasswords passwords, OwnResticRepository repository, Output notes)
      throws AgentException {
    try (BackupKey key = keyring.key();
        ResticPasswords.Opened opened = passwords.open(key, repository)) {
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

  Output notes() {
    return notes;
  }

  Agent agent() {
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
