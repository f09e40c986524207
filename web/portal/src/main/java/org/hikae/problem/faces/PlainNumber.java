package org.hikae.problem.faces;

import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.ConverterException;
import jakarta.faces.convert.FacesConverter;
import jakarta.faces.convert.LongConverter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number in an address is written in one way, with digits of ASCII, so that each page has one
 * address. What people type into forms may have any digits, such as the full-width ones of a
 * Japanese keyboard.
 */
@FacesConverter(forClass = Long.class)
public class PlainNumber extends LongConverter {

  private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  @Override
  public @Nullable Object getAsObject(
      FacesContext faces, UIComponent component, @Nullable String value) {
    if (component instanceof UIViewParameter
        && value != null
        && !value.isEmpty()
        && !PLAIN.matcher(value).matches()) {
      throw new ConverterException("This is no plain number");
    }
    return super.getAsObject(faces, component, value);
  }
}
