package org.hikae.identity.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.enrollment.wire.About;
import org.hikae.identity.wire.RealmNames;
import org.hikae.runtime.control.PortalVersion;
import org.hikae.runtime.service.Settings;

/** Tells anyone where to sign in, before they have. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AboutQueries {

  private static final int API_VERSION = 1;

  @Inject private Settings settings;

  /** Where to sign in and with which client. */
  public About about() {
    return new About(
        "hikae",
        PortalVersion.text(),
        API_VERSION,
        settings.realmUrl().toString(),
        RealmNames.AGENT_CLIENT,
        settings.portalUrl());
  }
}
