package org.hikae.runtime.control;

import java.nio.file.Path;

/**
 * A vault on another host.
 *
 * @param host name or address
 * @param port its port
 * @param keyStore PKCS#12 with the portal's key and certificate for the vault
 * @param keyStorePassword of it
 * @param certificates the vault's certificate (PEM)
 */
public record VaultAddress(
    String host, int port, Path keyStore, String keyStorePassword, Path certificates) {

  @Override
  public String toString() {
    return "VaultAddress(" + host + ":" + port + ")";
  }
}
