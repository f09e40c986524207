package org.hikae.insight.faces;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.ResourceBundle;
import org.hikae.ui.faces.DisplayComponent;

/** {@code hk:state}: a state as a word with a colour; a dash for none. */
@FacesComponent("hikae.State")
public class StateComponent extends DisplayComponent {

  @Override
  protected void write(FacesContext context, ResponseWriter out) throws IOException {
    Enum<?> state = (Enum<?>) attribute("value");
    if (state == null) {
      writeNone(context, out);
      return;
    }
    out.startElement("span", null);
    out.writeAttribute("class", "hk-state hk-state-" + StateColor.of(state).css(), null);
    out.writeText(word(attribute("prefix") + "." + state.name()), null);
    out.endElement("span");
  }

  /** As an expression has it: a key without a word is shown with marks, which tests look for. */
  private String word(String key) {
    ResourceBundle text = (ResourceBundle) attribute("text");
    return text != null && text.containsKey(key) ? text.getString(key) : "???" + key + "???";
  }
}
