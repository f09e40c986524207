package org.hikae.insight.system.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects that were found rotten, by growing number.
 *
 * @param objects at most as many as asked for
 * @param next value of {@code after} for the next page; absent on the last
 */
public record RotPage(List<RottenObjectView> objects, @Nullable Long next) {

  /** Copies the list. */
  public RotPage {
    objects = List.copyOf(objects);
  }
}
