package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Tells devices which objects they need not send. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class MissingObjectQueries {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentSet sets;
  @Inject private StoredObjectStore objects;
  @Inject private RottenObjectStore rottenObjects;

  /**
   * Which of the asked objects the active set's repository does not have, or not for long, or not
   * whole.
   */
  public MissingAnswer of(@Nullable String session, MissingQuery query) {
    DeviceCaller device = authenticator.admit(session);
    CurrentSet.Active set = sets.requireActive(device.employeeId());
    Set<Hash256> names = namesOf(query);
    Set<Hash256> whole =
        objects
            .repositoryOf(set.setId())
            .map(repository -> whole(repository.id(), names))
            .orElse(Set.of());
    List<String> missing =
        names.stream().filter(name -> !whole.contains(name)).map(Hash256::hex).toList();
    return new MissingAnswer(missing);
  }

  /** Those that stay and are not known to have rotted: a device sends the others again. */
  private Set<Hash256> whole(long repositoryId, Set<Hash256> names) {
    Set<Hash256> present = objects.present(repositoryId, names);
    Set<Long> rotten = rottenObjects.openIn(repositoryId);
    if (rotten.isEmpty()) {
      return present;
    }
    Map<Hash256, ObjectRef> found = objects.find(repositoryId, present);
    found.values().removeIf(object -> rotten.contains(object.id()));
    return found.keySet();
  }

  private static Set<Hash256> namesOf(MissingQuery query) {
    try {
      BackupRequestFields.require("names", query.names());
      if (query.names().size() > MissingQuery.MAX_NAMES) {
        throw new MalformedException(
            "names may have at most " + MissingQuery.MAX_NAMES + " entries.");
      }
      return BackupRequestFields.names("names", query.names());
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }
}
