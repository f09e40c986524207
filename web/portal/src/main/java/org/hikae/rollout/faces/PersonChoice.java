package org.hikae.rollout.faces;

import java.io.Serializable;
import org.hikae.rollout.view.AudiencePreview;

/**
 * Somebody who can be picked for the list of a wave.
 *
 * @param employeeId the portal's number for them
 * @param displayName name
 * @param username user name at Keycloak
 */
public record PersonChoice(long employeeId, String displayName, String username)
    implements Serializable {

  static PersonChoice of(AudiencePreview.Someone someone) {
    return new PersonChoice(someone.employeeId(), someone.displayName(), someone.username());
  }
}
