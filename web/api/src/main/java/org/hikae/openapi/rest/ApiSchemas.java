package org.hikae.openapi.rest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.hikae.openapi.wire.RequiredField;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * Records in the OpenAPI document: what never is absent is required, and what the record's Java
 * documentation says about a component is its description. A nested record is called after its
 * outer class too, so that no two have one name; what has a {@link SchemaName} keeps that one. Of
 * enums only those have a schema of their own.
 */
final class ApiSchemas {

  private static final String PREFIX = "#/components/schemas/";

  /** Words at the end of a description, such as {@code A, B or C}. */
  private static final Pattern CHOICE =
      Pattern.compile("(?:^|[ :])((?:[A-Z][A-Z_]+, )*[A-Z][A-Z_]+ or [A-Z][A-Z_]+)$");

  private final ApiDocTexts apiDocTexts;
  private final Components components;
  private final Map<String, Schema> schemas;
  private final Map<String, Class<?>> classes = new TreeMap<>();
  private final Set<String> forgotten = new TreeSet<>();

  ApiSchemas(Components components, ApiDocTexts apiDocTexts) {
    this.apiDocTexts = apiDocTexts;
    this.components = components;
    this.schemas = components.getSchemas();
  }

  /** Learns which class a schema was made of, and all that it is made of. */
  void learn(Type type, @Nullable Schema schema) {
    if (schema == null) {
      return;
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      learn(list.getActualTypeArguments()[0], schema.getItems());
      return;
    }
    String ref = schema.getRef();
    if (!(type instanceof Class<?> known) || ref == null) {
      return;
    }
    String name = ref.substring(PREFIX.length());
    if (classes.putIfAbsent(name, known) == null && known.isRecord()) {
      for (RecordComponent component : known.getRecordComponents()) {
        learn(component.getGenericType(), property(name, component));
      }
    }
  }

  private @Nullable Schema property(String name, RecordComponent component) {
    Schema schema = schemas.get(name);
    Map<String, Schema> properties = schema == null ? null : schema.getProperties();
    return properties == null ? null : properties.get(component.getName());
  }

  /** A type that a parameter is read as, and whose form is told at the parameter. */
  void forget(@Nullable Schema made) {
    if (made == null) {
      return;
    }
    if (made.getRef() != null) {
      forgotten.add(made.getRef().substring(PREFIX.length()));
    }
    // Where there is a default value, the reference stands beside it.
    List<Schema> parts = made.getAllOf();
    if (parts != null) {
      parts.forEach(this::forget);
    }
  }

  /** Describes everything that was learned. */
  void describe() {
    forgotten.stream().filter(name -> !classes.containsKey(name)).forEach(components::removeSchema);
    classes.forEach(
        (name, known) -> {
          Schema schema = schemas.get(name);
          if (schema != null) {
            schema.setDescription(apiDocTexts.about(known));
            if (known.isEnum() && !known.isAnnotationPresent(SchemaName.class)) {
              components.removeSchema(name);
            } else if (known.isRecord()) {
              Arrays.stream(known.getRecordComponents())
                  .forEach(component -> describe(name, schema, component));
            }
          }
        });
  }

  private void describe(String name, Schema schema, RecordComponent component) {
    if (isAlwaysSent(component)
        && (schema.getRequired() == null || !schema.getRequired().contains(component.getName()))) {
      schema.addRequired(component.getName());
    }
    Schema property = property(name, component);
    if (property != null && isOfWords(component)) {
      asText(property.getItems() == null ? property : property.getItems());
    }
    String about = apiDocTexts.about(component.getDeclaringRecord(), component.getName());
    if (property != null) {
      // Recorded answers are the examples.
      property.setExamples(null);
    }
    if (property == null || property.getRef() != null || about == null) {
      return;
    }
    property.setDescription(about);
    List<Object> choice = choice(component.getType(), about);
    if (!choice.isEmpty()) {
      property.setEnumeration(choice);
    }
  }

  /**
   * The words that a description ends with. Of an enum some of its constants only where the
   * description has nothing else, or nothing else after a colon: elsewhere the sentence may name
   * others before. Empty when it has none.
   */
  static List<Object> choice(Class<?> type, String about) {
    Matcher choice = CHOICE.matcher(about);
    if (!(type == String.class || type.isEnum()) || !choice.find()) {
      return List.of();
    }
    List<Object> words = List.of((Object[]) choice.group(1).split(", | or "));
    if (!type.isEnum()) {
      return words;
    }
    Set<String> constants =
        Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.toSet());
    int from = choice.start(1);
    boolean whole = from == 0 || about.startsWith(": ", from - 2);
    boolean all =
        whole ? constants.containsAll(words) : constants.equals(Set.<Object>copyOf(words));
    return all ? words : List.of();
  }

  /** Whether the portal never leaves it out. */
  static boolean isAlwaysSent(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || component.isAnnotationPresent(RequiredField.class);
  }

  /**
   * Whether the words of an enum are told where they stand: it has no schema of a published name,
   * or readers have to bear words of later releases there.
   */
  static boolean isOfWords(RecordComponent component) {
    Class<?> one = one(component.getGenericType());
    return one.isEnum()
        && (!one.isAnnotationPresent(SchemaName.class)
            || component.isAnnotationPresent(RequiredField.class));
  }

  /** The type itself, or that of a list's elements. */
  private static Class<?> one(Type type) {
    return switch (type) {
      case Class<?> known -> known;
      case ParameterizedType list when list.getRawType() == List.class ->
          one(list.getActualTypeArguments()[0]);
      default -> Object.class;
    };
  }

  private static void asText(Schema property) {
    property.setRef(null);
    property.addType(Schema.SchemaType.STRING);
  }

  /** The name that a schema gets. */
  String rename(String name) {
    Class<?> known = classes.get(name);
    return known == null ? name : name(known, name);
  }

  /**
   * The name that the schema of a type gets.
   *
   * @param made the one that the server made of the class, which tells apart two of one name
   */
  static String name(Class<?> type, String made) {
    SchemaName published = type.getAnnotation(SchemaName.class);
    if (published != null) {
      return published.value();
    }
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? made : name(outer, outer.getSimpleName()) + type.getSimpleName();
  }
}
