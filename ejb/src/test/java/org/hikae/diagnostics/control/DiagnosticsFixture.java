package org.hikae.diagnostics.control;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsTools;
import org.hikae.diagnostics.wire.PortalReach;

/** Diagnostics of a device with which all is well, and variants of them. */
final class DiagnosticsFixture {

  static final Instant AT = Instant.parse("2026-12-02T09:00:00Z");

  static final Diagnostics WELL =
      new Diagnostics(
          Diagnostics.FORMAT,
          AT,
          "1.1.0",
          "Linux",
          "6.12.0",
          "amd64",
          "25.0.1",
          "en",
          true,
          true,
          AT.plusSeconds(3600),
          false,
          true,
          true,
          1L << 40,
          2L,
          PortalReach.OK,
          new DiagnosticsTools(true, true, false),
          2,
          List.of(),
          List.of());

  private DiagnosticsFixture() {}

  /** With other values of some components. */
  static Diagnostics with(Map<String, Object> others) {
    List<Class<?>> types = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    try {
      for (RecordComponent component : Diagnostics.class.getRecordComponents()) {
        types.add(component.getType());
        String name = component.getName();
        values.add(
            others.containsKey(name) ? others.get(name) : component.getAccessor().invoke(WELL));
      }
      return Diagnostics.class
          .getDeclaredConstructor(types.toArray(Class<?>[]::new))
          .newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
