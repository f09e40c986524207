package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.store.ResticObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.service.ResticAuthenticator;
import org.hikae.enrollment.view.ResticCaller;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds and lists what restic has in its repository; what it released is not there. */
@Stateless
@PermitAll
public class ResticQueries {

  /** Objects that one step of a list reads. */
  static final int PAGE = 1000;

  @Inject private ResticAuthenticator authenticator;
  @Inject private ResticObjectStore objects;

  /**
   * A stored object.
   *
   * @param employeeId whose it is
   * @param repositoryId where it lies
   * @param name its name
   * @param size its length
   */
  record FoundResticObject(long employeeId, long repositoryId, Hash256 name, long size) {}

  /**
   * An object in a list.
   *
   * @param place where the list goes on
   * @param name its name, hexadecimal
   * @param size its length in bytes
   */
  public record Entry(long place, String name, long size) {}

  /** Refuses who may not read. */
  public void admit(ResticRequest request) {
    authenticator.admit(request);
  }

  /** The next objects of a type behind that of this number; none when the list is at its end. */
  public List<Entry> list(ResticRequest request, ResticType type, long objectNumber) {
    ResticCaller caller = authenticator.admit(request);
    return objects.list(caller.repositoryId(), type, objectNumber, PAGE).stream()
        .map(one -> new Entry(one.id(), one.name().hex(), one.sizeBytes()))
        .toList();
  }

  /** Length of an object; a name of null is for the config. */
  public long size(ResticRequest request, ResticType type, @Nullable String name) {
    return find(request, type, name).size();
  }

  /** An object; a name of null is for the config. */
  public FoundResticObject find(ResticRequest request, ResticType type, @Nullable String name) {
    ResticCaller caller = authenticator.admit(request);
    Optional<ObjectRef> found =
        name == null
            ? objects.liveConfig(caller.repositoryId())
            : objects.live(caller.repositoryId(), type, BackupRequestFields.nameOf(name));
    return found
        .map(
            ref ->
                new FoundResticObject(
                    caller.employeeId(), ref.repositoryId(), ref.name(), ref.sizeBytes()))
        .orElseThrow(Refusal::notFound);
  }
}
