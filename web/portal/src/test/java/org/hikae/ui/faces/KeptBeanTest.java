package org.hikae.ui.faces;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a page keeps between two requests goes to the other portals of the company, so all of it can
 * be written; and what is not written may be missing.
 */
class KeptBeanTest {

  private static final String OURS = "org.hikae.";

  private final Set<Class<?>> seen = new HashSet<>();
  private final Set<Type> bounded = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  @Test
  void everything_that_a_page_keeps_can_be_sent_to_another_portal() throws Exception {
    List<Class<?>> beans = keptBeans();
    assertThat(beans).hasSizeGreaterThan(20);
    beans.forEach(this::walk);
    assertThat(faults).isEmpty();
  }

  private static List<Class<?>> keptBeans()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path root = Path.of(Banner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> beans = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
        add(root.relativize(file), beans);
      }
    }
    return beans;
  }

  private static void add(Path file, List<Class<?>> beans) throws ClassNotFoundException {
    String name = file.toString().replace('/', '.').replaceAll("\\.class$", "");
    Class<?> type = Class.forName(name, false, KeptBeanTest.class.getClassLoader());
    if (type.isAnnotationPresent(ViewScoped.class)
        || type.isAnnotationPresent(SessionScoped.class)) {
      beans.add(type);
    }
  }

  private void walk(Class<?> type) {
    if (!type.getName().startsWith(OURS) || type.isEnum() || !seen.add(type)) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers) || field.isAnnotationPresent(Inject.class)) {
        continue;
      }
      String where = type.getName() + "." + field.getName();
      if (!Modifier.isTransient(modifiers)) {
        check(field.getGenericType(), where);
      } else if (!field.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        faults.add(where + " is not there at another portal, which nothing says");
      }
    }
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent.getName().startsWith(OURS)) {
      check(type.getGenericSuperclass(), type.getName());
    }
  }

  private void check(Type type, String where) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        check(argument, where);
      }
      check(generic.getRawType(), where);
    } else if (type instanceof TypeVariable<?> variable) {
      if (bounded.add(variable)) {
        check(variable.getBounds()[0], where);
      }
    } else if (type instanceof WildcardType any) {
      check(any.getUpperBounds()[0], where);
    } else if (type instanceof GenericArrayType array) {
      check(array.getGenericComponentType(), where);
    } else if (type instanceof Class<?> plain) {
      Class<?> one = plain;
      while (one.isArray()) {
        one = one.getComponentType();
      }
      // Collections of the JDK can all be written, and a value of a policy is one of JSON's.
      if (!one.isPrimitive()
          && one != Object.class
          && !Collection.class.isAssignableFrom(one)
          && !Map.class.isAssignableFrom(one)
          && !Serializable.class.isAssignableFrom(one)) {
        faults.add(where + " keeps a " + one.getName());
      }
      walk(one);
    }
  }
}
