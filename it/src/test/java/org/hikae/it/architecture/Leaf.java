package org.hikae.it.architecture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the last segment of a package of the portal says about its classes, from below to above, and
 * which leaves these may use besides their own.
 */
enum Leaf {
  WIRE("protocol", "what goes over the wire between programs"),
  VALUE("persistence", "enums, ids and plain records that every layer may use, pages too"),
  ENTITY("persistence", "JPA entities"),
  STORE("persistence", "reads and writes rows or bytes; the only place with an entity manager"),
  VIEW("ejb", "what use cases take and give: requests, answers, pages of lists, events"),
  CONTROL("ejb", "pure decisions and forms, without entity, store, bean or container"),
  SERVICE("ejb", "beans and ports that use cases, jobs and other capabilities call"),
  JOB("ejb", "work that the portal does by itself, its steps, and what starts it"),
  BOUNDARY("ejb", "use cases that pages and resources call, each with its roles"),
  REST("web/api", "JAX-RS resources and filters"),
  FACES("web/portal", "beans and components behind pages");

  private final String folder;
  private final String holds;

  Leaf(String folder, String holds) {
    this.folder = folder;
    this.holds = holds;
  }

  /** The leaf of a package such as {@code org.hikae.backup.restic.boundary}. */
  static Optional<Leaf> of(String packageName) {
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    return Capability.of(packageName).isEmpty()
        ? Optional.empty()
        : Arrays.stream(values()).filter(leaf -> leaf.segment().equals(last)).findFirst();
  }

  String segment() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The module that has it. */
  String folder() {
    return folder;
  }

  /** What its classes are. */
  String holds() {
    return holds;
  }

  boolean mayUse(Leaf other) {
    return other == this || uses().contains(other);
  }

  Set<Leaf> uses() {
    return switch (this) {
      case WIRE -> EnumSet.noneOf(Leaf.class);
      case VALUE -> EnumSet.of(WIRE);
      case ENTITY -> EnumSet.of(WIRE, VALUE);
      case STORE -> EnumSet.of(WIRE, VALUE, ENTITY);
      case VIEW -> EnumSet.of(WIRE, VALUE, CONTROL);
      case CONTROL -> EnumSet.of(WIRE, VALUE, VIEW);
      case SERVICE -> EnumSet.range(WIRE, CONTROL);
      case JOB -> EnumSet.range(WIRE, SERVICE);
      case BOUNDARY -> EnumSet.range(WIRE, JOB);
      case REST, FACES -> EnumSet.of(WIRE, VALUE, VIEW, BOUNDARY);
    };
  }

  /** Pages and REST see all of what is technical. */
  boolean isOfWeb() {
    return this == REST || this == FACES;
  }
}
