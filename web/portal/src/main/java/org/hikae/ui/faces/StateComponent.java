package org.hikae.ui.faces;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.ResourceBundle;

/** {@code hk:state}: a state as a word with a colour; a dash for none. */
@FacesComponent("hikae.State")
public class StateComponent extends DisplayComponent {

  @Override
  void write(FacesContext context, ResponseWriter out) throws IOException {
    Object value = attribute("value");
    String state = value == null ? "" : value.toString();
    if (state.isEmpty()) {
      writeNone(context, out);
      return;
    }
    out.startElement("span", null);
    out.writeAttribute("class", "hk-state hk-state-" + StateColor.of(state), null);
    out.writeText(word(attribute("prefix") + "." + state), null);
    out.endElement("span");
  }

  /** As an expression has it: a key without a word is shown with marks, which tests look for. */
  private String word(String key) {
    ResourceBundle text = (ResourceBundle) attribute("text");
    return text != null && text.containsKey(key) ? text.getString(key) : "???" + key + "???";
  }
}
