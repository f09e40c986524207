package org.hikae.vault.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.hikae.vault.service.VaultConnection;
import org.hikae.vault.service.VaultStatusCache;
import org.hikae.vault.service.VaultUnavailableException;
import org.hikae.vault.wire.VaultFrame;

/** Whether the vault can serve. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultHealthQueries {

  /** The roots that people are told about in words. */
  private static final Set<String> ROOTS = Set.of("software", "pkcs11");

  @Inject private VaultConnection link;
  @Inject private VaultStatusCache standing;

  /** What asking the vault found. */
  public enum State {
    /** It serves. */
    UP,
    /** It does not answer or cannot serve. */
    DOWN,
    /** There is none: only the 64-digit key can protect backups. */
    NONE
  }

  /** Where the vault keeps its root, by its own word; nothing while it has not said so. */
  public Optional<String> root() {
    return Optional.ofNullable(standing.root()).filter(ROOTS::contains);
  }

  /** The same as {@link #state}, as it was seconds ago, without asking. */
  public State lately() {
    if (!link.isConfigured()) {
      return State.NONE;
    }
    return standing.isAnswering() ? State.UP : State.DOWN;
  }

  /** Asks the vault. */
  public State state() {
    if (!link.isConfigured()) {
      return State.NONE;
    }
    try {
      byte[] answer = link.exchange(new VaultFrame(VaultFrame.Kind.HEALTH, new byte[0])).body();
      return answer.length == 1 && answer[0] == 1 ? State.UP : State.DOWN;
    } catch (VaultUnavailableException e) {
      return State.DOWN;
    }
  }
}
