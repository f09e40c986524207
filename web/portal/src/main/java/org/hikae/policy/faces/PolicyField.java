package org.hikae.policy.faces;

import java.io.Serializable;
import java.util.List;
import org.hikae.policy.view.PolicyKeyView;
import org.jspecify.annotations.Nullable;

/** One value of a policy as it is filled in; what is left empty is inherited. */
public class PolicyField implements Serializable {

  /** Longest number that can be meant. */
  private static final int MAX_NUMBER_CHARS = 20;

  /** How a value is filled in. */
  public enum Input {
    /** A number of bytes with its unit. */
    BYTES,
    /** A span of time with its unit. */
    TIME,
    /** Another whole number. */
    NUMBER,
    /** Yes or no. */
    FLAG,
    /** One of some words. */
    CHOICE,
    /** Version of a program. */
    VERSION,
    /** Texts, one a line. */
    LIST;

    private static Input of(PolicyKeyView key) {
      String unit = key.unit();
      return switch (key.type()) {
        case NUMBER -> number(unit == null ? "" : unit);
        case FLAG -> FLAG;
        case CHOICE -> CHOICE;
        case VERSION -> VERSION;
        case LIST -> LIST;
      };
    }

    private static Input number(String unit) {
      if (unit.startsWith("bytes")) {
        return BYTES;
      }
      return TimeAmount.units(unit).isEmpty() ? NUMBER : TIME;
    }
  }

  private final String name;
  private final Input type;
  private final @Nullable String unit;
  private final long min;
  private final long max;
  private final List<String> choices;
  private @Nullable String text;
  private String amountUnit;
  private @Nullable String template;
  private boolean none;
  private boolean faulty;

  PolicyField(PolicyKeyView key, @Nullable Object set) {
    this.name = key.name();
    this.unit = key.unit();
    this.type = Input.of(key);
    this.min = key.min() == null ? 0 : key.min();
    this.max = key.max() == null ? 0 : key.max();
    this.choices = key.choices() == null ? List.of() : key.choices();
    this.amountUnit = type == Input.BYTES ? "GiB" : String.valueOf(unit);
    show(set);
  }

  private void show(@Nullable Object set) {
    none = false;
    faulty = false;
    if (set instanceof List<?> list) {
      text = String.join("\n", list.stream().map(String::valueOf).toList());
      none = list.isEmpty();
    } else if (set instanceof Number number && type == Input.BYTES) {
      ByteAmount amount = ByteAmount.of(number.longValue());
      text = amount.text();
      amountUnit = amount.unit();
    } else {
      text = set == null ? null : set.toString();
      amountUnit = type == Input.TIME ? String.valueOf(unit) : amountUnit;
    }
  }

  /** Fills in what a template proposes. */
  void propose(String from, Object value) {
    show(value);
    template = from;
  }

  /** Leaves it empty. */
  void clear() {
    text = null;
    none = false;
    faulty = false;
    template = null;
  }

  /** Whether what is filled in can be read; a field that cannot is marked. */
  boolean check() {
    try {
      Object read = value();
      faulty = read instanceof Long number && (number < min || number > max);
    } catch (ArithmeticException | NumberFormatException e) {
      faulty = true;
    }
    return !faulty;
  }

  /** What is filled in; null when it is inherited. */
  @Nullable Object value() {
    String typed = text == null ? "" : text.strip();
    if (typed.isEmpty()) {
      return none ? List.of() : null;
    }
    return switch (type) {
      case BYTES -> ByteAmount.typed(bounded(typed), amountUnit).bytes();
      case TIME -> new TimeAmount(bounded(typed), amountUnit).in(String.valueOf(unit));
      case NUMBER -> Long.valueOf(bounded(typed));
      case FLAG -> Boolean.valueOf(typed);
      case LIST -> typed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      case CHOICE, VERSION -> typed;
    };
  }

  private static String bounded(String typed) {
    if (typed.length() > MAX_NUMBER_CHARS) {
      throw new NumberFormatException("too long");
    }
    return typed;
  }

  /** Which value. */
  public String getName() {
    return name;
  }

  /** How it is filled in. */
  public Input getType() {
    return type;
  }

  /** What a number counts. */
  public @Nullable String getUnit() {
    return unit;
  }

  /** Smallest number. */
  public long getLeast() {
    return min;
  }

  /** Largest number, or most entries. */
  public long getMost() {
    return max;
  }

  /** Words to choose from. */
  public List<String> getChoices() {
    return choices;
  }

  /** Units to choose from; none when there is no choice. */
  public List<String> getAmountUnits() {
    return switch (type) {
      case BYTES -> ByteAmount.UNITS;
      case TIME -> TimeAmount.units(String.valueOf(unit));
      default -> List.of();
    };
  }

  /** Whether a number is filled in here. */
  public boolean isCounted() {
    return type == Input.BYTES || type == Input.TIME || type == Input.NUMBER;
  }

  /** Whether something is filled in. */
  public boolean isFilled() {
    return none || (text != null && !text.isBlank());
  }

  /** Which template proposed what is filled in, with the value's name; null when none did. */
  public @Nullable String getProposal() {
    return template == null ? null : template + "." + name;
  }

  /** Whether what is filled in cannot be read. */
  public boolean isFaulty() {
    return faulty;
  }

  /** What is filled in. */
  public @Nullable String getText() {
    return text;
  }

  /** Fills it in. */
  public void setText(@Nullable String text) {
    this.text = text;
  }

  /** Unit of the amount. */
  public String getAmountUnit() {
    return amountUnit;
  }

  /** Sets the unit of the amount. */
  public void setAmountUnit(String amountUnit) {
    this.amountUnit = amountUnit;
  }

  /** Whether an empty list is meant, and not the inherited one. */
  public boolean isNone() {
    return none;
  }

  /** Says that an empty list is meant. */
  public void setNone(boolean none) {
    this.none = none;
  }
}
