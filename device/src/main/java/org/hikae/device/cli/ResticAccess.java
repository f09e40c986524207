package org.hikae.device.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.restic.ResticPasswords;
import org.jspecify.annotations.Nullable;

/** Finds the repository that is meant and restic's password for it, which takes K. */
final class ResticAccess {

  private final Surroundings here;
  private final Output output;
  private final Agent agent;

  ResticAccess(Surroundings here, Output output, Agent agent) {
    this.here = here;
    this.output = output;
    this.agent = agent;
  }

  OwnResticRepository repository(@Nullable String device) throws AgentException {
    return ResticCommand.repositories(agent).choose(device);
  }

  /** Restic's password as text, which restic wants in the end; the caller overwrites it. */
  char[] password(OwnResticRepository repository, PersonOptions person) throws AgentException {
    Keyring keyring = new Keyring(here, output, agent, person);
    ResticPasswords passwords = new ResticPasswords(agent.portal(), here.random());
    try (BackupKey key = keyring.key();
        ResticPasswords.Opened opened = passwords.open(key, repository)) {
      if (opened.altered() > 0) {
        output.note("restic.newer-altered", opened.altered());
      }
      byte[] bytes = opened.password().expose();
      java.nio.CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(bytes));
      char[] chars = new char[text.remaining()];
      text.get(chars);
      Arrays.fill(text.array(), '\0');
      Arrays.fill(bytes, (byte) 0);
      return chars;
    }
  }
}
