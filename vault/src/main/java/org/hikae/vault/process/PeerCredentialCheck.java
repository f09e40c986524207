package org.hikae.vault.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.hikae.crypto.AllowForbidden;

/**
 * Lets in only the configured user and the vault's own, by what the kernel says about the peer of
 * the socket (SO_PEERCRED). File modes of the socket are a second fence, not this one.
 */
final class PeerCredentialCheck {

  private final Set<UserPrincipal> allowed;

  private PeerCredentialCheck(Set<UserPrincipal> allowed) {
    this.allowed = allowed;
  }

  /**
   * Allows {@code uid}, if there is one, and the owner of {@code ownFile}, a file this process
   * made.
   *
   * @throws IOException when the system knows no users
   */
  static PeerCredentialCheck of(OptionalInt uid, Path ownFile) throws IOException {
    Set<UserPrincipal> allowed = new HashSet<>();
    allowed.add(Files.getOwner(ownFile));
    if (uid.isPresent()) {
      UserPrincipalLookupService users = ownFile.getFileSystem().getUserPrincipalLookupService();
      allowed.add(users.lookupPrincipalByName(Integer.toString(uid.getAsInt())));
    }
    return new PeerCredentialCheck(Set.copyOf(allowed));
  }

  @AllowForbidden("SO_PEERCRED is exported by the module jdk.net and has no portable equal.")
  boolean allows(SocketChannel peer) throws IOException {
    return allows(peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
  }

  boolean allows(UserPrincipal user) {
    return allowed.contains(user);
  }
}
