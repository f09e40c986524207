package org.hikae.openapi.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** The methods behind the operations of the OpenAPI document. */
final class ApiMethods {

  private static final DotName PATH = DotName.createSimple(jakarta.ws.rs.Path.class);

  private ApiMethods() {}

  /** Methods of all resources by {@code operationId}. */
  static Map<String, Method> in(IndexView index) {
    Map<String, Method> found = new TreeMap<>();
    for (AnnotationInstance path : index.getAnnotations(PATH)) {
      if (path.target().kind() == AnnotationTarget.Kind.CLASS) {
        for (Method method : load(path.target().asClass().name()).getMethods()) {
          Operation operation = method.getAnnotation(Operation.class);
          if (operation != null) {
            found.put(operation.operationId(), method);
          }
        }
      }
    }
    return found;
  }

  private static Class<?> load(DotName name) {
    try {
      return Class.forName(name.toString(), false, ApiMethods.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("A resource of the API cannot be loaded", e);
    }
  }

  /** The record that the method reads its body into; null when it takes none or bytes. */
  static @Nullable Type body(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> parameter.getType().isRecord())
        .filter(parameter -> !fromElsewhere(parameter))
        .map(Parameter::getParameterizedType)
        .findFirst()
        .orElse(null);
  }

  private static boolean fromElsewhere(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getPackageName().startsWith("jakarta.ws.rs"));
  }

  /** What the method answers with this status: its return type, or what its annotation says. */
  static Type answer(Method method, String status) {
    for (APIResponse response : method.getAnnotationsByType(APIResponse.class)) {
      if (response.responseCode().equals(status)) {
        for (Content content : response.content()) {
          return content.schema().implementation();
        }
      }
    }
    return method.getGenericReturnType();
  }
}
