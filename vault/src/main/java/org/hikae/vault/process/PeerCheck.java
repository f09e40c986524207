package org.hikae.vault.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.hikae.crypto.AllowForbidden;

/**
 * Lets in only the configured user and the vault's own, by what the kernel says about the peer of
 * the socket (SO_PEERCRED). File modes of the socket are a second fence, not this one.
 */
final class PeerCheck {

  private final Set<UserPrincipal> allowed;

  private PeerCheck(Set<UserPrincipal> allowed) {
    this.allowed = allowed;
  }

  /**
   * Allows {@code uid} and the owner of {@code ownFile}, a file this process made.
   *
   * @throws IOException when the system knows no users
   */
  static PeerCheck of(int uid, Path ownFile) throws IOException {
    UserPrincipalLookupService users = ownFile.getFileSystem().getUserPrincipalLookupService();
    UserPrincipal configured = users.lookupPrincipalByName(Integer.toString(uid));
    UserPrincipal own = Files.getOwner(ownFile);
    return new PeerCheck(configured.equals(own) ? Set.of(own) : Set.of(configured, own));
  }

  @AllowForbidden("SO_PEERCRED is exported by the module jdk.net and has no portable equal.")
  boolean allows(SocketChannel peer) throws IOException {
    return allows(peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
  }

  boolean allows(UserPrincipal user) {
    return allowed.contains(user);
  }
}
