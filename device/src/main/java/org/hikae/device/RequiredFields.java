package org.hikae.device;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import org.hikae.crypto.AllowForbidden;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a record read from the portal has every part that is not declared {@code @Nullable}.
 * Jackson fills what is absent with null; without this check a portal that leaves a field out would
 * be met as a defect of the agent.
 */
public final class RequiredFields {

  private RequiredFields() {}

  /** Whether {@code value} and every record and list in it is complete. */
  public static boolean complete(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Record record -> recordComplete(record);
      case Collection<?> items -> items.stream().allMatch(RequiredFields::complete);
      case Object[] items -> java.util.Arrays.stream(items).allMatch(RequiredFields::complete);
      default -> true;
    };
  }

  private static boolean recordComplete(Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object part = part(record, component);
      boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (part == null ? !mayBeAbsent : !complete(part)) {
        return false;
      }
    }
    return true;
  }

  @AllowForbidden("our own records, some of which only their package sees")
  private static @Nullable Object part(Record record, RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessor cannot be called", e);
    }
  }
}
