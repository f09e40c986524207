package org.hikae.policy.view;

import java.io.Serializable;
import java.util.Map;

/**
 * Two edits of one policy, for who came second.
 *
 * @param current what stands
 * @param yours the values of the refused request
 */
public record PolicyEditConflict(CurrentVersion current, Map<String, Object> yours)
    implements Serializable {

  /**
   * What stands.
   *
   * @param version number of its version
   * @param values its values
   */
  public record CurrentVersion(long version, Map<String, Object> values) implements Serializable {}
}
