package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.hikae.identity.wire.RealmNames;
import org.hikae.runtime.service.KeycloakAdminClient;
import org.hikae.runtime.service.Settings;

/** Ends offline sessions at Keycloak as the service account {@link RealmNames#SESSIONS_CLIENT}. */
@ApplicationScoped
public class KeycloakSessions {

  @Inject private Settings settings;

  /**
   * Ends a session, with all refresh tokens of it. One that Keycloak does not know is as good as
   * ended.
   *
   * @throws IOException when Keycloak does not answer or refuses
   */
  public void end(String session) throws IOException {
    KeycloakAdminClient client =
        new KeycloakAdminClient(
            settings.realmUrl(), RealmNames.SESSIONS_CLIENT, settings.sessionsSecret());
    String path = "/sessions/" + URLEncoder.encode(session, StandardCharsets.UTF_8);
    int status = client.delete(client.token(), path + "?isOffline=true");
    if (status != 204 && status != 200 && status != 404) {
      throw new IOException("Keycloak answered " + status + " when a session was to be ended");
    }
  }
}
