package org.hikae.caller.view;

import java.util.List;
import org.hikae.openapi.wire.SchemaName;

/**
 * All of them.
 *
 * @param serviceAccounts by name, at most {@link #MAX MAX}
 * @param complete false when Keycloak could not tell all that were never used, or there are more
 */
@SchemaName("ServiceAccountsListing")
public record ServiceAccountList(List<ServiceAccountView> serviceAccounts, boolean complete) {

  /** Most programs that are listed. */
  public static final int MAX = 200;
}
