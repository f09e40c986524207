package org.hikae.metrics.rest;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hikae.metrics.service.RequestMeter;

/** Notes the template of a request's path as soon as it is known which resource answers. */
@Provider
@Priority(1) // Before anything refuses.
public class RouteFilter implements ContainerRequestFilter {

  private static final String ATTRIBUTE = RouteFilter.class.getName();

  /** The form of a parameter, which says nothing to who looks at figures. */
  private static final Pattern FORM = Pattern.compile("\\{(\\w+)\\s*:[^}]*}");

  /**
   * As many as there are operations; to make one takes two regular expressions, for each request.
   */
  private static final Map<Method, String> TEMPLATES = new ConcurrentHashMap<>();

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext asked) {
    request.setAttribute(
        ATTRIBUTE, TEMPLATES.computeIfAbsent(resource.getResourceMethod(), RouteFilter::template));
  }

  static String template(Method method) {
    String path = "/api/" + path(method.getDeclaringClass()) + "/" + path(method);
    return FORM.matcher(path).replaceAll("{$1}").replaceAll("//+", "/").replaceAll("/$", "");
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  /** The template of the request's path. */
  static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String template
        ? template
        : RequestMeter.UNMATCHED;
  }
}
