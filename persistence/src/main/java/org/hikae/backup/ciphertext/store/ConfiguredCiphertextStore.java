package org.hikae.backup.ciphertext.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;

/** Chooses the store that the portal uses: the database's, on the application's own login. */
@ApplicationScoped
public class ConfiguredCiphertextStore {

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource dataSource;

  /** The one store of this server. */
  @Produces
  @ApplicationScoped
  CiphertextStore store() {
    return new DatabaseCiphertextStore(dataSource);
  }
}
