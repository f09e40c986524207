package org.hikae.policy.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Values that changes name, mostly of policies, in words. */
@Named
@RequestScoped
public class PolicyText {

  /** Stands where a value that cannot be inherited has none. */
  private static final String NOTHING = "–";

  @Inject private PolicyQueries queries;

  @Inject private Clock clock;

  private final Map<String, PolicyKeyView> keys = new HashMap<>();
  private final Map<String, Map<String, Object>> inherited = new HashMap<>();

  /** Reads what kinds of values there are. */
  @PostConstruct
  void load() {
    queries.keys().forEach(key -> keys.put(key.name(), key));
  }

  /** A value with its unit; null is inherited. */
  public String of(String name, @Nullable Object value) {
    ResourceBundle texts = texts();
    PolicyKeyView key = keys.get(name);
    String unit = key == null ? null : key.unit();
    boolean choice = key != null && key.choices() != null;
    return switch (value) {
      case null -> key == null ? NOTHING : texts.getString("inherited");
      case Boolean flag -> texts.getString(flag ? "yes" : "no");
      case List<?> list when list.isEmpty() -> texts.getString("list.empty");
      case List<?> list -> String.join("\n", list.stream().map(String::valueOf).toList());
      case Number number -> number(number.longValue(), unit, texts);
      case String word when choice -> texts.getString("choice." + word);
      case Object other -> other.toString();
    };
  }

  /** The same; where it is inherited, with what is inherited in a scope now, if that is known. */
  public String of(String name, @Nullable Object value, @Nullable String scope) {
    if (value != null || scope == null || scope.isEmpty()) {
      return of(name, value);
    }
    Object other = inherited.computeIfAbsent(scope, this::inherited).get(name);
    return other == null
        ? of(name, value)
        : texts().getString("inherit").replace("{value}", of(name, other));
  }

  private Map<String, Object> inherited(String scope) {
    try {
      return queries.inherited(scope).stream()
          .collect(Collectors.toMap(EffectivePolicy.Value::name, EffectivePolicy.Value::value));
    } catch (Refusal refusal) {
      return Map.of();
    }
  }

  /** What becomes of data when this value is smaller: the end of a text's key. */
  public String effect(String name) {
    return name.startsWith("retention") ? "retention" : name;
  }

  /** So many days from now on. */
  public Instant inDays(long days) {
    return clock.instant().plus(Duration.ofDays(days));
  }

  private static String number(long number, @Nullable String unit, ResourceBundle texts) {
    if (unit != null && unit.startsWith("bytes")) {
      String amount = ByteAmount.of(number).toString();
      return unit.equals("bytes") ? amount : amount + texts.getString("unit.perSecond");
    }
    return number + (unit == null ? "" : " " + texts.getString("unit." + unit));
  }

  /** What a value of a policy, or of a recipient of notices, is called. */
  public String name(String name) {
    ResourceBundle texts = texts();
    String key = "key." + name;
    if (texts.containsKey(key)) {
      return texts.getString(key);
    }
    ResourceBundle others = texts("ntc");
    String field = "field." + name;
    return others.containsKey(field) ? others.getString(field) : name;
  }

  private static ResourceBundle texts() {
    return texts("pol");
  }

  private static ResourceBundle texts(String bundle) {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces.getApplication().getResourceBundle(faces, bundle);
  }
}
