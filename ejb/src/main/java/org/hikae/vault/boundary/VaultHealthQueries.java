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
import org.hikae.vault.view.VaultStatus;
import org.hikae.vault.wire.VaultFrame;

/** Whether the vault can serve. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultHealthQueries {

  /** The roots that people are told about in words. */
  private static final Set<String> ROOTS = Set.of("software", "pkcs11");

  @Inject private VaultConnection connection;
  @Inject private VaultStatusCache statusCache;

  /** Where the vault keeps its root, by its own word; nothing while it has not said so. */
  public Optional<String> root() {
    return Optional.ofNullable(statusCache.root()).filter(ROOTS::contains);
  }

  /** The same as {@link #state}, as it was seconds ago, without asking. */
  public VaultStatus lately() {
    if (!connection.isConfigured()) {
      return VaultStatus.NONE;
    }
    return statusCache.isAnswering() ? VaultStatus.UP : VaultStatus.DOWN;
  }

  /** Asks the vault. */
  public VaultStatus state() {
    if (!connection.isConfigured()) {
      return VaultStatus.NONE;
    }
    try {
      byte[] answer =
          connection.exchange(new VaultFrame(VaultFrame.Kind.HEALTH, new byte[0])).body();
      return answer.length == 1 && answer[0] == 1 ? VaultStatus.UP : VaultStatus.DOWN;
    } catch (VaultUnavailableException e) {
      return VaultStatus.DOWN;
    }
  }
}
