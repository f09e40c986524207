package org.hikae.rollout.view;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in an audience now. Only employees whose accounts are enabled count.
 *
 * @param people how many
 * @param invited those of them whom the campaign has invited already
 * @param groups the largest 500 groups with how many of each are in it
 * @param page some of them, in the order of their names
 * @param next value of {@code after} for the next page; absent on the last
 */
public record AudiencePreview(
    long people, long invited, List<Group> groups, List<Someone> page, @Nullable Long next)
    implements Serializable {

  /**
   * A group.
   *
   * @param path its path
   * @param people those of it who are in the audience
   */
  public record Group(String path, long people) implements Serializable {}

  /**
   * An employee.
   *
   * @param employeeId the portal's number for them
   * @param displayName name
   * @param username user name at Keycloak
   */
  public record Someone(long employeeId, String displayName, String username)
      implements Serializable {}
}
