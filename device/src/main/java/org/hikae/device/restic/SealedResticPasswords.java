package org.hikae.device.restic;

import java.security.SecureRandom;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.backup.wire.ResticPasswordView;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.device.protection.GenerationChain;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.ResticPasswordSealer;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;

/**
 * Passwords of restic, which the portal keeps as sealed bytes (spec HK1-G-10). Only K opens them;
 * what does not open in its place is not believed.
 */
public final class SealedResticPasswords {

  private final DevicePortalClient portal;
  private final SecureRandom random;

  /** Keeps them at {@code portal}. */
  public SealedResticPasswords(DevicePortalClient portal, SecureRandom random) {
    this.portal = portal;
    this.random = random;
  }

  /**
   * A password, and how many newer ones the portal has that were altered or belong elsewhere.
   *
   * @param password the password; the caller closes it
   * @param altered newer ones that do not open
   */
  public record OpenedPassword(SecretBytes password, int altered) implements AutoCloseable {
    @Override
    public void close() {
      password.close();
    }

    @Override
    public String toString() {
      return "OpenedPassword(REDACTED)";
    }
  }

  /** A random password of 256 bits, as text that every terminal takes; the caller closes it. */
  public SecretBytes draw() {
    byte[] bytes = new byte[Hk1Constants.HASH_BYTES];
    random.nextBytes(bytes);
    return SecretBytes.take(
        TextCodec.base64(bytes).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** The newest password that opens. */
  public OpenedPassword open(BackupKey key, OwnResticRepository repository) throws AgentException {
    if (repository.passwords().isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "restic.no-password");
    }
    int altered = 0;
    for (ResticPasswordView kept : repository.passwords()) {
      try (BackupKey k = new GenerationChain(portal).down(key, kept.generation())) {
        return new OpenedPassword(opened(k, repository, kept), altered);
      } catch (DamagedDataException | MalformedException | IllegalArgumentException e) {
        altered++;
      }
    }
    throw new AgentException(RunResult.CORRUPT, "restic.password-altered");
  }

  private static SecretBytes opened(
      BackupKey key, OwnResticRepository repository, ResticPasswordView kept)
      throws DamagedDataException, MalformedException {
    byte[] wrap = TextCodec.parseBase64("blob", kept.blob(), ResticWrap.BYTES);
    try (SecretBytes restic = key.subkey(Subkey.RESTIC)) {
      return ResticPasswordSealer.open(restic, place(key, repository), wrap);
    }
  }

  /**
   * Keeps a password as the newest of a repository, and makes sure that the portal serves it.
   * Others that were kept before stay.
   */
  public void keep(BackupKey key, OwnResticRepository repository, SecretBytes password)
      throws AgentException {
    int number = 1 + repository.passwords().size();
    if (number > ResticWrap.MAX_KEPT) {
      throw new AgentException(RunResult.REFUSED, "restic.too-many", ResticWrap.MAX_KEPT);
    }
    byte[] wrap;
    try (SecretBytes restic = key.subkey(Subkey.RESTIC)) {
      wrap = ResticPasswordSealer.seal(restic, place(key, repository), password, random);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.NETWORK, e, "network.not-the-portal", "");
    }
    portal.keepResticPassword(
        repository.repository(),
        new PutResticPassword(
            TextCodec.hex(key.setId()), key.generation(), number, TextCodec.base64(wrap)));
    prove(key, repository.repository(), password);
  }

  private void prove(BackupKey key, String repository, SecretBytes password) throws AgentException {
    for (OwnResticRepository served : portal.resticRepositories()) {
      if (served.repository().equals(repository)) {
        try (OpenedPassword opened = open(key, served)) {
          if (opened.altered() == 0 && opened.password().equals(password)) {
            return;
          }
        }
      }
    }
    throw new AgentException(RunResult.CORRUPT, "restic.not-kept");
  }

  private static ResticPasswordSealer.PasswordPlace place(
      BackupKey key, OwnResticRepository repository) throws MalformedException {
    return ResticPasswordSealer.PasswordPlace.of(
        key, TextCodec.parseId("repository", repository.repository()));
  }
}
